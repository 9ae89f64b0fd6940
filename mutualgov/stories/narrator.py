"""Telling a story while it is played: a line and a bar a step, on standard error, so that the JSON stays clean."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Advance = Callable[[int, int], None]


class Narrator:
    """Says what happens. In a terminal each step has a live bar; elsewhere it is one line a step."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.console = Console(stderr=True, quiet=quiet, highlight=False)

    @contextmanager
    def step(self, title: str) -> Iterator[Advance]:
        """One step; the function given back moves its bar: ``advance(done, total)``."""
        if not self.console.is_terminal:
            yield lambda done, total: None
            self.say(title)
            return
        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
        ) as progress:
            task = progress.add_task(title, total=None)
            yield lambda done, total: progress.update(task, completed=done, total=total)
        self.say(title)

    def say(self, text: str) -> None:
        self.console.print(f"[green]✓[/green] {text}")
