"""The help: grouped, and in sentences that a secretary can read."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from mutualgov.cli.commands import COMMANDS, EVERYDAY, OPERATORS


def show_help(console: Console | None = None) -> None:
    """Print what can be asked for, everyday commands first."""
    console = console or Console(highlight=False, markup=False)
    console.print("mutualgov runs the register, the shares, the elections and the seats of mutuals.\n")
    console.print("Usage: mutualgov COMMAND [arguments]\n")
    for group in (EVERYDAY, OPERATORS):
        console.print(group, style="bold")
        table = Table.grid(padding=(0, 3))
        table.add_column(no_wrap=True)
        table.add_column()
        for command in COMMANDS:
            if command.group == group:
                table.add_row(command.usage, command.says)
        console.print(Padding(table, (0, 0, 1, 2), expand=False))
    console.print('"mutualgov help COMMAND" explains one; "mutualgov help --all" lists the rest of Django\'s.')


def show_all(names: list[str], console: Console | None = None) -> None:
    """Print the names of all commands, also those that only a developer needs."""
    console = console or Console(highlight=False, markup=False)
    console.print("\n".join(sorted({*names, *(command.name for command in COMMANDS)})))
