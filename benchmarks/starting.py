"""How long one waits for the command line and for the site, first and second start (SQLite)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time

from rich.console import Console
from rich.table import Table

ROUNDS = 5


def main() -> None:
    table = Table("what", "seconds", box=None)
    for name, arguments in (("mutualgov (the help)", []), ("mutualgov check", ["check"])):
        table.add_row(name, f"{best_of(ROUNDS, arguments):.2f}")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("mutualgov serve, empty database", "mutualgov serve, second start"):
            table.add_row(name, f"{until_it_serves(folder):.2f}")
    Console().print(table)


def best_of(rounds: int, arguments: list[str]) -> float:
    """The quickest of some runs: the others met a busy machine."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "mutualgov", *arguments], check=True, capture_output=True)
        taken.append(time.perf_counter() - started)
    return min(taken)


def until_it_serves(folder: str) -> float:
    """Seconds until the site says that it is running."""
    started = time.perf_counter()
    serving = subprocess.Popen(
        [sys.executable, "-m", "mutualgov", "serve", "--no-demo", "--port", "0"],
        env=os.environ | {"MG_DATA": folder, "MG_DB": "sqlite", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert serving.stdout is not None
    while "is running at" not in (line := serving.stdout.readline()):
        if not line:
            raise RuntimeError("the site did not start")
    taken = time.perf_counter() - started
    serving.send_signal(signal.SIGINT)
    serving.wait()
    return taken


if __name__ == "__main__":
    main()
