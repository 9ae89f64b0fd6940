"""ERS97: worked examples, a published students' union result, and the booklet's exercises in arithmetic."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.counting.stories import ballots
from tests.golden.vectors import columns, elections, sheet
from voting.counting import count, read_blt
from voting.counting.ers97 import quota, transfer_value

DATA = Path(__file__).parent / "data"


def test_a_students_union_count_of_2021():
    """UCL students' union, 19 March 2021: 25 ballots, 2 places, quota 8.34; ballots inferred from the sheet."""
    result = count(ballots("17 JO, 3 J, 5 O", seats=2, names="JOX"), "ers97")

    assert sheet(result)[:2] == columns(
        """
        J  20.00  8.34
        O   5.00 16.56
        X   0.00  0.00
        NT  0.00  0.10
        """
    )
    assert elections(result) == ["J", "O"]


def test_the_quota_falls_with_papers_that_run_out_before_anyone_is_elected():
    result = count(ballots("8 A, 7 B, 6 C, 1 DB, 3 D", seats=2), "ers97")

    assert [stage.quota for stage in result.stages] == [834, 734]
    assert sheet(result)[1] == {"A": "8.00", "B": "8.00", "C": "6.00", "D": "0.00", "NT": "3.00"}
    assert elections(result) == ["", "AB"]


def test_under_the_nhs_rules_the_same_quota_stands():
    result = count(ballots("8 A, 7 B, 6 C, 1 DB, 3 D", seats=2), "nhs-ft")

    assert {stage.quota for stage in result.stages} == {900}
    assert set(result.elected_names) == {"A", "B"}


def test_a_surplus_passes_the_last_batch_only():
    result = count(ballots("10 ABD, 5 AC, 2 A, 9 BC, 6 CE, 5 DC, 3 EC", seats=3), "ers97")

    assert sheet(result) == columns(
        """
        A  17.00 10.00 10.00 10.00
        B   9.00 13.60 10.00 10.00
        C   6.00  8.30  8.30 11.30
        D   5.00  5.00  8.60  8.60
        E   3.00  3.00  3.00  0.00
        NT  0.00  0.10  0.10  0.10
        """
    )
    assert result.elected_names == ("A", "B", "C")


MODEL = """
Smith     134.00 107.58 107.58 107.58 107.58 107.58
Carpenter  81.00  88.35  88.35 122.35 107.58 107.58
Wright     27.00  32.25  32.25   0.00   0.00   0.00
Glazier    24.00  30.51  30.51   0.00   0.00   0.00
Duke      105.00 106.68 108.68 108.68 108.68 108.68
Prince     91.00  91.00  91.00 104.31 104.31 104.31
Baron      64.00  64.00  64.21  68.26  70.26  82.26
Abbot      59.00  59.84  64.84  67.10  68.10   2.10
Vicar      55.00  55.00  69.21  71.31  71.31 113.31
Monk       23.00  23.42   0.00   0.00   0.00   0.00
Freeman    90.00  93.78  95.78  96.62 101.62 101.62
NT          0.00   0.59   0.59   6.79  13.56  25.56
"""


def test_the_booklets_model_election():
    result = count(read_blt(DATA / "ers97_model_election.blt"), "ers97")

    assert (result.valid, result.quota) == (753, 10758)
    assert sheet(result) == columns(MODEL)
    assert [[result.names[who.candidate] for who in stage.elected] for stage in result.stages] == [
        ["Smith"],
        [],
        ["Duke"],
        ["Carpenter"],
        ["Prince"],
        ["Vicar", "Freeman"],
    ]
    assert [[result.names[one] for one in stage.deferred] for stage in result.stages] == [
        [],
        [],
        ["Duke"],
        [],
        ["Duke"],
        [],
    ]


def test_the_sheet_says_what_the_booklet_says_of_the_first_surplus():
    result = count(read_blt(DATA / "ers97_model_election.blt"), "ers97")
    surplus = result.stages[1]

    assert (surplus.surplus, surplus.transfer_value) == (2642, 21)
    assert [(batch.papers, batch.unavailable) for batch in surplus.batches] == [(134, 11)]
    assert surplus.rounding == 59
    assert result.stages[4].transfer_value == 100


def test_those_elected_below_the_quota_are_so_by_their_share_of_the_active_vote():
    result = count(read_blt(DATA / "ers97_model_election.blt"), "ers97")

    why = {result.names[who.candidate]: who.why for stage in result.stages for who in stage.elected}
    assert why == {
        "Smith": "quota",
        "Duke": "quota",
        "Carpenter": "quota",
        "Prince": "share of the active vote",
        "Vicar": "quota",
        "Freeman": "share of the active vote",
    }


@pytest.mark.parametrize(
    ("valid", "seats", "expected"), [(5334, 6, 76200), (698, 7, 8725), (28625, 5, 477084), (731, 20, 3481)]
)
def test_exercise_quotas(valid, seats, expected):
    assert quota(valid=valid, seats=seats) == expected


@pytest.mark.parametrize(
    ("votes", "needed", "papers", "received_at", "spent", "surplus", "value", "lost"),
    [
        # at the first stage every paper moves at 1.00
        (12700, 8891, 127, 100, 4, 3809, 30, 119),
        (86700, 83300, 867, 100, 17, 3400, 4, 0),
        (163500, 114900, 1635, 100, 14, 48600, 29, 1591),
        (132700, 131500, 1327, 100, 10, 1200, 0, 1200),
        # later, the last batch
        (107324, 98300, 93, 100, 9, 9024, 100, 624),
        (6270, 5943, 8, 63, 0, 327, 40, 7),
        (83254, 81400, 98, 21, 18, 1854, 21, 174),
        (128781, 115200, 167, 100, 19, 13581, 91, 113),
    ],
)
def test_exercise_transfers(votes, needed, papers, received_at, spent, surplus, value, lost):
    transferable = papers - spent

    assert votes - needed == surplus
    assert transfer_value(surplus=surplus, papers=transferable, received_at=received_at) == value
    assert surplus - transferable * value == lost
