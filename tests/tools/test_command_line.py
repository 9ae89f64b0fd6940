"""The one command-line entry: help for a secretary, and a hand for whoever mistypes."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from mutualgov.__main__ import main
from mutualgov.cli.commands import ALIASES, COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def test_without_a_command_it_shows_every_command_in_its_group(capsys):
    code = main([])

    said = capsys.readouterr().out
    assert code == 0
    assert [command.name for command in COMMANDS if f"\n  {command.usage} " not in said] == []
    assert said.index("Everyday") < said.index("For operators")


def test_a_mistyped_command_is_told_the_nearest_one(capsys):
    code = main(["migrat"])

    assert code == 2
    assert capsys.readouterr().err == (
        'mutualgov: there is no command "migrat". Did you mean "migrate"? "mutualgov help" lists them.\n'
    )


@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if command.target], ids=lambda command: command.name
)
def test_each_plain_command_explains_itself(command, capsys):
    try:
        code = main([command.name, "--help"])
    except SystemExit as done:  # argparse leaves in its own way
        code = done.code

    assert code == 0
    assert f"mutualgov {command.name}" in capsys.readouterr().out


def test_every_other_command_is_one_that_django_finds():
    named = {command.name for command in COMMANDS if not command.target}

    assert named - set(get_commands()) == set()


def test_short_names_stand_for_commands_that_there_are():
    assert set(ALIASES.values()) <= {command.name for command in COMMANDS}


@pytest.mark.parametrize("arguments", [[], ["count", "--help"], ["constitution", "--help"]], ids=str)
def test_what_needs_no_site_starts_without_django(arguments):
    script = f"""
import sys
from mutualgov.__main__ import main
try:
    main({arguments!r})
except SystemExit:
    pass
sys.exit("django" in sys.modules)
"""

    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True).returncode == 0
