"""Waiting for what happens in another process."""

import time
from collections.abc import Callable
from pathlib import Path


def until(condition: Callable[[], bool], what: str, *, seconds: float = 60) -> None:
    """Wait for the condition; fail with its name when it has not come true in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} seconds in vain: {what}"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie that only waits to be read."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
