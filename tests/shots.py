"""Pictures of the pages as people see them: ``./mg shots`` fills the git-ignored ``shots/``.

The demonstration is seeded and served on a data folder of its own. Then each of PAGES, and for every login that the
front page offers its landing page, whatever its navigation leads to, and the first thing listed there, is taken as
wide as a desk and as a phone; a page that several roles share is taken once.
A page that fails, throws, or is wider than the phone is named at the end.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rich.console import Console

from tests.browser import FLAGS, TIME_OUT_MS
from tests.chromium import find

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = {1280: 900, 375: 812}
PAGES = {
    "front": "/",
    "sign-in": "/accounts/login/",
    "not-found": "/no/such/page/",
}
MEANT_TO_FAIL = {"not-found": 404}
DEMO_BUTTON = "form[action^='/demo/']"
NAVIGATION = "header nav a[href^='/']"


@contextmanager
def demonstration(data: str) -> Iterator[str]:
    """The seeded demonstration, served for a while; its address."""
    serving = subprocess.Popen(
        [sys.executable, "-m", "mutualgov", "serve", "--port", "0"],
        cwd=ROOT,
        env=os.environ | {"MG_DATA": data, "MG_DB": "sqlite", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert serving.stdout is not None
    try:
        said = []
        for line in serving.stdout:
            said.append(line)
            if found := re.search(r"is running at (\S+)", line):
                yield found.group(1)
                return
        raise RuntimeError(f"The site did not start: {''.join(said)}")
    finally:
        if (code := serving.poll()) is not None:
            sys.stderr.write(f"The site has ended by itself, with code {code}: {serving.stdout.read()}\n")
        serving.send_signal(signal.SIGINT)
        serving.communicate(timeout=60)


class Camera:
    """Takes pages at one width and notes what is wrong with them."""

    def __init__(self, browser: Browser, *, site: str, width: int, folder: Path) -> None:
        self.context = browser.new_context(base_url=site, viewport={"width": width, "height": WIDTHS[width]})
        self.width = width
        self.folder = folder
        self.faults: list[str] = []
        self.taken = 0
        self.seen: set[str] = set()

    def page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(TIME_OUT_MS * 4)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url} at {self.width}: {error}"))
        return page

    def take(self, page: Page, name: str, path: str) -> None:
        """Go there and take the whole page."""
        answer = page.goto(path)
        status = answer.status if answer else 0
        if status != MEANT_TO_FAIL.get(name, 200):
            self.faults.append(f"{path} at {self.width}: answered {status}")
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > self.width:
            self.faults.append(f"{path} at {self.width}: {wide} pixels wide")
        page.screenshot(path=self.folder / f"{name}-{self.width}.png", full_page=True)
        self.taken += 1

    def take_all(self) -> None:
        page = self.page()
        for name, path in PAGES.items():
            self.take(page, name, path)
        page.goto("/")
        for action in page.eval_on_selector_all(DEMO_BUTTON, "forms => forms.map(form => form.getAttribute('action'))"):
            self.take_as(page, action)

    def take_as(self, page: Page, demo: str) -> None:
        """Sign in with one click, then take the landing page and what nobody before has shown of this mutual."""
        page.context.clear_cookies()
        page.goto("/")
        page.locator(f"form[action='{demo}'] button").click()
        key, landing = demo.strip("/").split("/")[-1], urlsplit(page.url).path
        self.take(page, f"{key}-landing", landing)
        self.seen.add(landing)
        for path in self.unseen(page, NAVIGATION):
            name = f"{key}-{path.removeprefix(landing).strip('/').replace('/', '-')}"
            self.take(page, name, path)
            for first in self.unseen(page, f"main a[href^='{path}'][href$='/']")[:1]:
                self.take(page, f"{name}-first", first)

    def unseen(self, page: Page, links: str) -> list[str]:
        """Addresses on the page that have not been taken yet; from now on they count as taken."""
        found = page.eval_on_selector_all(links, "links => links.map(link => link.getAttribute('href'))")
        new = [path for path in dict.fromkeys(found) if path not in self.seen]
        self.seen.update(new)
        return new


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./mg shots", description="Take pictures of the pages.")
    parser.add_argument("--folder", type=Path, default=ROOT / "shots", help="where to put them (shots/)")
    options = parser.parse_args(argv)
    options.folder.mkdir(parents=True, exist_ok=True)
    from playwright.sync_api import sync_playwright

    faults, taken = [], 0
    with tempfile.TemporaryDirectory(prefix="mutualgov-shots-") as data, demonstration(data) as site:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
            for width in WIDTHS:
                camera = Camera(browser, site=site, width=width, folder=options.folder)
                camera.take_all()
                faults += camera.faults
                taken += camera.taken
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{taken} pictures in {options.folder}")
    for fault in faults:
        console.print(fault, style="red")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
