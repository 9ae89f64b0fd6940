"""The site itself under uvicorn, which says where it is once it answers."""

from __future__ import annotations

import socket
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import uvicorn
from django.conf import settings
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

if TYPE_CHECKING:
    from mutualgov.serving.serve import TaskWorker

DEMO = "mutualgov.stories.demo"


class Site(uvicorn.Server):
    """Pages and sockets in this process; the task worker's keeper."""

    def __init__(self, *, worker: TaskWorker, console: Console, host: str, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                "mutualgov.asgi:application",
                ws="websockets-sansio",
                lifespan="off",
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=3,
            )
        )
        self.worker = worker
        self.console = console
        self.address = f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.worker.start()
        welcome(self.console, address=self.address)

    async def on_tick(self, counter: int) -> bool:
        if not self.should_exit and self.worker.has_fallen_over():
            self.console.print("The task worker has stopped by itself; starting it again.")
            self.worker.start()
        return await super().on_tick(counter)


def welcome(console: Console, *, address: str) -> None:
    """Say where the site is and, in the demonstration, who can sign in with one click."""
    console.print(f"\nmutualgov is running at [bold]{address}[/bold]\n", soft_wrap=True)
    if settings.EMBEDDED and find_spec(DEMO.rpartition(".")[0]) and find_spec(DEMO):
        _list_logins(console, address=address)
    console.print("Ctrl-C stops it; nothing is lost.")


def _list_logins(console: Console, *, address: str) -> None:
    table = Table.grid(padding=(0, 3))
    for login in import_module(DEMO).logins():
        table.add_row(login.role, login.name, login.mutual, address + login.path)
    if table.row_count:
        console.print("Sign in to the demonstration with one click:")
        console.print(Padding(table, (0, 0, 1, 2), expand=False), soft_wrap=True)
