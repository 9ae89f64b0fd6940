"""Ballots as CSV and in PrefLib's form."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.counting.elections import contest, elections
from voting.counting import BallotsRefused, count, read_csv, read_preflib, write_ballots_csv
from voting.counting.tables import paper_from_marks

BY_CANDIDATE = """ballot_id,weight,Adam,Basil,Charlotte
b1,3,1,,2
b2,2,2,1,
b3,1,,,
b4,1,1,1,2
b5,1,1,,3
"""

BY_RANK = """ballot_id,weight,rank_1,rank_2,rank_3
b1,3,Adam,Charlotte,
b2,2,Basil,Adam,
b5,1,Adam,,Charlotte
"""

PREFLIB = """# FILE NAME: 00001-00000001.toi
# TITLE: Bakers
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 6
# ALTERNATIVE NAME 1: Adam
# ALTERNATIVE NAME 2: Basil
# ALTERNATIVE NAME 3: Charlotte
3: 1,3
2: 2,1
1: 3,{1,2}
"""


def test_a_column_a_candidate():
    read = read_csv(BY_CANDIDATE.encode(), seats=1, title="Bakers")

    assert [candidate.name for candidate in read.candidates] == ["Adam", "Basil", "Charlotte"]
    assert sorted(read.papers) == [(1, ()), (2, (1, 0)), (3, (0, 2))]
    assert read.irregular == ((1, ((0, 1), 2)), (1, (0, None, 2)))


def test_a_column_a_rank():
    read = read_csv(BY_RANK.encode(), seats=1, candidates=["Adam", "Basil", "Charlotte"], withdrawn=["Basil"])

    assert sorted(read.papers) == [(2, (1, 0)), (3, (0, 2))]
    assert read.irregular == ((1, (0, None, 2)),)
    assert read.withdrawn == {1}


@pytest.mark.parametrize(
    ("marks", "counted"),
    [
        (["1", "", "", ""], "A"),
        (["3", "4", "1", "2"], "CDAB"),
        (["2", "3", "4", "1", "3"], "DA"),
        (["2", "1", "3", "1"], ""),
        (["3", "5", "2", "1"], "DCA"),
        (["1", "4", "3&5", "2"], "AD"),
        (["X", "X"], ""),
    ],
)
def test_papers_of_the_ers97_exercises_count_as_far_as_they_rank(marks, counted):
    from voting.counting.counting import ranking_of

    assert "".join("ABCDE"[one] for one in ranking_of(paper_from_marks(marks), frozenset())) == counted


def test_without_weights_a_row_is_a_paper():
    assert list(read_csv(b"Adam,Basil\n1,2\n1,2\n2,1\n", seats=1).papers) == [(2, (0, 1)), (1, (1, 0))]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Line 1: The header needs a column for each candidate or rank, each with its name."),
        ("Adam,Adam\n1,2\n", "Line 1: The header needs a column for each candidate or rank, each with its name."),
        ("Adam,Basil\n1,x\n", "Line 2: The cell of Basil is a rank; x is not such a number."),
        ("Adam,Basil\n1,2\n1\n", "Line 3: has 1 cells; the header has 2."),
        ("Adam,Basil\n1,0\n", "Line 2: ranks Basil 0; ranks begin at 1."),
        ("weight,Adam\n0,1\n", "Line 2: stands for 0 papers; 1 is the least."),
        ("weight,Adam\n-3,1\n", "Line 2: The weight is how many papers the row stands for; -3 is not such a number."),
        ("rank_1,rank_2\nAdam,Adam\n", "Line 2: ranks a candidate twice."),
    ],
)
def test_a_table_that_is_not_one_is_refused(text, reason):
    with pytest.raises(BallotsRefused) as refused:
        read_csv(text.encode(), seats=1)

    assert refused.value.reason == reason


def test_a_stranger_on_a_ballot_is_refused():
    with pytest.raises(BallotsRefused, match="Line 2: Adam does not stand"):
        read_csv(BY_RANK.encode(), seats=1, candidates=["Basil", "Charlotte"])


def test_a_preflib_file():
    read = read_preflib(PREFLIB.encode(), seats=1)

    assert (read.title, [candidate.name for candidate in read.candidates]) == ("Bakers", ["Adam", "Basil", "Charlotte"])
    assert sorted(read.papers) == [(2, (1, 0)), (3, (0, 2))]
    assert read.irregular == ((1, (2, (0, 1))),)
    assert count(read, "av").elected_names == ("Adam",)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("3: 1,3", "3: 1,4", "Line 8: names alternative 4 but there are 3."),
        ("3: 1,3", "3: 1,1", "Line 8: names alternative 1 twice."),
        ("3: 1,3", "3; 1,3", "Line 8: A line begins with how many voters gave the order; 3; 1,3 is not such a number."),
        ("3: 1,3", "3: 1,{3", "Line 8: is not an order: count: 3,{1,2},4."),
        ("3: 1,3", "4: 1,3", "The file says 6 voters, and its orders add up to 7."),
        (
            "# ALTERNATIVE NAME 2: Basil\n",
            "",
            "Line 7: names alternative 3 but there are 2.",
        ),
    ],
)
def test_a_preflib_file_that_contradicts_itself_is_refused(old, new, reason):
    with pytest.raises(BallotsRefused) as refused:
        read_preflib(PREFLIB.replace(old, new).encode(), seats=1)

    assert refused.value.reason == reason


@given(election=elections())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_written_ballots_are_read_back(election):
    before = contest(*election)
    out = io.StringIO()

    warnings = write_ballots_csv(before, out, shuffle=random.Random(1))

    papers = sum(weight for weight, _ in before.papers)
    assert bool(warnings) == (papers < 20)
    after = read_csv(out.getvalue().encode(), seats=1)
    cast: dict[tuple[int, ...], int] = {}
    for weight, ranking in before.papers:
        cast[ranking] = cast.get(ranking, 0) + weight
    assert {ranking: weight for weight, ranking in after.papers} == cast


def test_the_order_of_casting_does_not_show():
    cast = contest(4, 1, [(1, (one % 4, (one + 1) % 4)) for one in range(4)] * 10)
    orders = set()
    for seed in (1, 2):
        out = io.StringIO()
        write_ballots_csv(cast, out, shuffle=random.Random(seed))
        orders.add(out.getvalue())

    assert len(orders) == 2


@given(data=st.one_of(st.binary(max_size=200), st.text(alphabet='0123,:{}# \n"AN', max_size=120).map(str.encode)))
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("read", [read_csv, read_preflib])
def test_any_bytes_are_read_or_refused(read, data):
    try:
        contest_read = read(data, seats=1)
    except BallotsRefused:
        return

    assert all(weight >= 1 for weight, _ in contest_read.papers)
