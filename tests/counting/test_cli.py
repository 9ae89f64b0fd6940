"""The command line at the desk of a returning officer."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from voting.counting.cli import main

MODEL = str(Path(__file__).parents[1] / "golden" / "data" / "ers97_model_election.blt")
TIED = '4 2\n8 1 2 0\n2 1 3 0\n2 1 4 0\n6 1 0\n7 2 0\n5 3 2 0\n5 4 2 0\n0\n"A" "B" "C" "D"\n"Tied"\n'


@pytest.fixture
def tied(tmp_path):
    file = tmp_path / "tied.blt"
    file.write_text(TIED)
    return str(file)


def test_json_has_exactly_what_it_promises(capsys):
    assert main([MODEL, "--rule", "nhs-ft", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert list(told) == [
        *("rule", "title", "seats", "valid", "invalid", "quota", "elected", "stages", "ties", "options")
    ]
    assert (told["rule"], told["title"], told["seats"]) == ("nhs-ft", "ERS97 model election", 6)
    assert (told["valid"], told["invalid"], told["quota"]) == (753, 0, "108")
    assert told["elected"] == ["Smith", "Duke", "Carpenter", "Vicar", "Prince", "Freeman"]
    assert told["options"] == {"elect_at": "batch"}
    assert list(told["stages"][1]) == [*("kind", "detail", "votes", "non_transferable", "elected", "excluded")]
    surplus = told["stages"][1]
    assert (surplus["kind"], surplus["detail"]) == ("surplus", "Surplus of Smith: 26.00, transfer value 0.21")
    assert (surplus["votes"]["Carpenter"], surplus["non_transferable"]) == ("88.35", "0.17")
    assert told["stages"][2]["excluded"] == ["Monk"]


def test_plain_text_says_who_is_elected_first(capsys):
    assert main([MODEL, "--rule", "ers97", "--seats", "2"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "ERS97 model election"
    assert lines[2].endswith("are elected.")
    assert lines[3].startswith("2 seats, 753 valid papers, 0 not valid, quota 251.00.")


def test_csv_is_a_table_of_stages(capsys):
    assert main([MODEL, "--rule", "ers97", "--csv"]) == 0

    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[1] == ["Smith", "134.00", "107.58", "107.58", "107.58", "107.58", "107.58", "Elected"]
    assert len({len(row) for row in rows}) == 1


def test_an_option_is_recorded(capsys):
    assert main([MODEL, "--rule", "scottish", "--json", "--option", "transfer-last-exclusion=false"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["options"] == {"transfer_last_exclusion": False}
    assert len(told["stages"]) == 9


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ["--rule", "scottish", "--option", "elect_at=batch"],
            'has no option "elect_at"; it has transfer_last_exclusion',
        ),
        (["--rule", "nhs-ft", "--option", "elect_at=never"], "elect_at can be 'batch' or 'stage_end', not 'never'."),
        (["--rule", "av"], "The alternative vote fills 1 seat, not 6"),
        (["--rule", "nhs-ft", "--seats", "0"], "There are 0 seats to fill; a count needs at least 1."),
    ],
)
def test_what_does_not_fit_is_refused(capsys, arguments, reason):
    assert main([MODEL, *arguments]) == 1

    assert reason in capsys.readouterr().err


def test_malformed_ballots_are_refused_with_line_and_reason(tmp_path, capsys):
    file = tmp_path / "bad.blt"
    file.write_text(TIED.replace("7 2 0", "7 9 0"))

    assert main([str(file), "--rule", "nhs-ft", "--json"]) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"mutualgov count: {file}: Line 6: There is no candidate 9; the numbers run from 1 to 4.\n"


def test_a_file_that_is_not_there_is_an_answer_not_a_traceback(capsys):
    assert main(["nowhere.blt", "--rule", "av"]) == 1

    assert capsys.readouterr().err == "mutualgov count: nowhere.blt: No such file or directory.\n"


def test_a_tie_asks_for_a_lot_and_says_how_to_give_it(tied, capsys):
    assert main([tied, "--rule", "nhs-ft"]) == 3

    assert capsys.readouterr().err.splitlines() == [
        "mutualgov count: Stage 3: C and D are equal throughout. Draw a lot to pick one to be excluded, and count "
        "again with it.",
        'Then run this again with --lot "stage-3|exclusion=C", or whoever it falls on.',
    ]
    assert main([tied, "--rule", "nhs-ft", "--json", "--lot", "stage-3|exclusion=D"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ties"] == [
        {
            "stage": 3,
            "purpose": "exclusion",
            "candidates": ["C", "D"],
            "chosen": ["D"],
            "how": "lot",
            "earlier": "",
            "event": "stage-3|exclusion",
        }
    ]


def test_a_lot_for_someone_who_is_not_tied_is_refused(tied, capsys):
    assert main([tied, "--rule", "nhs-ft", "--lot", "stage-3|exclusion=A"]) == 1

    assert "names A; it must name 1 of C and D" in capsys.readouterr().err


def test_a_seed_draws_the_same_lot_again(tied, capsys):
    for _ in range(2):
        assert main([tied, "--rule", "nhs-ft", "--json", "--seed", "weavers-2026"]) == 0
    first, second = capsys.readouterr().out.split("}\n{")

    assert first[1:] == second[:-2]


def test_a_csv_needs_to_be_told_the_seats(tmp_path, capsys):
    file = tmp_path / "rankings.csv"
    file.write_text("Adam,Basil\n1,2\n2,1\n1,\n")

    assert main([str(file), "--rule", "av"]) == 1
    assert "add --seats N" in capsys.readouterr().err
    assert main([str(file), "--rule", "av", "--seats", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["elected"] == ["Adam"]


@pytest.mark.parametrize(("name", "begins"), [("sheet.html", b"<!doctype html>"), ("sheet.pdf", b"%PDF")])
def test_a_report_is_written_beside_the_result(tmp_path, capsys, name, begins):
    out = tmp_path / name

    assert main([MODEL, "--rule", "ers97", "--report", str(out)]) == 0

    assert out.read_bytes().startswith(begins)
    assert "are elected." in capsys.readouterr().out


def test_a_report_that_cannot_be_written_is_said(tmp_path, capsys):
    assert main([MODEL, "--rule", "ers97", "--report", str(tmp_path / "no" / "sheet.html")]) == 1

    assert "No such file or directory" in capsys.readouterr().err


def test_a_count_starts_without_django_and_a_small_one_without_numpy():
    code = (
        "import sys; from voting.counting.cli import main; main(sys.argv[1:]); "
        "print([name for name in ('django', 'numpy', 'rich', 'typst') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, MODEL, "--rule", "scottish"], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"
