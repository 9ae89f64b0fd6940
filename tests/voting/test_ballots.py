"""What an answer may be, and that every ballot of a style lies in the box at one length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.ballots import (
    Answer,
    BallotRefused,
    Style,
    check_answer,
    differing_papers,
    leaf_hash,
    mark_hash,
    read_body,
    sealed_length,
    tally_hash,
    tracker,
)

OPTIONS = tuple(f"c{n}" for n in range(1, 13))
RANKED = Style("staff_governor", OPTIONS, ranked=True, at_most=12)
CROSSES = Style("staff_governor", OPTIONS, ranked=False, at_most=2)
rankings = st.lists(st.sampled_from(OPTIONS), unique=True).map(tuple)


@given(rankings)
def test_every_ballot_is_as_long_as_every_other_and_reads_back(chosen):
    body = sealed_length(Answer(chosen), style=RANKED)

    assert len(body) == RANKED.length
    assert read_body(body, style=RANKED) == Answer(chosen)


@pytest.mark.parametrize("ground", ["uncertain", "identified", "security"])
def test_a_rejected_paper_is_as_long_too(ground):
    body = sealed_length(Answer(rejected=ground), style=RANKED)

    assert (len(body), read_body(body, style=RANKED)) == (RANKED.length, Answer(rejected=ground))


def test_bytes_that_nobody_can_have_cast_are_refused():
    body = bytearray(sealed_length(Answer(("c1",)), style=RANKED))
    body[-1] = 1

    with pytest.raises(ValueError, match="not in the form of its style"):
        read_body(bytes(body), style=RANKED)


@pytest.mark.parametrize(
    ("chosen", "style", "said"),
    [
        (("c99",), RANKED, "c99 is not on this ballot paper."),
        (("c1", "c1"), RANKED, "The same candidate is chosen twice. Give each candidate one number only."),
        (("c1", "c2", "c3"), CROSSES, "You may choose at most 2; this ballot has 3."),
    ],
)
def test_what_may_not_be_answered_is_said(chosen, style, said):
    with pytest.raises(BallotRefused) as refused:
        check_answer(Answer(chosen), style=style)

    assert refused.value.reason == said


def test_mark_and_leaf_of_a_submission_have_nothing_in_common():
    assert mark_hash("s") != leaf_hash("s")


def test_a_tracker_is_sixty_bits_of_the_leaf():
    assert tracker("0" * 64) == "0000-0000-0000"
    assert tracker("08421084210842108" + "0" * 47) == "1111-1111-1111"[:14]


@given(st.lists(rankings, max_size=8), st.randoms())
def test_a_pile_says_the_same_in_any_order(pile, random):
    papers = [Answer(chosen) for chosen in pile]
    shuffled = list(papers)
    random.shuffle(shuffled)

    assert tally_hash(papers) == tally_hash(shuffled)


A, B, C = Answer(("c1",)), Answer(("c2",)), Answer(("c1", "c2"))


@pytest.mark.parametrize(
    ("first", "second", "places"),
    [
        ([A, B, C], [A, C, C], [1]),
        ([A, B, C], [A, B], [2]),
        ([A, B], [A, B, C], [2]),
        ([A, B, C, A], [B, C, A], [0]),
        ([A, A, A, B], [A, B, A, A], [1, 3]),
    ],
    ids=["one differs", "one is missing", "one too many", "the first is missing", "two swapped"],
)
def test_differences_are_placed_in_the_second_copy(first, second, places):
    assert differing_papers(first, second) == places


def test_a_long_pile_names_the_first_difference():
    first = [A] * 12_000
    second = [*first[:5], B, *[C] * 11_994]

    assert differing_papers(first, second) == [5]
