"""Meek: worked examples, and the ERS97 model election as Hill, Wichmann and Woodall counted it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.counting.stories import ballots
from voting.counting import count, read_blt
from voting.counting.meek import ONE, up

DATA = Path(__file__).parent / "data"


def votes(result, stage):
    return dict(zip(result.names, result.stages[stage].votes, strict=True))


def test_two_candidates_from_one_keep_factor():
    contest = ballots("28 AB, 26 AC, 3 A, 2 B, 1 C", seats=2)

    prf, nz = count(contest, "meek-prf"), count(contest, "meek-nz")

    assert up(20_000_000_001 * ONE, 57 * ONE) == 350_877_193
    assert [stage.quota for stage in nz.stages] == [20_000_000_001, 19_350_877_194]
    assert votes(nz, 1)["B"] == votes(prf, 2)["B"] == 20_175_438_596
    assert prf.elected_names == nz.elected_names == ("A", "B")


@pytest.mark.parametrize("rule", ["nhs-ft", "ers97", "scottish"])
def test_other_rules_elect_the_same_two(rule):
    assert count(ballots("28 AB, 26 AC, 3 A, 2 B, 1 C", seats=2), rule).elected_names == ("A", "B")


def test_the_surplus_converges_before_anyone_is_excluded():
    result = count(ballots("7 AC, 5 AD, 4 A, 6 BD, 5 CD, 3 DC", seats=2), "meek-prf")

    assert result.quota == 10_000_000_001
    exclusion = result.stages[2]
    assert (exclusion.quota, exclusion.excluded) == (9_454_545_471, (3,))
    assert [votes(result, 2)[name] for name in "BCD"] == [6 * ONE, 7_863_636_279, 5_045_454_485]
    assert (result.stages[3].quota, votes(result, 3)["C"]) == (8_772_727_310, 10_863_636_279)
    assert result.elected_names == ("A", "C")


def test_the_model_election_as_published_for_meek():
    result = count(read_blt(DATA / "ers97_model_election.blt"), "meek-prf")

    excluded = {result.names[stage.candidates[0]]: stage.quota for stage in result.stages if stage.candidates}
    assert excluded == {
        "Monk": 107_257_820_935,
        "Glazier": 106_955_432_723,
        "Wright": 104_421_521_516,
        "Baron": 101_577_804_314,
    }


@pytest.mark.parametrize("rule", ["nhs-ft", "ers97", "scottish", "meek-prf", "meek-nz"])
def test_every_rule_elects_the_same_six_in_the_model_election(rule):
    result = count(read_blt(DATA / "ers97_model_election.blt"), rule)

    assert set(result.elected_names) == {"Smith", "Carpenter", "Duke", "Prince", "Vicar", "Freeman"}


def test_the_runner_up_keeps_nothing_once_the_seats_are_full():
    result = count(ballots("28 AB, 26 AC, 3 A, 2 B, 1 C", seats=2), "meek-prf")

    assert result.stages[-1].notes == ("C was excluded with 17.877192982 votes: the seats are full.",)
    assert votes(result, -1)["C"] == 0
