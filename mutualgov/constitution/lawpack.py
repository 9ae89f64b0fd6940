"""Law packs: what statute sets for a legal form, as dated data beside this module.

A pack holds three things apart: ``floors``, below which no constitution may go; ``defaults``, duties and limits that
hold although a constitution is silent; ``figures`` that other rooms ask for by name. A floor whose statutory text has
not been read is ``unverified``: it warns and does not enforce.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .document.fields import (
    Field,
    Reader,
    iso_date,
    key,
    list_of,
    mapping_of,
    read_fields,
    text,
    word_of,
    yes_or_no,
)
from .document.tree import Layer, Node, Origin, read_tree

FOLDER = Path(__file__).parent / "lawpacks"
ABOUT = ("document", "class", "share", "body", "seat", "rule", "step", "decision", "duty")
MEASURES = ("at_least", "at_most", "is", "one_of", "includes", "only", "is_stated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """One thing a constitution may not weaken.

    about    which noun it looks at; ``where`` narrows that by facets, ``matters`` to decisions on them
    figure   dotted name of the field looked at
    measure  how it is compared with ``bound``
    missing  whether leaving the figure out breaks the floor
    """

    key: str
    pack: str
    says: str
    section: str
    about: str
    where: Mapping[str, tuple[str, ...]]
    matters: tuple[str, ...]
    figure: str
    measure: str
    bound: tuple[str, ...]
    missing: bool
    unverified: bool
    from_on: date | None
    until_on: date | None

    def in_force(self, on: date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class Figure:
    """A statutory figure that a room asks for by name."""

    key: str
    value: str
    section: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPack:
    key: str
    title: str
    forms: tuple[str, ...]
    builds_on: tuple[str, ...]
    from_on: date | None
    notes: str
    never_in_writing: tuple[str, ...]
    floors: tuple[Floor, ...]
    figures: Mapping[str, Figure]
    defaults: Node | None


FLOOR = {
    "key": Field(key, required=True),
    "says": Field(text, required=True),
    "section": Field(text, required=True),
    "about": Field(word_of(*ABOUT), required=True),
    "where": Field(mapping_of(list_of(text), what="the facets")),
    "matters": Field(list_of(key)),
    "figure": Field(text, required=True),
    **{measure: Field(list_of(text)) for measure in MEASURES},
    "missing": Field(word_of("breach", "pass")),
    "unverified": Field(yes_or_no),
    "from": Field(iso_date),
    "until": Field(iso_date),
}
PACK = {
    "pack": Field(key, required=True),
    "title": Field(text, required=True),
    "forms": Field(list_of(key), required=True),
    "builds_on": Field(list_of(key)),
    "from": Field(iso_date),
    "notes": Field(text),
    "never_in_writing": Field(list_of(key)),
    "floors": Field(lambda reader, node, path: node),
    "figures": Field(lambda reader, node, path: node),
    "defaults": Field(lambda reader, node, path: node),
}
FIGURE = {"value": Field(text, required=True), "section": Field(text, required=True), "says": Field(text)}


def pack_keys() -> tuple[str, ...]:
    """Keys of the packs that ship."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@lru_cache(maxsize=32)
def law_pack(pack_key: str) -> LawPack:
    """A pack by its key. Raises KeyError for one that does not ship, ValueError for a file that cannot be read."""
    return read_law_pack(law_text(pack_key), name=pack_key)


@lru_cache(maxsize=32)
def law_text(pack_key: str) -> str:
    """The text of a pack that ships. Raises KeyError for one that does not."""
    if pack_key not in pack_keys():
        raise KeyError(pack_key)
    return (FOLDER / f"{pack_key}.yaml").read_text(encoding="utf-8")


def read_law_pack(data: bytes | str, *, name: str) -> LawPack:
    """One pack from its text."""
    tree = read_tree(data, origin=Origin(Layer.LAW, name))
    reader = Reader()
    reader.problems.extend(tree.problems)
    found = read_fields(reader, tree.root, "", PACK, what="A law pack") if tree.root else None
    pack = None if found is None else _pack(reader, found, name)
    if pack is None or reader.problems:
        raise ValueError("\n".join(str(problem) for problem in reader.problems))
    return pack


def _pack(reader: Reader, found: dict[str, Any], name: str) -> LawPack:
    floors_node = found.get("floors")
    items = floors_node.scalars() if floors_node is not None else ()
    floors = [_floor(reader, item, name, f"floors.{number}") for number, item in enumerate(items, start=1)]
    figures = {}
    for figure_key, node in reader.children(found.get("figures"), "figures", item="figure"):
        fields = read_fields(reader, node, f"figures.{figure_key}", FIGURE, what="A figure")
        if fields is not None:
            says = fields.get("says", "")
            figures[figure_key] = Figure(figure_key, fields["value"], fields["section"], says)
    return LawPack(
        key=found["pack"],
        title=found["title"],
        forms=found["forms"],
        builds_on=found.get("builds_on", ()),
        from_on=found.get("from"),
        notes=found.get("notes", ""),
        never_in_writing=found.get("never_in_writing", ()),
        floors=tuple(floor for floor in floors if floor is not None),
        figures=MappingProxyType(figures),
        defaults=found.get("defaults"),
    )


def _floor(reader: Reader, node: Node, pack: str, path: str) -> Floor | None:
    found = read_fields(reader, node, path, FLOOR, what="A floor")
    if found is None:
        return None
    measures = [measure for measure in MEASURES if measure in found]
    if len(measures) != 1:
        reader.problem(node, path, "A floor compares in exactly one way.", f"Keep one of {', '.join(MEASURES)}.")
        return None
    return Floor(
        key=found["key"],
        pack=pack,
        says=found["says"],
        section=found["section"],
        about=found["about"],
        where=found.get("where", MappingProxyType({})),
        matters=found.get("matters", ()),
        figure=found["figure"],
        measure=measures[0],
        bound=found[measures[0]],
        missing=found.get("missing") == "breach",
        unverified=found.get("unverified", False),
        from_on=found.get("from"),
        until_on=found.get("until"),
    )
