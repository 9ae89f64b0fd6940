"""``mutualgov audit verify``: check every chain from end to end and say where one is broken."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from mutualgov.audit.models import AuditEntry
from mutualgov.audit.queries import chain_length, each_fault
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import reading_in

NAMED = 50  # faults named one by one; a chain that was rewritten has as many as entries


class Command(BaseCommand):
    help = "Check that no entry of any mutual's record has been altered, taken out or moved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="check the chain of entries from end to end; exit 1 if it is broken")
        verify.add_argument("--mutual", metavar="KEY", help="only this mutual, by the key in its address")

    def handle(self, *args: Any, mutual: str | None = None, **options: Any) -> None:
        mutuals = Mutual.objects.filter(key=mutual) if mutual else Mutual.objects.all()
        if mutual and not mutuals:
            known = ", ".join(Mutual.objects.order_by("key").values_list("key", flat=True)) or "none"
            raise CommandError(f'There is no mutual with the key "{mutual}". Known: {known}.')
        console = Console(file=cast(IO[str], self.stdout), highlight=False, markup=False, soft_wrap=True)
        if not mutuals:
            console.print("There is no mutual on this site yet, so there is nothing to check.")
        if sum(verify(one, console=console) for one in mutuals):
            sys.exit(1)


def verify(mutual: Mutual, *, console: Console) -> int:
    """Check one mutual's chain and print what was found; returns the number of faults."""
    found = 0
    with reading_in(mutual):
        length = chain_length()
        with _progress() as bar:
            task = bar.add_task(mutual.name, total=length)
            for fault in each_fault(watch=lambda entries: _counted(entries, bar, task)):
                found += 1
                if found == 1:
                    console.print(f"{mutual.name}: BROKEN")
                if found <= NAMED:
                    console.print(f"  {fault.what}")
    if found > NAMED:
        console.print(f"  … and {found - NAMED:,} more.")
    if not found:
        console.print(f"{mutual.name}: {length:,} entries, none altered, missing or moved.")
    return found


def _counted(entries: Iterable[AuditEntry], bar: Progress, task: TaskID) -> Iterator[AuditEntry]:
    for entry in entries:
        yield entry
        bar.advance(task)


def _progress() -> Progress:
    """A bar on the way, on the error stream: what was found can be piped on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
