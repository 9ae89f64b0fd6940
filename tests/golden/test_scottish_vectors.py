"""Scottish STV: worked examples and official stage tables."""

from __future__ import annotations

from pathlib import Path

from tests.counting.stories import ballots
from tests.golden.vectors import columns, elections, sheet
from voting.counting import contest_from_rankings, count, read_blt

DATA = Path(__file__).parent / "data"


def test_all_papers_move_each_at_its_share():
    result = count(ballots("10 ABD, 5 AC, 2 A, 9 BC, 6 CE, 5 DC, 3 EC", seats=3), "scottish")

    assert sheet(result) == columns(
        """
        A  17.00000 11.00000 11.00000 11.00000
        B   9.00000 12.52940 11.00000 11.00000
        C   6.00000  7.76470  8.86324 11.86324
        D   5.00000  5.00000  5.43080  5.43080
        E   3.00000  3.00000  3.00000  0.00000
        NT  0.00000  0.70590  0.70596  0.70596
        """
    )
    assert elections(result) == ["A", "B", "", "C"]


def test_equals_are_told_apart_by_the_most_recent_stage():
    result = count(ballots("2 DEC, 4 DA, 1 CAD", seats=2, names="ABCDE"), "scottish")

    letters = [(tie.stage, "".join(result.names[one] for one in tie.chosen), tie.earlier) for tie in result.ties]
    assert [stage.candidates for stage in result.stages] == [(), (3,), (1,), (4,), (2,)]
    assert letters == [(4, "E", "1"), (5, "C", "3")]
    assert result.elected_names == ("D", "A")


def test_the_first_surplus_of_dundee_east_end_2022():
    """Ward 7, 3 seats, 4,117 valid papers: the council's declaration of 6 May 2022; transferred papers by division."""
    names = ["Dawson", "McHugh", "Roberts", "Crabb", "McIntosh", "Petrie", "Maattanen-Bourke"]
    passed_on = {2: 1116, 3: 17, 4: 70, 5: 29, 6: 21}
    firsts = {1: 1071, 2: 823, 3: 440, 4: 167, 5: 151, 6: 115}
    contest = contest_from_rankings(
        candidates=names,
        seats=3,
        rankings=[
            *((papers, (0, one)) for one, papers in passed_on.items()),
            (97, (0,)),
            *((papers, (one,)) for one, papers in firsts.items()),
        ],
    )

    result = count(contest, "scottish")

    assert (result.valid, result.quota) == (4117, 103000000)
    assert sheet(result)[1] == {
        "Dawson": "1030.00000",
        "McHugh": "1071.00000",
        "Roberts": "1087.52548",
        "Crabb": "444.02951",
        "McIntosh": "183.59210",
        "Petrie": "157.87387",
        "Maattanen-Bourke": "119.97763",
        "NT": "23.00141",
    }
    assert result.stages[1].transfer_value == 23703
    assert [who.candidate for who in result.stages[1].elected] == [2]


def test_the_first_surplus_of_glasgow_linn_2007():
    """Ward 1: 9,567 valid papers, 4 seats; Ritchie's surplus of 129 from 2,043 votes."""
    contest = contest_from_rankings(
        candidates=["Ritchie", "others"], seats=4, rankings=[(2043, (0, 1)), (9567 - 2043, (1,))]
    )

    result = count(contest, "scottish")

    assert result.quota == 191400000
    assert 12900000 * 100000 // 204300000 == 6314


WARD = """
BEEKMAN   826.00000 832.30735 860.28966 967.28966 0.00000
KELTIE    728.00000 924.78932 1038.06129 1059.14255 1134.20612
LENNON    1365.00000 1119.00000 1119.00000 1119.00000 1119.00000
MCALEER   203.00000 219.39911 0.00000 0.00000 0.00000
MCPAKE    929.00000 940.35323 972.79491 1111.33554 1881.39911
RAESIDE   421.00000 424.42399 436.60420 0.00000 0.00000
NT        0.00000 11.72700 45.24994 215.23225 337.39477
"""


def test_a_north_lanarkshire_ward_of_2022_as_declared():
    result = count(read_blt(DATA / "north_lanarkshire_2022_ward6.blt"), "scottish")

    surnames = [name.split(",")[0].split()[-1] for name in result.names]
    assert result.quota == 111900000
    assert [dict(zip([*surnames, "NT"], stage.values(), strict=True)) for stage in sheet(result)] == columns(WARD)
    assert [surnames[one] for one in result.elected] == ["LENNON", "MCPAKE", "KELTIE"]


def test_without_the_last_transfer_the_count_ends_a_stage_earlier():
    ward = read_blt(DATA / "north_lanarkshire_2022_ward6.blt")

    result = count(ward, "scottish", options={"transfer_last_exclusion": False})

    assert sheet(result) == sheet(count(ward, "scottish"))[:-1]
    assert len(result.elected) == 3
    assert result.options == {"transfer_last_exclusion": False}
