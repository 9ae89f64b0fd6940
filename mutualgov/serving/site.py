"""The site itself under uvicorn, which says where it is once it answers."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn
from rich.console import Console

if TYPE_CHECKING:
    from mutualgov.serving.serve import TaskWorker

Logins = list[tuple[str, list[str]]]  # mutual, what its buttons say


class Site(uvicorn.Server):
    """Pages and sockets in this process; the task worker's keeper."""

    def __init__(self, *, worker: TaskWorker, console: Console, host: str, port: int, logins: Logins) -> None:
        super().__init__(
            uvicorn.Config(
                "mutualgov.asgi:application",
                ws="websockets-sansio",
                ws_per_message_deflate=False,  # feeds say a few words; compressing them costs more than it saves
                lifespan="off",
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=3,
            )
        )
        self.worker = worker
        self.console = console
        self.logins = logins
        self.address = f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.worker.start()
        welcome(self.console, address=self.address, logins=self.logins)

    async def on_tick(self, counter: int) -> bool:
        if not self.should_exit and self.worker.has_fallen_over():
            self.console.print("The task worker has stopped by itself; starting it again.")
            self.worker.start()
        return await super().on_tick(counter)


def welcome(console: Console, *, address: str, logins: Logins) -> None:
    """Say where the site is and, in the demonstration, whom one can be with one click on its first page."""
    console.print(f"\nmutualgov is running at [bold]{address}[/bold]\n", soft_wrap=True)
    if logins:
        console.print("Open it and sign in with one click as")
        for mutual, labels in logins:
            console.print(f"\n  {mutual}", style="bold", soft_wrap=True)
            for label in labels:
                console.print(f"    {label}", markup=False, soft_wrap=True)
        console.print()
    console.print("Ctrl-C stops it; nothing is lost.")
