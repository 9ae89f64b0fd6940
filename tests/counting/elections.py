"""Random elections for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from voting.counting.values import Contest, contest_from_rankings

Papers = list[tuple[int, tuple[int, ...]]]


@st.composite
def elections(draw, *, most_candidates: int = 7, most_papers: int = 14, blanks: bool = True):
    """(candidates, seats, [(papers, ranking), ...]) with enough candidates for a contest."""
    candidates = draw(st.integers(2, most_candidates))
    seats = draw(st.integers(1, candidates - 1))
    ranking = st.permutations(range(candidates)).flatmap(
        lambda order: st.integers(0 if blanks else 1, candidates).map(lambda length: tuple(order[:length]))
    )
    papers = draw(st.lists(st.tuples(st.integers(1, 9), ranking), min_size=1, max_size=most_papers))
    return candidates, seats, papers


def contest(candidates: int, seats: int, papers: Papers) -> Contest:
    return contest_from_rankings(
        candidates=[f"Candidate {number}" for number in range(1, candidates + 1)], seats=seats, rankings=papers
    )


def single(papers: Papers) -> list[tuple[int, ...]]:
    """Every paper by itself."""
    return [ranking for weight, ranking in papers for _ in range(weight)]
