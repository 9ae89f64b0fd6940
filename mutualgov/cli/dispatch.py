"""Find the command that was asked for and run it.

Plain commands are imported alone, so ``count`` and ``constitution`` start without Django and without a database.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

from mutualgov.cli.commands import ALIASES, COMMANDS

PLAIN = {command.name: command.target for command in COMMANDS if command.target}


def run(argv: list[str]) -> int:
    """Run the command that ``argv`` names, or show the help."""
    name, *rest = argv or ["help"]
    name = ALIASES.get(name, name)
    if name in ("help", "--help", "-h"):
        return _help(rest)
    if name in PLAIN:
        return _run_plain(PLAIN[name], rest)
    management = _django()
    if not name.startswith("-") and name not in management.get_commands():
        return _unknown(name, known=[*PLAIN, *ALIASES, *management.get_commands()])
    management.execute_from_command_line(["mutualgov", name, *rest])
    return 0


def _django() -> Any:
    """Django's command line, with the commands of every room: without the settings it would list its own alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutualgov.settings")
    import django
    from django.core import management

    django.setup()
    return management


def _help(rest: list[str]) -> int:
    from mutualgov.cli.help import show_all, show_help  # brings rich, which takes longer than many a count

    if rest == ["--all"]:
        show_all(list(_django().get_commands()))
        return 0
    if rest:
        return run([rest[0], "--help"])
    show_help()
    return 0


def _run_plain(target: str, arguments: list[str]) -> int:
    module, _, function = target.partition(":")
    return int(getattr(import_module(module), function)(arguments) or 0)


def _unknown(name: str, *, known: list[str]) -> int:
    import difflib

    near = difflib.get_close_matches(name, known, n=1)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    sys.stderr.write(f'mutualgov: there is no command "{name}".{hint} "mutualgov help" lists them.\n')
    return 2
