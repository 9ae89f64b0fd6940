"""``mutualgov serve``: the port first, then the database, the demonstration, the site, the tasks.

The parent serves pages and sockets; one child carries out the tasks. However the parent ends, the child ends too.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from rich.console import Console

DEFAULT_PORT = 8000
SECONDS_BETWEEN_RESTARTS = 10
GRACE_SECONDS = 20


class CannotServe(Exception):
    """Serving cannot begin; the message says why and what to do, in a sentence."""


def main(argv: list[str]) -> int:
    """Serve until stopped. Returns 0 after an orderly stop, 1 if serving could not begin."""
    options = _options(argv)
    console = Console(highlight=False)
    try:
        sockets = listen(host=options.host, port=options.port)
        return _serve(sockets, options=options, console=console)
    except CannotServe as refusal:
        Console(stderr=True, highlight=False).print(str(refusal), soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        console.print("\nStopped. The next start goes on from here.")
        return 130


def listen(*, host: str, port: int) -> list[socket.socket]:
    """Take the port before anything else happens, for both kinds of this machine's own address.

    Raises CannotServe naming the port and the remedy.
    """
    hosts = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")] if host == "localhost" else [_family(host)]
    taken = []
    try:
        for family, address in hosts:
            if (listener := _listener(family, address, port)) is not None:
                taken.append(listener)
                port = listener.getsockname()[1]  # PORT=0 asks for any free one: both addresses share it
    except OSError as error:
        for listener in taken:
            listener.close()
        raise CannotServe(_why_not(error, host=host, port=port)) from error
    return taken


def _listener(family: socket.AddressFamily, address: str, port: int) -> socket.socket | None:
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    try:
        listener.bind((address, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        if address == "::1" and error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            return None  # a machine without IPv6
        raise
    listener.set_inheritable(False)
    return listener


def _family(host: str) -> tuple[socket.AddressFamily, str]:
    return (socket.AF_INET6 if ":" in host else socket.AF_INET), host


def _why_not(error: OSError, *, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = DEFAULT_PORT + 1 if port == DEFAULT_PORT else DEFAULT_PORT
        return f"Port {port} is in use by another program: stop that, or choose another, as in PORT={other} ./mg run"
    if error.errno == errno.EACCES:
        return f"Port {port} may only be used by the system: choose one above 1023, as in PORT=8000 ./mg run"
    return f"Cannot serve on {host} port {port}: {error.strerror or error}."


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutualgov serve", description="Serve the site and carry out its tasks.")
    parser.add_argument("--port", type=int, help=f"port to serve on; else PORT, else {DEFAULT_PORT}")
    parser.add_argument("--host", default="localhost", help="address to serve on (this machine only)")
    parser.add_argument("--no-demo", action="store_true", help="do not seed the demonstration into an empty database")
    options = parser.parse_args(argv)
    if options.port is None:
        options.port = _port_of_the_environment(parser)
    if not 0 <= options.port <= 65535:
        parser.error(f"a port is a number up to 65535, not {options.port}")
    return options


def _port_of_the_environment(parser: argparse.ArgumentParser) -> int:
    given = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not given.isdecimal():
        parser.error(f"PORT={given} is not a number")
    return int(given)


def _serve(sockets: list[socket.socket], *, options: argparse.Namespace, console: Console) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutualgov.settings")
    import django

    django.setup()
    from mutualgov.home.queries import demo_groups
    from mutualgov.serving.prepare import prepare
    from mutualgov.serving.site import Site

    prepare(console=console, with_demo=not options.no_demo)
    logins = [(mutual, [login.label for login in group]) for mutual, group in demo_groups()]
    with task_worker() as worker, _signals_left_to_the_site():
        port = sockets[0].getsockname()[1]
        Site(worker=worker, console=console, host=options.host, port=port, logins=logins).run(sockets=sockets)
    console.print("Stopped. Nothing is lost.")
    return 0


class TaskWorker:
    """The child process that carries out the tasks, started again if it falls over."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mutualgov.serving.worker", str(os.getpid())],
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C comes to the parent only, which stops things in order
        )

    def has_fallen_over(self) -> bool:
        """Whether it has ended by itself, and long enough ago to try again."""
        ended = self.process is not None and self.process.poll() is not None
        return ended and time.monotonic() - self.started > SECONDS_BETWEEN_RESTARTS

    def stop(self) -> None:
        """Let it finish the task in hand; end it and all it has started when that takes too long."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@contextlib.contextmanager
def task_worker() -> Iterator[TaskWorker]:
    """A worker that is stopped at the end, whatever the end."""
    worker = TaskWorker()
    try:
        yield worker
    finally:
        worker.stop()


@contextlib.contextmanager
def _signals_left_to_the_site() -> Iterator[None]:
    """uvicorn stops in order on Ctrl-C and SIGTERM and then raises them again: by then there is nothing left to do."""
    before = {sign: signal.signal(sign, lambda *_: None) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
