"""How long a count takes, whole process, in user CPU, and against others that count the same file.

Peers are installed for this alone, into an environment that is thrown away. Ratios are taken within one run; the
quickest of a few rounds counts. ``MG_BENCH_LARGE=1`` adds 16 million papers.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

PEERS = {"stvpoll": "0.5.6", "pyrankvote": "2.0.6"}
ROUNDS = 3

PLAIN = "from collections import Counter; import sys; print(len(Counter(open(sys.argv[1], 'rb'))))"

READ = """
import sys
from collections import Counter
lines = open(sys.argv[1])
candidates, seats = map(int, next(lines).split())
tally = Counter()
for line in lines:
    if line == "0\\n":
        break
    weight, *ranking, _ = line.split()
    tally[tuple(ranking)] += int(weight)
"""

STVPOLL = (
    READ
    + """
from stvpoll.scottish_stv import ScottishSTV
poll = ScottishSTV(seats=seats, candidates=[str(one) for one in range(1, candidates + 1)])
for ranking, times in tally.items():
    poll.add_ballot(ranking, times)
print(sorted(map(int, poll.calculate().elected_as_tuple())))
"""
)

PYRANKVOTE = (
    READ
    + """
from pyrankvote import Ballot, Candidate, single_transferable_vote
people = {str(one): Candidate(str(one)) for one in range(1, candidates + 1)}
ballots = [Ballot([people[one] for one in ranking]) for ranking, times in tally.items() for _ in range(times)]
result = single_transferable_vote(list(people.values()), ballots, seats)
print(sorted(int(winner.name) for winner in result.get_winners()))
"""
)


@dataclass(frozen=True)
class Measured:
    """User CPU in seconds, the most memory in MB (of this process too, if it was larger), and what was printed."""

    seconds: float
    memory: int
    said: str


def main() -> None:
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory(prefix="mutualgov-bench-") as folder:
        here = Path(folder)
        files = {
            "ward": write(here / "ward.blt", papers=9_000, candidates=8, seats=4),
            "million": write(here / "million.blt", papers=1_000_000, candidates=10, seats=5),
            "wide": write(here / "wide.blt", papers=1_000_000, candidates=30, seats=15),
        }
        distinct = {name: run([sys.executable, "-c", PLAIN, file]).said.strip() for name, file in files.items()}
        console.print(", ".join(f"{name}: {count} distinct lines" for name, count in distinct.items()))
        compare(console, files, peers_in(console, here))
        if os.environ.get("MG_BENCH_LARGE"):
            large(console, here)


def compare(console: Console, files: dict[str, Path], peer_python: Path | None) -> None:
    ours = ("scottish", "nhs-ft", "ers97", "meek-prf", "meek-nz")
    tasks = {
        ("python starts", ""): [sys.executable, "-c", "pass"],
        ("a ward, scottish", "python starts"): count(files["ward"], "scottish"),
        ("tallying raw lines", ""): [sys.executable, "-c", PLAIN, files["million"]],
        ("import numpy", ""): [sys.executable, "-c", "import numpy"],
        ("scottish", "tallying raw lines"): count(files["million"], "scottish"),
    }
    tasks |= {(rule, "scottish"): count(files["million"], rule) for rule in ours[1:]}
    tasks |= {(f"{rule}, 30 for 15", rule): count(files["wide"], rule) for rule in ours}
    if peer_python:
        tasks[f"stvpoll {PEERS['stvpoll']}", "scottish"] = [peer_python, "-c", STVPOLL, files["million"]]
        tasks[f"pyrankvote {PEERS['pyrankvote']}", "scottish"] = [peer_python, "-c", PYRANKVOTE, files["million"]]
    best: dict[str, Measured] = {}
    for number in track(range(ROUNDS), "Counting", console=console, transient=True):
        for (name, _), command in tasks.items():
            if number and name.startswith(tuple(PEERS)):
                continue  # minutes, not tenths: once is enough
            measured = run(command)
            if name not in best or measured.seconds < best[name].seconds:
                best[name] = measured
    show(console, tasks, best)


def show(console: Console, tasks: dict[tuple[str, str], list], best: dict[str, Measured]) -> None:
    table = Table("1 million papers, 10 for 5 seats", "user s", "times", "of", box=None)
    for name, against in tasks:
        measured = best[name]
        ratio = f"{measured.seconds / max(0.001, best[against].seconds):.2f}" if against else ""
        table.add_row(name, f"{measured.seconds:.2f}", ratio, against)
    console.print(table)


def large(console: Console, here: Path) -> None:
    file = write(here / "large.blt", papers=16_000_000, candidates=10, seats=5)
    measured = run(count(file, "scottish"))
    console.print(f"16 million papers, scottish: {measured.seconds:.1f} s, {measured.memory} MB")


# --- Parts ----------------------------------------------------------------------------------------------------------


def count(file: Path, rule: str) -> list:
    return [sys.executable, "-m", "mutualgov", "count", file, "--rule", rule, "--json"]


def run(command: list) -> Measured:
    """One whole process, by itself, with the bytecode that any second start finds."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([str(part) for part in command], stdout=out, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 3):
            raise RuntimeError(f"{command[:4]} ended with {process.returncode}")
        out.seek(0)
        return Measured(used.ru_utime, used.ru_maxrss // 1024, out.read().decode())


def peers_in(console: Console, here: Path) -> Path | None:
    """A Python that has the peers, or None where they cannot be had."""
    folder = here / "peers"
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    wanted = [f"{name}=={version}" for name, version in PEERS.items()]
    done = subprocess.run([python, "-m", "pip", "install", "-q", *wanted], capture_output=True, text=True)
    if done.returncode:
        console.print("The peers could not be installed; only our own times are shown.")
        return None
    return python


def write(file: Path, *, papers: int, candidates: int, seats: int, seed: int = 1) -> Path:
    """A file of one line a paper: rankings drawn as from popularities, most of them short."""
    random = np.random.default_rng(seed)
    popular = -1.25 * np.log(np.arange(1, candidates + 1))
    random.shuffle(popular)
    with file.open("w") as out:
        out.write(f"{candidates} {seats}\n")
        for begin in range(0, papers, 100_000):
            size = min(100_000, papers - begin)
            order = np.argsort(-(popular + random.gumbel(size=(size, candidates))), axis=1) + 1
            lengths = np.minimum(1 + random.geometric(0.42, size=size), candidates)
            for ranking, length in zip(order.tolist(), lengths.tolist(), strict=True):
                out.write(f"1 {' '.join(map(str, ranking[:length]))} 0\n")
        out.write("0\n")
        out.writelines(f'"Candidate {one}"\n' for one in range(1, candidates + 1))
        out.write('"Benchmark"\n')
    return file
