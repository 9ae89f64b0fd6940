"""``mg`` on machines that are not as it would like them: in a folder of its own, with only the tools it is given."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "dirname", "cat", "tail", "rm", "mkdir", "cksum", "sleep")


class Machine:
    """A folder with mg in it, and a PATH on which nothing else is found."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "a folder with spaces" / "mutualgov"
        self.project.mkdir(parents=True)
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.folder = folder
        shutil.copy(ROOT / "mg", self.project / "mg")
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found
            (self.programs / tool).symlink_to(found)
        self.program("id", "echo 1000")  # a plain user: nothing is installed into the system

    def program(self, name: str, does: str) -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{does}\n")
        path.chmod(0o755)

    def mg(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.project / "mg", *arguments],
            cwd=self.folder,  # not its own
            env={"PATH": str(self.programs), **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


# A Python that passes for a good one and says what it was asked to do.
GOOD = 'case $2 in venv) echo "$0 was asked to make .venv" >&2; exit 1 ;; *) exit 0 ;; esac'


def test_without_a_command_it_explains_itself(machine):
    done = machine.mg()

    assert done.returncode == 0
    assert done.stdout.startswith("Usage: ./mg COMMAND")


def test_an_unknown_command_is_named_and_the_known_ones_listed(machine):
    done = machine.mg("rnu")

    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == 'mg: there is no command "rnu".'
    assert "run     set everything up" in done.stderr


def test_without_a_python_it_says_what_to_install(machine):
    done = machine.mg("run")

    assert done.returncode == 1
    assert "mutualgov needs Python 3.11, 3.12 or 3.13 with its venv module." in done.stderr
    assert "sudo apt-get install python3 python3-venv" in done.stderr


def test_a_python_that_does_not_work_is_passed_over(machine):
    machine.program("python3", 'echo "pyenv: python3: command not found" >&2; exit 127')
    machine.program("python3.12", GOOD)

    done = machine.mg("run")

    assert "python3.12 was asked to make .venv" in done.stderr


def test_the_named_python_comes_before_all_others(machine):
    machine.program("python3", GOOD)
    machine.program("mine", GOOD)

    done = machine.mg("run", MG_PYTHON="mine")

    assert "mine was asked to make .venv" in done.stderr


def test_a_named_python_that_does_not_work_is_refused_though_another_would(machine):
    machine.program("python3", GOOD)

    done = machine.mg("run", MG_PYTHON="python2")

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "MG_PYTHON=python2 is not a Python 3.11, 3.12 or 3.13 that can make a virtual environment."
    )


@pytest.mark.skipif(not shutil.which("dash"), reason="needs dash, Debian's sh")
def test_it_is_plain_sh():
    assert subprocess.run(["dash", "-n", ROOT / "mg"], env=os.environ).returncode == 0
