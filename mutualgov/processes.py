"""Child processes that never outlive their parent, even when kill -9 ends it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 15


def dying_with_parent(sign: signal.Signals) -> Callable[[], None] | None:
    """A ``preexec_fn`` for any program: the kernel sends it ``sign`` when the thread that started it ends.

    Only Linux can do this; elsewhere the answer is None, and the program must be stopped in the ordinary way.
    """
    set_signal = _parent_death_signal()
    if set_signal is None:
        return None
    parent = os.getpid()

    def after_fork() -> None:
        set_signal(sign)
        if os.getppid() != parent:  # it ended before the line above
            os._exit(1)

    return after_fork


def end_with_parent(pid: int) -> None:
    """Called by a Python program about itself: stop in an orderly way when its parent ``pid`` is gone.

    It has GRACE_SECONDS to finish the task in hand. Whatever it forks ends with it at once.
    """
    set_signal = _parent_death_signal()
    if set_signal is None:
        threading.Thread(target=_watch, args=(pid,), name="watch-parent", daemon=True).start()
        return
    signal.signal(signal.SIGUSR1, _stop_in_an_orderly_way)
    set_signal(signal.SIGUSR1)
    os.register_at_fork(after_in_child=lambda: set_signal(signal.SIGKILL))
    if os.getppid() != pid:
        sys.exit(0)


def _parent_death_signal() -> Callable[[signal.Signals], None] | None:
    """The kernel's call, looked up before any fork: a child under another user may not read the library."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda sign: prctl(PR_SET_PDEATHSIG, int(sign), 0, 0, 0)


def _stop_in_an_orderly_way(_signal: int, _frame: FrameType | None) -> None:
    signal.alarm(GRACE_SECONDS)  # nobody catches this one: it ends the process
    os.kill(os.getpid(), signal.SIGTERM)


def _watch(pid: int) -> None:
    while os.getppid() == pid:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)
