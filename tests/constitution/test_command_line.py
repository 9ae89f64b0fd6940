"""``mutualgov constitution`` in a terminal."""

import pytest

from mutualgov.constitution.actions import found_mutual, start_text
from mutualgov.constitution.cli import main
from tests.conftest import NOON, TODAY

from .constitutions import TWO_PEOPLE


@pytest.fixture
def document(tmp_path):
    def write(text):
        path = tmp_path / "rules.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_check_prints_the_merged_rules_with_their_sources(document, capsys):
    assert main(["check", document("template: riverside\nmutual: {key: oakfield, name: Oakfield}\n")]) == 0

    printed = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    told = dict(line.split(" ", 1) for line in printed)
    assert told["mutual.name"] == "Oakfield Constitution, line 2"
    assert told["rules.conversion.turnout"] == "1/2 Template, line 84: L (statute) CCBSA 2014 s.113"
    assert printed[-1].endswith("rules.yaml is a valid constitution (law, template, constitution).")


def test_check_prints_every_problem_and_fails(document, capsys):
    path = document(TWO_PEOPLE.replace("quorum: 2", "quorum: few").replace("rule: both", "rule: bth"))

    assert main(["check", path]) == 1

    assert capsys.readouterr().out.splitlines() == [
        "line 5, bodies.owners.quorum: “few” is neither a number nor a share. Write it such as 5, 1/2 or 10%.",
        "line 9, decisions.anything.rule: There is no rule “bth”. Did you mean both?",
        f"{path}: 2 problems.",
    ]


def test_check_of_a_file_that_is_not_there(tmp_path, capsys):
    path = tmp_path / "nowhere.yaml"

    assert main(["check", str(path)]) == 1
    assert capsys.readouterr().out == f"{path} cannot be read: No such file or directory.\n"


def test_explain_a_file(document, capsys):
    assert main(["explain", document(TWO_PEOPLE)]) == 0

    assert capsys.readouterr().out == (
        "Pulp Together CIC\n"
        "\n"
        "What we are\n"
        "  Pulp Together CIC is a company limited by guarantee. [Constitution, line 1]\n"
        "\n"
        "Who may be a member\n"
        "  A person who is founder may be one of the owner. [Constitution, line 3]\n"
        "  They are appointed. [Constitution, line 3]\n"
        "\n"
        "Owners\n"
        "  Owners is the meeting of owner. [Constitution, line 5]\n"
        "  2 people must be present. [Constitution, line 5]\n"
        "\n"
        "Who decides what\n"
        "  Anything: owners by all of all who may vote, present or not. [Constitution, line 9]\n"
        "  Everything that these rules do not name is decided by owners. [Constitution, line 5]\n"
    )


@pytest.mark.django_db
def test_explain_one_rule_of_a_template(capsys):
    assert main(["explain", "riverside", "rules.half"]) == 0

    assert capsys.readouterr().out == (
        "  More than half: more than half of the votes cast, on 14 clear days' notice. "
        "[Template, line 80: D (a default, free to change)]\n"
    )


@pytest.mark.django_db
def test_explain_a_mutual_of_this_site(capsys):
    text = start_text("riverside", key="oakfield", name="Oakfield Care") + "bodies: {council: {quorum: 1/3}}\n"
    found_mutual(text=text, founded_on=TODAY, by="tests", at=NOON)

    assert main(["explain", "oakfield", "bodies.council.quorum", "--on", "2026-06-01"]) == 0
    assert capsys.readouterr().out == (
        "  One third of those entitled to be there must be present. [Constitution, line 5]\n"
    )


@pytest.mark.django_db
def test_a_mutual_before_its_first_constitution_is_answered(capsys):
    found_mutual(text=start_text("riverside", key="oakfield", name="Oakfield"), founded_on=TODAY, by="tests", at=NOON)

    assert main(["explain", "oakfield", "--on", "2026-05-31"]) == 1
    assert capsys.readouterr().out == (
        "Oakfield has no constitution in force on Sunday 31 May 2026. Adopt one from that date or earlier.\n"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["explain", "riversyde"], "There is no file, mutual or template “riversyde”. Did you mean riverside?\n"),
        (
            ["explain", "riverside", "rules.halve.pass"],
            "The rules have no “rules.halve.pass”. Did you mean rules.half.pass?\n",
        ),
    ],
)
def test_a_name_that_is_not_there_gets_a_suggestion(arguments, answer, capsys):
    assert main(arguments) == 1
    assert capsys.readouterr().out == answer


def test_words_that_are_no_command_are_not_understood(capsys):
    assert main(["chek"]) == 2
    assert "invalid choice: 'chek'" in capsys.readouterr().err
