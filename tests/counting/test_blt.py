"""BLT files as they are found: read in the one way they can be read, or refused with line and reason."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.counting.elections import contest, elections
from voting.counting import BallotsRefused, Candidate, count, read_blt, result_json, write_blt
from voting.counting.blt import read_carefully, seekable
from voting.counting.blt_bulk import Odd, read_in_bulk

PLAIN = """4 2
3 1 3 4 0
2 4 1 0
1 2 0
0
"Adam"
"Basil"
"Charlotte"
"Donald"
"Bakers' committee"
"""


def papers(text: str | bytes) -> dict[tuple[int, ...], int]:
    """Rankings by candidate number, as in the file, with how many papers."""
    read = read_blt(text.encode() if isinstance(text, str) else text)
    found: dict[tuple[int, ...], int] = {}
    for weight, ranking in read.papers:
        key = tuple(one + 1 for one in ranking)
        found[key] = found.get(key, 0) + weight
    return found


def test_a_plain_file():
    read = read_blt(PLAIN.encode())

    assert [candidate.name for candidate in read.candidates] == ["Adam", "Basil", "Charlotte", "Donald"]
    assert (read.seats, read.title, read.warnings) == (2, "Bakers' committee", ())
    assert papers(PLAIN) == {(1, 3, 4): 3, (4, 1): 2, (2,): 1}


@pytest.mark.parametrize(
    "written",
    [
        PLAIN.replace("\n", "\r\n"),
        "\ufeff" + PLAIN,
        PLAIN.rstrip("\n"),
        PLAIN.replace("\n", "\n\n"),
        PLAIN.replace(" 1 ", "\t1 \t"),
        PLAIN.replace("2 4 1 0", "2 4 1 0   # two papers, checked"),
        PLAIN.replace("2 4 1 0", "/* begun\nand ended */ 2 4 1 0"),
        PLAIN.replace("2 4 1 0", "1 4 1 0\n1 4 1 0"),
        PLAIN.replace("2 4 1 0", "1 4 1 0 1 4 1 0"),
        PLAIN.replace("2 4 1 0", "(A1) 4 1 0\n(A2) 4 1 0"),
        PLAIN.replace("2 4 1 0", "2 4 1"),
        PLAIN.replace("3 1 3 4 0\n2 4 1 0\n1 2 0", "3 1 3 4\n2 4 1\n1 2"),
        PLAIN.replace("\n0\n", "\n0 # end\n"),
        PLAIN.replace('"Bakers', '"Bakers').replace('committee"', 'committee" "counted twice" # note'),
        " ".join(PLAIN.splitlines()),
    ],
    ids=[
        "CRLF",
        "byte order mark",
        "no last line break",
        "blank lines",
        "tabs",
        "comment",
        "long comment",
        "one paper a line",
        "two ballots a line",
        "identifiers",
        "a closing 0 missing",
        "all closing 0s missing",
        "comment after the end",
        "source after the title",
        "one line",
    ],
)
def test_the_same_election_however_it_is_written(written):
    assert papers(written) == papers(PLAIN)
    read = read_blt(written.encode())
    assert (read.title, read.candidates) == ("Bakers' committee", read_blt(PLAIN.encode()).candidates)


def test_parties_stand_beside_names():
    text = PLAIN
    for name in ("Adam", "Basil", "Charlotte", "Donald"):
        text = text.replace(f'"{name}"', f'"{name}" "Weavers"')

    assert read_blt(text.encode()).candidates[0] == Candidate("Adam", party="Weavers")
    assert read_blt(text.encode()).title == "Bakers' committee"


@pytest.mark.parametrize("head", ["4 2\n-2\n-3\n", "4 2\n-2 -3\n", "4 2 # note\n[withdrawn 2 3]\n"])
def test_withdrawn_candidates_are_passed_over(head):
    text = PLAIN.replace("4 2\n", head)

    result = count(read_blt(text.encode()), "nhs-ft")

    assert read_blt(text.encode()).withdrawn == {1, 2}
    assert (result.valid, result.invalid) == (5, 1)
    assert result_json(result)["stages"][0]["votes"] == {
        "Adam": "3.00",
        "Basil": "0.00",
        "Charlotte": "0.00",
        "Donald": "2.00",
    }


def test_a_blank_paper_is_not_valid():
    result = count(read_blt(PLAIN.replace("1 2 0", "1 2 0\n7 0").encode()), "scottish")

    assert (result.valid, result.invalid) == (6, 7)


@pytest.mark.parametrize(
    ("ballot", "counted"),
    [
        ("1 2 3 0", (2, 3)),
        ("1 2 - 3 0", (2,)),
        ("1 2 1=3 4 0", (2,)),
        ("1 2 (1 3) 4 0", (2,)),
        ("1 - 2 0", ()),
        ("1 1=2 0", ()),
    ],
)
def test_a_paper_counts_up_to_the_first_gap_or_equal_ranking(ballot, counted):
    from voting.counting.counting import plain_rankings

    read = plain_rankings(read_blt(f'4 1\n{ballot}\n0\n"A" "B" "C" "D"\n"T"\n'.encode()))

    assert [tuple(one + 1 for one in ranking) for _, ranking in read.papers] == [counted]


def test_an_equal_ranking_with_someone_withdrawn_is_none():
    read = read_blt(b'3 1\n-2\n1 3 1=2 0\n0\n"A" "B" "C"\n"T"\n')

    from voting.counting.counting import plain_rankings

    assert list(plain_rankings(read).papers) == [(1, (2, 0))]


def test_equal_rankings_are_approvals_all_the_same():
    result = count(read_blt(b'3 1\n2 1=3 0\n1 - 3 0\n0\n"A" "B" "C"\n"T"\n'), "approval")

    assert result_json(result)["stages"][0]["votes"] == {"A": "2", "B": "0", "C": "3"}


def test_the_files_own_order_settles_ties():
    text = '3 1\n[tie 3 1 2]\n5 1 0\n2 2 0\n2 3 0\n1 2 3 0\n1 3 2 0\n0\n"A" "B" "C"\n"T"\n'

    result = count(read_blt(text.encode()), "av")

    assert [(tie.how, tie.chosen) for tie in result.ties] == [("lot", (2,))]


def test_namesakes_are_told_apart():
    read = read_blt(PLAIN.replace("Basil", "Adam").encode())

    assert read.names == ("Adam (number 1)", "Adam (number 2)", "Charlotte", "Donald")


def test_more_seats_than_candidates_is_a_warning():
    read = read_blt(PLAIN.replace("4 2\n", "4 5\n").encode())

    assert read.warnings == ("4 candidates stand for 5 seats: there is nothing to vote on.",)
    result = count(read, "nhs-ft")
    assert (len(result.elected), result.unfilled) == (4, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Line 1: The file holds no number of candidates and seats."),
        ("4\n", "Line 1: The file holds no number of candidates and seats."),
        (PLAIN.replace("4 2", "4 0"), "Line 1: The number of seats is 0; it must be at least 1."),
        (PLAIN.replace("2 4 1 0", "2 5 1 0"), "Line 3: There is no candidate 5; the numbers run from 1 to 4."),
        (PLAIN.replace("2 4 1 0", "2 4 1 4 0"), "Line 3: A ballot ranks candidate 4 twice."),
        (
            PLAIN.replace("2 4 1 0", "2.5 4 1 0"),
            "Line 3: A ballot begins with how many papers it stands for; 2.5 is not such a number.",
        ),
        (
            PLAIN.replace("2 4 1 0", "2 4 x 0"),
            "Line 3: Candidates are numbers from 1 to 4; x is not such a number.",
        ),
        (PLAIN.replace('"Donald"\n"Bakers\' committee"\n', ""), "Line 8: The file names 3 of its 4 candidates."),
        (
            PLAIN.replace("\n0\n", "\n"),
            'Line 5: A ballot begins with how many papers it stands for; "Adam" comes before the 0 that ends the '
            "ballots.",
        ),
        ("4 2\n3 1 3 4 0\n", "Line 2: The file ends without the single 0 that ends the ballots."),
        (
            PLAIN.replace('"Basil"', "Basil"),
            "Line 7: Basil stands after the 0 that ends the ballots; names are written in quotation marks.",
        ),
        (PLAIN.replace('"Basil"', '"Basil'), "Line 7: opens a quotation mark and does not close it."),
        (
            PLAIN.replace("3 1 3 4 0", "3 1\n3 4 0"),
            "Line 2: A ballot has no closing 0, and it cannot be told whether the next line belongs to it.",
        ),
        (PLAIN.replace("2 4 1 0", "/* 2 4 1 0"), "Line 10: The file ends inside a /* comment."),
        (
            PLAIN.replace("\n0\n", "\n0\n1 1 0\n"),
            "Line 6: 1 stands after the 0 that ends the ballots; names are written in quotation marks.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text, reason):
    with pytest.raises(BallotsRefused) as refused:
        read_blt(text.encode())

    assert refused.value.reason == reason


def test_bytes_that_are_not_utf8_are_refused():
    with pytest.raises(BallotsRefused, match="Line 7: is not UTF-8 text"):
        read_blt(PLAIN.replace("Basil", "Basíl").encode("latin-1"))


def test_a_stream_that_cannot_go_back_is_read_too():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    assert papers(PLAIN) == {
        tuple(one + 1 for one in ranking): weight for weight, ranking in read_blt(Pipe(PLAIN.encode())).papers
    }


# --- In bulk --------------------------------------------------------------------------------------------------------


def in_bulk(data: bytes):
    with seekable(data) as stream:
        return read_in_bulk(stream, lambda _text: None)


@pytest.mark.parametrize("arrays_from", [0, 10**9], ids=["arrays", "plain"])
@given(election=elections(most_candidates=9), ending=st.sampled_from(["\n", "\r\n", " \n"]))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_bulk_and_grammar_read_the_same(arrays_from, election, ending):
    from voting.counting import blt_bulk

    out = io.StringIO()
    write_blt(contest(*election), out)
    data = out.getvalue().replace("\n", ending).encode()
    before = blt_bulk.ARRAYS_FROM
    blt_bulk.ARRAYS_FROM = arrays_from
    try:
        reading, found = in_bulk(data)
    finally:
        blt_bulk.ARRAYS_FROM = before

    careful = read_carefully(io.BytesIO(data))
    summed: Counter[tuple[int, ...]] = Counter()
    for weight, ranking in found:
        summed[tuple(one + 1 for one in ranking)] += weight
    assert summed == careful.rankings
    assert (reading.strings, reading.size, reading.seats) == (careful.strings, careful.size, careful.seats)


@pytest.mark.parametrize(
    "line", ["2 4 1 4 0", "2 5 1 0", "2 1 0 0", "2 1 - 0", "0 1 0", "2 1 00", "2 00 1 0", "9999999999999999 1 0", "2 1"]
)
def test_bulk_reading_leaves_what_is_odd_to_the_grammar(line, monkeypatch):
    from voting.counting import blt_bulk

    data = PLAIN.replace("2 4 1 0", line).encode()
    for arrays_from in (0, 10**9):
        monkeypatch.setattr(blt_bulk, "ARRAYS_FROM", arrays_from)
        with pytest.raises(Odd):
            in_bulk(data)


def test_lines_beyond_what_memory_should_hold_go_into_arrays_at_once(monkeypatch):
    from voting.counting import blt_bulk

    monkeypatch.setattr(blt_bulk, "MOST_LINES", 1)
    monkeypatch.setattr(blt_bulk, "CHUNK", 12)

    assert papers(PLAIN) == {(1, 3, 4): 3, (4, 1): 2, (2,): 1}


# --- Anything at all ------------------------------------------------------------------------------------------------

SCRAPS = (
    *("0", "1", "2", "3", "4 2", "\n", "\r\n", " ", '"', '"A"', "-1", "-", "=", "(", ")", "#", "/*", "*/", "[tie", "]"),
    *("9" * 40, "\x00", "é", "1=2", "\ufeff", "[nick a b]", "\n0\n"),
)
scraps = st.lists(st.sampled_from(SCRAPS), max_size=60).map("".join)


beginnings = scraps.map(lambda text: PLAIN[:30] + text)


@given(data=st.one_of(st.binary(max_size=300), scraps.map(str.encode), beginnings.map(str.encode)))
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_read_or_refused(data):
    try:
        read = read_blt(data)
    except BallotsRefused:
        return

    assert read.seats >= 1
    for weight, ranking in read.papers:
        assert weight >= 1
        assert len(set(ranking)) == len(ranking)


@given(election=elections(most_candidates=12), title=st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back(election, title):
    from dataclasses import replace

    before = replace(contest(*election), title=" ".join(title.replace('"', "'").split()))
    out = io.StringIO()

    write_blt(before, out)
    after = read_blt(out.getvalue().encode("utf-8", "replace").replace(b"?", b"x"))

    assert sorted(after.papers) == sorted(before.papers)
    assert (after.candidates, after.seats) == (before.candidates, before.seats)
