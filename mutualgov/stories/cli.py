"""``mutualgov play`` and ``mutualgov demo``: stories from the command line."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

STORIES = {"governor-election": "A staff-governor election, from the constitution to the filled seats."}


def play(argv: Sequence[str]) -> int:
    """Play a story; its report is printed as JSON. Exit 0 when all agrees, 1 when a step was refused or does not."""
    asked = _play_parser().parse_args(argv)
    with _data(asked.keep):
        _start_django()
        return _play(asked)


def demo(argv: Sequence[str]) -> int:
    """Seed the demonstration: three mutuals with invented people, and a login per role."""
    parser = argparse.ArgumentParser(prog="mutualgov demo", description=demo.__doc__)
    parser.add_argument("--if-empty", action="store_true", help="do nothing on a site that holds a mutual already")
    asked = parser.parse_args(argv)
    _start_django()
    from mutualgov.core.clock import now

    from .demo import seed, wanted
    from .narrator import Narrator

    if not asked.if_empty or wanted():
        seed(at=now(), narrator=Narrator())
    return 0


def _play_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mutualgov play",
        description="Play a story through the same steps as the pages, and print what came of it as JSON. "
        "It is played on data of its own, which is thrown away afterwards unless --keep names a folder.",
    )
    add = parser.add_argument
    add("story", choices=STORIES, help="; ".join(f"{name}: {says}" for name, says in STORIES.items()))
    add("--staff", type=Path, metavar="FILE.csv", help="staff file, CSV or XLSX; 800 invented rows if left out")
    add("--ballots", type=Path, metavar="FILE.blt", required=True, help="the ballot papers")
    add("--seats", type=int, metavar="N", help="seats to fill; as the ballot file says if left out")
    add("--rule", default="nhs-ft", metavar="RULE", help="counting rules: nhs-ft (if left out), scottish, ers97, …")
    add("--keep", type=Path, metavar="FOLDER", help="keep what was played in this folder: MG_DATA=FOLDER ./mg run")
    add("--quiet", action="store_true", help="no progress, only the JSON")
    add("--json", action="store_true", help=argparse.SUPPRESS)  # it always is
    return parser


@contextmanager
def _data(keep: Path | None) -> Iterator[None]:
    """A data folder of the story's own: nothing of the site is touched."""
    os.environ["MG_DB"] = "sqlite"
    os.environ.pop("REDIS_URL", None)
    if keep is not None:
        os.environ["MG_DATA"] = str(keep.resolve())
        yield
        return
    with tempfile.TemporaryDirectory(prefix="mutualgov-story-") as folder:
        os.environ["MG_DATA"] = folder
        yield


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutualgov.settings")
    import django

    django.setup()


def _play(asked: argparse.Namespace) -> int:
    from django.core.management import call_command

    from members.feed.sample import sample_staff_csv
    from mutualgov.core.clock import now, uk_date
    from mutualgov.core.rulings import Refusal
    from voting.counting import BallotsRefused, read_blt

    from .governor_election import play as play_election
    from .narrator import Narrator
    from .script import Script

    narrator = Narrator(quiet=asked.quiet)
    try:
        papers = read_blt(asked.ballots)
        script = Script(
            staff=asked.staff.read_bytes() if asked.staff else sample_staff_csv(rows=800).encode(),
            staff_name=asked.staff.name if asked.staff else "staff.csv",
            papers=papers,
            begins_on=uk_date(now()),
            seats=asked.seats or papers.seats,
            rule=asked.rule,
        )
        with narrator.step("An empty database is made"):
            for alias in ("default", "box"):
                call_command("migrate", database=alias, verbosity=0)
        report = play_election(script, narrator=narrator)
    except (Refusal, BallotsRefused, OSError) as refused:
        sys.stderr.write(f"The story stopped: {refused}\n")
        return 1
    sys.stdout.write(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    return 0 if report["agree"]["all"] else 1
