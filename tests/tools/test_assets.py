"""What the pages are dressed in: built from hashes, whole, and free of what we may not use."""

import os
import re
from pathlib import Path

import pytest

from mutualgov.ui import build

FONT_LICENCE = "SIL OPEN FONT LICENSE"


@pytest.fixture(scope="module")
def static() -> Path:
    build.build()
    return build.STATIC


def test_every_icon_that_the_style_sheet_asks_for_is_there(static):
    asked = set(re.findall(r"url\(\"?([^)\"]+)", (static / "site.css").read_text()))
    files = {address for address in asked if not address.startswith("data:")}

    assert files
    assert {address for address in files if not (static / address).is_file()} == set()


@pytest.mark.parametrize("name", ["site.css", "nhsuk.js"])
def test_nothing_is_fetched_from_elsewhere(static, name):
    addresses = set(re.findall(r"https?://[^\s\"')]+", (static / name).read_text()))

    assert {address for address in addresses if not address.startswith("http://www.w3.org/")} == set()


def test_neither_the_font_nor_the_marks_of_the_nhs_are_used(static):
    assert "frutiger" not in (static / "site.css").read_text().lower()
    assert [
        path.name for path in static.rglob("*") if re.search("favicon.*nhs|opengraph|icon-mask|logo-nhs", path.name)
    ] == []
    assert not list(static.glob("icons/nhsuk-icon-[0-9]*"))


def test_the_fonts_of_documents_come_with_their_licence(static):
    assert sorted(path.suffix for path in (static / "fonts").iterdir()) == [".ttf"] * 4 + [".txt"]
    assert FONT_LICENCE in (static / "fonts" / "LICENSE.txt").read_text().upper()


def test_unchanged_sources_are_not_built_again(static):
    before = (static / "site.css").stat().st_mtime_ns

    assert build.build() is False
    assert (static / "site.css").stat().st_mtime_ns == before


def test_a_file_that_nobody_builds_any_more_goes_with_the_next_build(static):
    stray = static / "stray.js"
    stray.write_text("left by an older version")

    assert build.build(force=True) is True

    assert not stray.exists()
    assert os.listdir(static.parent / "mutualgov")
    assert list(static.parent.glob(".building-*")) == []


def test_a_sheet_that_does_not_compile_says_where_and_leaves_the_old_one(static, tmp_path):
    before = (static / "site.css").read_bytes()
    broken = tmp_path / "broken.scss"
    broken.write_text("a { color: ; ")

    with pytest.raises(build.BuildFailed, match=r"broken\.scss 1:"):
        build.compile_sheet(broken, tmp_path / "out.css")

    assert (static / "site.css").read_bytes() == before
