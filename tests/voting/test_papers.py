"""Reading what a desk has keyed: typed, CSV, BLT; each mistake named by its line."""

import pytest

from voting.ballots import Answer, Style
from voting.papers import OnPaper, PapersRefused, read_papers, read_typed

STANDING = (OnPaper("c1", 1, "Zoe Adams"), OnPaper("c2", 2, "Bo Bell"), OnPaper("c3", 3, "Cai O’Neil"))
RANKED = Style("governor", ("c1", "c2", "c3"), ranked=True, at_most=3)
CROSSES = Style("governor", ("c1", "c2", "c3"), ranked=False, at_most=2)


def read(text, filename="papers.blt", *, style=RANKED):
    return read_papers(text.encode(), filename, candidates=STANDING, style=style)


def refused(text, filename="papers.blt", *, style=RANKED):
    with pytest.raises(PapersRefused) as found:
        read(text, filename, style=style)
    return found.value.reason


BLT = """3 2
2 1 3 0
1 2 0
1 0
0
"Zoe Adams"
"BO  bell"
"Cai O’Neil"
"Governors"
"""


def test_a_blt_file_is_read_paper_by_paper_with_its_lines():
    keyed = read(BLT)

    assert keyed.papers == (Answer(("c1", "c3")), Answer(("c1", "c3")), Answer(("c2",)), Answer())
    assert keyed.lines == (2, 2, 3, 4)


def test_candidates_are_matched_by_name_in_whatever_order():
    swapped = BLT.replace('"Zoe Adams"\n"BO  bell"', '"Bo Bell"\n"Zoe Adams"')

    assert read(swapped).papers[0] == Answer(("c2", "c3"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            BLT.replace("Zoe Adams", "Zack Adams"),
            "“Zack Adams” is in the file but does not stand in this election; “Zoe Adams” stands and is not in the "
            "file.",
        ),
        (
            BLT.replace("3 2\n", "2 2\n", 1).replace("2 1 3 0\n", "").replace('"Cai O’Neil"\n', ""),
            "The file has 2 candidates; 3 stand in this election.",
        ),
    ],
    ids=["a stranger", "too few"],
)
def test_a_file_of_another_election_is_refused(wrong, said):
    assert refused(wrong) == said


def test_a_candidate_who_is_not_there_is_named_with_the_line():
    assert refused(BLT.replace("1 2 0", "1 9 0")).startswith("Line 3: ")


def test_a_truncated_file_is_refused():
    assert refused(BLT[:30])


def test_no_file_of_ballots_is_refused():
    assert refused("x", "papers.pdf") == "“papers.pdf” is no .blt, .csv or .txt file."


def test_typed_lines_say_what_lies_in_the_pile():
    keyed = read_typed("2 1 3\n\nblank\n3, 1\nuncertain\n", candidates=STANDING, style=RANKED)

    assert keyed.papers == (Answer(("c2", "c1", "c3")), Answer(), Answer(("c3", "c1")), Answer(rejected="uncertain"))
    assert keyed.lines == (1, 3, 4, 5)


@pytest.mark.parametrize(
    ("typed", "style", "said"),
    [
        ("1 2\n4", RANKED, "Line 2: “4” is not the number of a candidate; they are 1 to 3."),
        ("1 x", RANKED, "Line 1: “x” is not the number of a candidate; they are 1 to 3."),
        ("1 1", RANKED, "Line 1: The same candidate is chosen twice. Give each candidate one number only."),
        ("1 2 3", CROSSES, "Line 1: A paper may have at most 2."),
    ],
)
def test_a_typing_mistake_is_named_with_its_line(typed, style, said):
    assert refused(typed, "papers.txt", style=style) == said


CSV = "ballot_id,weight,Zoe Adams,Bo Bell,Cai O’Neil\n1,2,1,,2\n2,1,,1,\n3,1,,,\n"


def test_a_csv_file_has_a_column_a_candidate():
    keyed = read(CSV, "papers.csv")

    assert keyed.papers == (Answer(("c1", "c3")), Answer(("c1", "c3")), Answer(("c2",)), Answer())
    assert keyed.lines == (2, 2, 3, 4)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (CSV.replace("1,2,1,,2", "1,2,1,,3"), "Line 2: The numbers 1, 3 are not 1, 2, 3 without a gap."),
        (CSV.replace("1,2,1,,2", "1,2,1,2"), "Line 2: This row has 4 cells; the heading has 5."),
        (CSV.replace("2,1,,1,", "2,0,,1,"), "Line 3: “0” is not a whole number from 1."),
        (CSV.replace("Bo Bell", "Bob"), "Line 1: The column “Bob” is nobody who stands in this election."),
        (CSV.replace(",Bo Bell", ""), "Line 1: There is no column for Bo Bell."),
    ],
)
def test_a_mistake_in_a_csv_file_is_named_with_its_line(wrong, said):
    assert refused(wrong, "papers.csv").startswith(said)
