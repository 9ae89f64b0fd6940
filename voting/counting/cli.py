"""``mutualgov count FILE --rule RULE``: count a ballot file at the desk, without the site.

Exit code 0: counted. 1: the ballots or the request were refused. 2: the command was not understood. 3: a lot is needed.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from typing import TYPE_CHECKING, Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # nothing here multiplies matrices; waking its threads costs more

from mutualgov.core.rulings import Refusal
from voting.counting.lots import LotNeeded, Lots, ManualLots, SeededLots

if TYPE_CHECKING:
    from voting.counting.table import Progress
    from voting.counting.values import Contest, CountResult

RULES = ("fptp", "approval", "av", "nhs-ft", "ers97", "scottish", "meek-prf", "meek-nz")


def main(argv: list[str]) -> int:
    """Count a file and print what was asked for; returns the exit code."""
    asked = parser().parse_args(argv)
    gc.disable()  # a count leaves no cycles behind, and looking for them among all its papers takes a while
    try:
        return _run(asked)
    finally:
        gc.enable()


def _run(asked: argparse.Namespace) -> int:
    try:
        result = _count(asked)
    except LotNeeded as needed:
        _say(f"mutualgov count: {needed.reason}")
        _say(f'Then run this again with --lot "{needed.tie.event}={needed.tie.keys[0]}", or whoever it falls on.')
        return 3
    except Refusal as refusal:
        _say(f"mutualgov count: {asked.file}: {refusal.reason}")
        return 1
    except OSError as error:
        _say(f"mutualgov count: {asked.file}: {error.strerror or error}.")
        return 1
    try:
        _show(asked, result)
    except BrokenPipeError:  # the reader has seen enough, as with "| head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _say(f"mutualgov count: {asked.report}: {error.strerror or error}.")
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    arguments = argparse.ArgumentParser(
        prog="mutualgov count",
        description="Count the ballots in a file under a rule book, and say who is elected.",
        epilog="Reads BLT, CSV rankings (.csv) and PrefLib (.soc .soi .toc .toi). - reads BLT from standard input.",
    )
    add = arguments.add_argument
    add("file", metavar="FILE", help="the ballots")
    add("--rule", required=True, choices=RULES, help="the rule book to count by")
    add("--seats", type=int, metavar="N", help="seats to fill, if not as many as the file says")
    add("--option", action="append", default=[], metavar="NAME=VALUE", help="settle an open point of the rule")
    add("--json", action="store_true", help="print the whole result as JSON")
    add("--csv", action="store_true", help="print the stage table as CSV")
    add("--report", metavar="OUT", help="write the result sheet to OUT.html or OUT.pdf")
    add("--lot", action="append", default=[], metavar="EVENT=NAME", help="a lot that was drawn, once for each")
    add("--seed", metavar="SEED", help="draw every lot from this seed")
    return arguments


def _count(asked: argparse.Namespace) -> CountResult:
    from voting.counting.counting import count

    with _progress() as tell:
        contest = _read(asked.file, asked.seats, tell)
        return count(
            contest, asked.rule, seats=asked.seats, options=_options(asked.option), lots=_lots(asked), progress=tell
        )


def _read(file: str, seats: int | None, tell: Progress) -> Contest:
    from voting.counting.blt import read_blt

    kind = os.path.splitext(file)[1].lower()
    if kind in (".csv", ".soc", ".soi", ".toc", ".toi"):
        from voting.counting.tables import read_csv, read_preflib

        if seats is None:
            raise Refusal(f"A {kind} file does not say how many seats there are; add --seats N.")
        return read_csv(file, seats=seats) if kind == ".csv" else read_preflib(file, seats=seats)
    return read_blt(sys.stdin.buffer if file == "-" else file, progress=tell)


def _options(given: list[str]) -> dict[str, object]:
    words: dict[str, object] = {"true": True, "false": False}
    pairs = [text.partition("=") for text in given]
    return {
        name.replace("-", "_"): words.get(value.lower(), int(value) if value.isdigit() else value)
        for name, _, value in pairs
    }


def _lots(asked: argparse.Namespace) -> Lots | None:
    if asked.seed:
        return SeededLots(asked.seed)
    drawn: dict[str, list[str]] = {}
    for text in asked.lot:
        event, _, name = text.partition("=")
        drawn.setdefault(event, []).append(name)
    return ManualLots(drawn) if drawn else None


def _show(asked: argparse.Namespace, result: CountResult) -> None:
    from voting.counting.export import result_json, write_stages_csv

    if asked.report:
        _report(asked.report, result)
    if asked.json:
        import json

        print(json.dumps(result_json(result), ensure_ascii=False, indent=1))  # noqa: T201
    elif asked.csv:
        write_stages_csv(result, sys.stdout)
    else:
        from voting.counting.sheet import print_sheet

        print_sheet(result)


def _report(out: str, result: CountResult) -> None:
    if out.lower().endswith(".pdf"):
        from voting.counting.report_pdf import report_pdf

        content = report_pdf(result)
    else:
        from voting.counting.report import report_html

        content = report_html(result).encode()
    with open(out, "wb") as file:
        file.write(content)


class _progress:
    """Says on a terminal what a long count is doing; silent in a pipe, and for the first half second."""

    def __init__(self) -> None:
        self.status: Any = None
        self.began = time.monotonic()

    def __enter__(self) -> Progress:
        return self.tell if sys.stderr.isatty() else (lambda _text: None)

    def tell(self, text: str) -> None:
        if self.status is None:
            if time.monotonic() - self.began < 0.5:
                return
            from rich.console import Console

            self.status = Console(stderr=True).status(text)
            self.status.start()
        self.status.update(text)

    def __exit__(self, *_: object) -> None:
        if self.status is not None:
            self.status.stop()


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
