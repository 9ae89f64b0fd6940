"""Bring the databases up to date, with a line of progress, and seed the demonstration into an empty one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from mutualgov.cli.dispatch import PLAIN, run

APPLYING = "  Applying "


class Counting:
    """A stand-in for standard output that turns Django's line per migration into a step of progress."""

    def __init__(self, step: Callable[[], None]) -> None:
        self.step = step

    def write(self, text: str) -> None:
        if text.startswith(APPLYING):
            self.step()

    def flush(self) -> None:
        pass


def prepare(*, console: Console, with_demo: bool) -> None:
    """Migrate every database; on a site for this machine only, seed the demonstration unless there is data."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # or WhiteNoise warns at every start
    plans = {alias: steps for alias in connections if (steps := _steps(alias))}
    if plans:
        with Progress(TextColumn("{task.description}"), BarColumn(), console=console, transient=True) as progress:
            task = progress.add_task("Preparing the database", total=sum(plans.values()))
            for alias in plans:
                call_command(
                    "migrate",
                    database=alias,
                    interactive=False,
                    no_color=True,
                    stdout=Counting(lambda: progress.advance(task)),
                )
        console.print("The database is ready.")
    if with_demo and settings.EMBEDDED and "demo" in PLAIN:
        run(["demo", "--if-empty"])


def _steps(alias: str) -> int:
    executor = MigrationExecutor(connections[alias])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
