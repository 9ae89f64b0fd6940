"""Invented people."""

import random
from collections.abc import Iterator

GIVEN = """Aisha Alun Amara Anwen Bao Beth Bronagh Callum Carys Chidi Daisy Dilys Ewan Farah Fergus Gethin Hana
Hamish Imran Iona Jasmin Joan Kofi Leila Lowri Mairi Marek Mei Nadia Niall Olwen Osian Paulo Priya Rhian Rohan Ruth
Sanjay Seren Tomasz Una Vera Wilf Yusuf Zofia""".split()  # noqa: SIM905
FAMILY = """Adeyemi Ahmed Baptiste Barrow Begum Bevan Blackwood Bryce Chandra Corrigan Dalgleish Davies Doyle Evans
Fletcher Forsyth Gill Griffiths Hale Hughes Iqbal Jankowski Joshi Kaur Kelly Lewandowski Llewellyn Macleod Mensah
Morgan Nowak Okafor Owusu Parry Pritchard Quinn Rahman Rees Sharma Sinclair Tudor Vaughan Walsh Yilmaz""".split()  # noqa: SIM905


def names(draw: random.Random) -> Iterator[tuple[str, str]]:
    """Given and family names, no pair twice."""
    pairs = [(given, family) for given in GIVEN for family in FAMILY]
    draw.shuffle(pairs)
    yield from pairs
