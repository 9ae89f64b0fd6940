"""Find the browser that the tests drive; ``python tests/chromium.py`` prints its path for ./mg.

Candidates are run, not looked at: Ubuntu's ``chromium-browser`` may be a stub that only advertises a snap.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = ("Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome")
IN_PLAYWRIGHTS_FOLDER = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)


def find() -> str | None:
    """The path of a Chromium that starts: ``MG_CHROMIUM`` alone if set, else the first on this machine."""
    named = os.environ.get("MG_CHROMIUM")
    return next((path for path in ([named] if named else _candidates()) if _starts(path)), None)


def driver_starts() -> bool:
    """Whether Playwright's own Node runs here; on a bare Debian it lacks libatomic."""
    from playwright._impl._driver import compute_driver_executable

    return _starts(str(compute_driver_executable()[0]))


def _candidates() -> Iterator[str]:
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    for name in ON_MACOS:
        yield f"/Applications/{name}"
    for folder in _playwrights_folders():
        for pattern in IN_PLAYWRIGHTS_FOLDER:
            yield from sorted(map(str, folder.glob(pattern)), reverse=True)


def _playwrights_folders() -> list[Path]:
    if named := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return [Path(named)]
    return [Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"]


def _starts(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main(arguments: list[str]) -> int:
    if "--driver" in arguments:
        return 0 if driver_starts() else 1
    found = find()
    sys.stdout.write(f"{found}\n" if found else "")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
