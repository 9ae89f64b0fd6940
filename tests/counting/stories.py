"""Ballots in the shorthand of the rule books' examples: "3 ABC" is three papers that rank A, then B, then C."""

from __future__ import annotations

from voting.counting.values import Contest, contest_from_rankings


def ballots(text: str, *, seats: int, names: str = "", title: str = "") -> Contest:
    """A contest from ``"7 AC, 5 AD, 4 A"``; candidates are the letters that occur, or ``names``."""
    groups = [group.split() for group in text.split(",")]
    letters = names or "".join(sorted({letter for _, ranking in groups for letter in ranking}))
    return contest_from_rankings(
        candidates=list(letters),
        seats=seats,
        rankings=[(int(papers), [letters.index(letter) for letter in ranking]) for papers, ranking in groups],
        title=title,
    )
