"""A mutual's colours can be read by everybody: white on its brand, its brand on paper, its line beside paper."""

import re

import pytest

from mutualgov.ui import build
from mutualgov.ui.components.ways import PALETTES

SHEET = (build.ASSETS / "_palette.scss").read_text()
SETS = {
    name: re.findall(r"#[0-9a-f]{6}", colours)
    for name, colours in re.findall(r'"([a-z]+)": \((#[^)]*)\)', SHEET)
}  # fmt: skip
PAPER, WHITE = "#faf8f3", "#ffffff"


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it: 1 for none, 21 for black on white."""
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_sheet_has_the_sets_that_mutuals_may_wear():
    assert tuple(SETS) == PALETTES


@pytest.mark.parametrize("name", PALETTES)
def test_a_set_can_be_read(name):
    brand, deep, tint, line = SETS[name]

    assert contrast(WHITE, brand) >= 7
    assert contrast(WHITE, deep) >= 7
    assert contrast(brand, tint) >= 4.5
    assert contrast(brand, PAPER) >= 4.5
    assert contrast(line, PAPER) >= 3
    assert contrast(line, WHITE) >= 3
