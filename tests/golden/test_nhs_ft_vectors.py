"""Foundation trust counts worked by hand, each for one clause of the Model Election Rules 2014."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.counting.stories import ballots
from tests.golden.vectors import columns, elections, sheet
from voting.counting import ListedLots, LotNeeded, count, read_blt

TWO_SURPLUSES = "10 ABD, 5 AC, 2 A, 9 BC, 6 CE, 5 DC, 3 EC"


def test_the_remainder_of_a_transfer_is_lost_and_the_last_place_is_filled_below_the_quota():
    result = count(ballots("7 AC, 5 AD, 4 A, 6 BD, 5 CD, 3 DC", seats=2), "nhs-ft")

    assert sheet(result) == columns(
        """
        A  16.00 11.00 11.00
        B   6.00  6.00  6.00
        C   5.00  7.87 10.87
        D   3.00  5.05  0.00
        NT  0.00  0.08  2.13
        """
    )
    assert elections(result) == ["A", "", "C"]


def test_a_surplus_equal_to_the_gap_must_move_and_only_the_last_papers_move():
    result = count(ballots(TWO_SURPLUSES, seats=3), "nhs-ft")

    assert sheet(result) == columns(
        """
        A  17.00 11.00 11.00 11.00
        B   9.00 13.00 11.00 11.00
        C   6.00  8.00  8.00 11.00
        D   5.00  5.00  7.00  7.00
        E   3.00  3.00  3.00  0.00
        NT  0.00  0.00  0.00  0.00
        """
    )
    assert elections(result) == ["A", "B", "", "C"]
    assert [stage.transfer_value for stage in result.stages] == [None, 40, 20, None]


def test_papers_never_carry_more_than_they_were_received_at():
    result = count(ballots(TWO_SURPLUSES.replace("10 ABD", "3 ABD, 7 AB"), seats=3), "nhs-ft")

    assert result.stages[2].transfer_value == 40
    assert (sheet(result)[2]["D"], sheet(result)[2]["NT"]) == ("6.20", "0.80")
    assert result.elected_names == ("A", "B", "C")


def test_one_candidate_who_outweighs_all_the_rest_takes_the_last_place_at_once():
    result = count(ballots("2 DEC, 4 DA, 1 CAD", seats=2, names="ABCDE"), "nhs-ft")

    assert sheet(result) == columns(
        """
        A  0.00 2.00
        B  0.00 0.00
        C  1.00 1.00
        D  6.00 3.00
        E  0.00 1.00
        NT 0.00 0.00
        """
    )
    assert elections(result) == ["D", "A"]


def test_equals_are_told_apart_by_the_earliest_stage():
    result = count(ballots("8 AB, 4 AC, 6 A, 7 B, 2 CB, 2 CD, 6 DB", seats=2), "nhs-ft")

    assert sheet(result)[1] == {"A": "12.00", "B": "11.00", "C": "6.00", "D": "6.00", "NT": "0.00"}
    assert sheet(result)[2] == {"A": "12.00", "B": "13.00", "C": "2.00", "D": "8.00", "NT": "0.00"}
    assert [(tie.purpose, tie.how, tie.earlier, tie.chosen) for tie in result.ties] == [
        ("exclusion", "stage", "1", (2,))
    ]
    assert elections(result) == ["A", "", "B"]


def test_equals_to_the_end_ask_for_a_lot_and_the_count_goes_on_with_it():
    tied = ballots("8 AB, 2 AC, 2 AD, 6 A, 7 B, 5 CB, 5 DB", seats=2)

    with pytest.raises(LotNeeded) as asked:
        count(tied, "nhs-ft")

    assert (asked.value.tie.event, asked.value.tie.keys) == ("stage-3|exclusion", ("C", "D"))
    for order in ([2, 3], [3, 2]):
        assert count(tied, "nhs-ft", lots=ListedLots(order)).elected_names == ("A", "B")


def test_half_of_all_votes_takes_a_single_seat():
    result = count(ballots("5 A, 3 B, 2 CB", seats=1), "nhs-ft")

    assert result.quota == 600
    assert elections(result) == ["A"]


def test_a_later_surplus_passes_only_the_papers_that_made_it():
    """West Tyrone, Assembly election of 5 May 2011: Q 1078; official totals, papers inferred.

    McElduff's surplus gave McDonnell 170 papers at 0.27; with 1,060 and seven papers at 0.47 he stood at 1,109.19.
    Only those 170 papers go on: 78 to Kelly, 45 elsewhere and 47 nowhere, at 31.19 / 123 = 0.25; 0.44 is lost.
    """
    from voting.counting.nhs_ft import transfer_value

    assert transfer_value(surplus=39300, papers=1427, received_at=100) == 27
    assert 106000 + 7 * 47 + 170 * 27 == 110919
    value = transfer_value(surplus=110919 - 107800, papers=123, received_at=27)
    assert value == 25
    assert 110919 - 107800 - value * 123 == 44
    assert 91308 + value * 78 == 93258


MODEL = """
Smith     134.00 108.00 108.00 108.00 108.00 108.00
Carpenter  81.00  88.35  88.35 122.35 108.00 108.00
Wright     27.00  32.25  32.25   0.00   0.00   0.00
Glazier    24.00  30.51  30.51   0.00   0.00   0.00
Duke      105.00 106.68 108.68 108.68 108.68 108.68
Prince     91.00  91.00  91.00 104.31 104.31 104.31
Baron      64.00  64.00  64.21  68.26  70.26  82.26
Abbot      59.00  59.84  64.84  67.10  68.10   0.00
Vicar      55.00  55.00  69.21  71.31  71.31 113.31
Monk       23.00  23.42   0.00   0.00   0.00   0.00
Freeman    90.00  93.78  95.78  96.62 101.62 101.62
NT          0.00   0.17   0.17   6.37  12.72  26.82
"""


def test_the_ers97_model_election_under_the_trusts_rules():
    result = count(read_blt(Path(__file__).parent / "data" / "ers97_model_election.blt"), "nhs-ft")

    assert result.quota == 10800
    assert sheet(result) == columns(MODEL)
    assert [result.names[who.candidate] for stage in result.stages[:-1] for who in stage.elected] == [
        "Smith",
        "Duke",
        "Carpenter",
    ]
    last = result.stages[-1]
    assert [(result.names[who.candidate], who.why) for who in last.elected] == [
        ("Vicar", "quota"),
        ("Prince", "last vacancies"),
        ("Freeman", "last vacancies"),
    ]
    assert [result.names[one] for one in last.excluded] == ["Abbot", "Baron"]
    assert [result.names[one] for one in last.deferred] == ["Vicar", "Duke"]
