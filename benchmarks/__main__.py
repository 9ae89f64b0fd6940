"""Run the benchmarks, all or those named, on a data folder of their own."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from rich.console import Console


def names() -> list[str]:
    """Every module here that has something to measure."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def main(wanted: list[str]) -> int:
    """Run what is wanted, in order; 2 if a name is not known."""
    console = Console(highlight=False)
    if unknown := set(wanted) - set(names()):
        console.print(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(names())}.")
        return 2
    console.print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    with tempfile.TemporaryDirectory(prefix="mutualgov-bench-") as folder:
        os.environ.setdefault("MG_DATA", folder)
        for name in wanted or names():
            console.rule(name, align="left")
            started = time.perf_counter()
            import_module(f"benchmarks.{name}").main()
            console.print(f"({time.perf_counter() - started:.1f} s)\n", style="dim")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
