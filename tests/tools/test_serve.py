"""``mutualgov serve`` as a person meets it: started, stopped in every way there is, and started again."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.tools.waiting import is_running, until

ROOT = Path(__file__).resolve().parents[2]


def heed_hanging_up() -> None:
    """Under nohup the tests ignore SIGHUP, and so would what they start."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Serving:
    """One ``mutualgov serve`` on SQLite in a folder of its own."""

    def __init__(self, folder: Path, *arguments: str, port: int = 0) -> None:
        servers = ("PGHOST", "PGPORT", "PGUSER", "MG_BOX_USER", "REDIS_URL")
        environment = {name: value for name, value in os.environ.items() if name not in servers}
        environment |= {"MG_DB": "sqlite", "MG_DATA": str(folder), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mutualgov", "serve", "--no-demo", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=heed_hanging_up,
        )

    def address(self) -> str:
        """Where it says it is; waits until it says so."""
        assert self.process.stdout is not None
        told = []
        for line in self.process.stdout:
            told.append(line)
            if found := re.search(r"is running at (\S+)", line):
                return found.group(1)
        raise AssertionError("".join(told))

    def family(self) -> set[int]:
        """The parent and every process it has brought up, once its tasks are running too."""
        until(lambda: len(descendants(self.process.pid)) >= 5, "the task worker and its pool are up")
        return {self.process.pid, *descendants(self.process.pid)}

    def stop(self, sign: signal.Signals) -> int:
        self.process.send_signal(sign)
        return self.process.wait(timeout=30)


def descendants(pid: int) -> set[int]:
    try:
        children = {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    except FileNotFoundError:
        return set()
    return children.union(*map(descendants, children))


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Serving]]:
    """What a test has started; killed at the end if it is still there."""
    running: list[Serving] = []
    yield running
    for serving in running:
        serving.process.kill()
        serving.process.wait()


@pytest.mark.parametrize(
    "sign", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda sign: sign.name
)
def test_however_it_ends_no_process_is_left(sign, tmp_path, started):
    serving = Serving(tmp_path)
    started.append(serving)
    serving.address()
    family = serving.family()

    code = serving.stop(sign)

    until(lambda: not any(map(is_running, family)), f"nothing of {family} is left")
    assert code == (0 if sign in (signal.SIGINT, signal.SIGTERM) else -sign)


def test_a_second_start_keeps_what_the_first_wrote(tmp_path, started):
    first = Serving(tmp_path)
    started.append(first)
    first.address()
    with closing(sqlite3.connect(tmp_path / "mutualgov.sqlite3")) as database, database:
        database.execute("insert into django_session values ('kept', 'data', '2099-01-01')")
    key = (tmp_path / "secret_key").read_text()
    first.stop(signal.SIGKILL)

    second = Serving(tmp_path)
    started.append(second)
    second.address()

    with closing(sqlite3.connect(tmp_path / "mutualgov.sqlite3")) as database:
        assert database.execute("select session_key from django_session").fetchall() == [("kept",)]
    assert (tmp_path / "secret_key").read_text() == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_it_answers_on_this_machine_and_refuses_unknown_hosts(tmp_path, started):
    serving = Serving(tmp_path)
    started.append(serving)
    address = serving.address()
    stranger = urllib.request.Request(address, headers={"Host": "elsewhere.example"})

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(stranger, timeout=10)

    assert refused.value.code == 400


def test_a_busy_port_is_named_with_the_remedy_before_anything_happens(tmp_path):
    data = tmp_path / "untouched"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        serving = Serving(data, port=port)
        said, _ = serving.process.communicate(timeout=30)

    assert said == f"Port {port} is in use by another program: stop that, or choose another, as in PORT=8000 ./mg run\n"
    assert serving.process.returncode == 1
    assert not data.exists()


def test_a_port_that_is_no_number_is_refused(tmp_path):
    serving = Serving(tmp_path, "--port", "99999")
    said, _ = serving.process.communicate(timeout=30)

    assert said.splitlines()[-1] == "mutualgov serve: error: a port is a number up to 65535, not 99999"
    assert serving.process.returncode == 2
