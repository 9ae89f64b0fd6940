"""Reading the fields of one noun from a node, by a table: key, how to read it, whether it must be there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from . import values
from .nouns import Wanted, Where
from .problems import Malformed, Problem, suggestion
from .tree import Node

KEY = re.compile(r"[a-z][a-z0-9_]*")
REFERENCE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
MUTUAL_KEY = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


class Reader:
    """Collects problems while nouns are read, so that an author sees all of them at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(self, node: Node, path: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(node.origin.document, node.line, path, message, remedy))

    def children(self, node: Node | None, path: str, *, item: str) -> list[tuple[str, Node]]:
        """Named things below a key: (key, node) pairs whose keys are well formed."""
        if node is None or node.content is None:
            return []
        if not node.is_mapping:
            self.problem(node, path, f"This should name each {item}, but is {node.kind}.", f"Write a key per {item}.")
            return []
        good = []
        for key, child in node.content.items():
            if KEY.fullmatch(key):
                good.append((key, child))
            else:
                remedy = "Use small letters, digits and underscores, starting with a letter."
                self.problem(child, f"{path}.{key}", f"“{key}” cannot be a key.", remedy)
        return good


ReadField = Callable[[Reader, Node, str], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """How one key is read. ``attribute`` is its name in Python, where that differs."""

    read: ReadField
    required: bool = False
    attribute: str = ""


FAILED = object()


def read_fields(
    reader: Reader, node: Node, path: str, spec: Mapping[str, Field], *, what: str
) -> dict[str, Any] | None:
    """The fields of one noun as keyword arguments; None when one that must be there is missing or cannot be read."""
    if not node.is_mapping:
        first = next(iter(spec))
        reader.problem(
            node,
            path,
            f"{what} should be a group of keys, but is {node.kind}.",
            f"Write keys such as {first}: below it.",
        )
        return None
    for key, child in node.content.items():
        if key not in spec:
            reader.problem(child, f"{path}.{key}".strip("."), f"{what} has no key “{key}”.", suggestion(key, spec))
    found: dict[str, Any] = {}
    complete = True
    for key, field in spec.items():
        child = node.get(key)
        here = f"{path}.{key}".strip(".")
        if child is None or child.content is None:
            if field.required:
                reader.problem(child or node, path, f"{what} needs the key “{key}”.", f"Add {key}: and its value.")
                complete = False
            continue
        value = read_one(reader, child, here, field.read)
        if value is not FAILED:
            found[field.attribute or key] = value
        elif field.required:
            complete = False
    return found if complete else None


def read_one(reader: Reader, node: Node, path: str, read: ReadField) -> Any:
    """One value, or FAILED with its problem noted."""
    try:
        return read(reader, node, path)
    except Malformed as wrong:
        reader.problem(node, path, wrong.message, wrong.remedy)
        return FAILED


def _text_of(node: Node) -> str:
    if node.is_mapping or node.is_sequence:
        raise Malformed(f"This should be a single value, but is {node.kind}.", "Write one value after the colon.")
    return node.text


def text(reader: Reader, node: Node, path: str) -> str:
    return _text_of(node)


def key(reader: Reader, node: Node, path: str) -> str:
    found = _text_of(node)
    if not KEY.fullmatch(found):
        raise Malformed(
            f"“{found}” cannot be a key.", "Use small letters, digits and underscores, starting with a letter."
        )
    return found


def mutual_key(reader: Reader, node: Node, path: str) -> str:
    found = _text_of(node)
    if not MUTUAL_KEY.fullmatch(found):
        raise Malformed(f"“{found}” cannot be a key.", "Use small letters, digits and single hyphens or underscores.")
    return found


def reference(reader: Reader, node: Node, path: str) -> str:
    found = _text_of(node)
    if not REFERENCE.fullmatch(found):
        raise Malformed(
            f"“{found}” names nothing.", "Write the key of a class, constituency or body, body.seat, or org.name."
        )
    return found


def references(reader: Reader, node: Node, path: str) -> tuple[str, ...]:
    return list_of(reference)(reader, node, path)


def list_of(read: ReadField) -> ReadField:
    """One value or a list of them; each is checked."""

    def read_list(reader: Reader, node: Node, path: str) -> tuple[Any, ...]:
        items = [read_one(reader, item, path, read) for item in node.scalars()]
        if not items:
            raise Malformed("The list is empty.", "Name at least one, or leave the key out.")
        return tuple(item for item in items if item is not FAILED)

    return read_list


def parsed(parse: Callable[[str], Any]) -> ReadField:
    """A value read from its text by one of the parsers of ``values``."""

    def read(reader: Reader, node: Node, path: str) -> Any:
        return parse(_text_of(node))

    return read


def one_of(choices: type[StrEnum]) -> ReadField:
    def read(reader: Reader, node: Node, path: str) -> StrEnum:
        found = _text_of(node)
        known = [choice.value for choice in choices]
        if found not in known:
            raise Malformed(f"“{found}” is not one of its values.", suggestion(found, known))
        return choices(found)

    return read


def word_of(*known: str) -> ReadField:
    def read(reader: Reader, node: Node, path: str) -> str:
        found = _text_of(node)
        if found not in known:
            raise Malformed(f"“{found}” is not one of its values.", suggestion(found, known))
        return found

    return read


def yes_or_no(reader: Reader, node: Node, path: str) -> bool:
    if not isinstance(node.content, bool):
        raise Malformed(f"This should be true or false, but is {node.kind}.", "Write true or false.")
    return node.content


def whole_number(least: int, most: int) -> ReadField:
    def read(reader: Reader, node: Node, path: str) -> int:
        if isinstance(node.content, bool) or not isinstance(node.content, int):
            raise Malformed(f"This should be a whole number, but is {node.kind}.", f"Write a number from {least} up.")
        if not least <= node.content <= most:
            raise Malformed(f"{node.content} is out of range.", f"Write a number from {least} to {most:,}.")
        return node.content

    return read


def mapping_of(read: ReadField, *, what: str) -> ReadField:
    """A small group of keys that are references, each with a value of one kind."""

    def read_mapping(reader: Reader, node: Node, path: str) -> Mapping[str, Any]:
        if not node.is_mapping:
            raise Malformed(f"This should name {what}, but is {node.kind}.", f"Write a key for each of {what}.")
        found = {name: read_one(reader, child, f"{path}.{name}", read) for name, child in node.content.items()}
        return MappingProxyType({name: value for name, value in found.items() if value is not FAILED})

    return read_mapping


def year_end(reader: Reader, node: Node, path: str) -> tuple[int, int]:
    """``31 March`` as (month, day)."""
    from calendar import month_abbr, month_name

    found = _text_of(node)
    match = re.fullmatch(r"(\d{1,2})\s+([A-Za-z]+)", found)
    for month in range(1, 13):
        if match and match[2].title() in (month_name[month], month_abbr[month]):
            try:
                date(2024, month, int(match[1]))
            except ValueError:
                break
            return month, int(match[1])
    raise Malformed(f"“{found}” is not a day of the year.", "Write it such as 31 March.")


def iso_date(reader: Reader, node: Node, path: str) -> date:
    found = _text_of(node)
    try:
        return date.fromisoformat(found)
    except ValueError:
        raise Malformed(f"“{found}” is not a date.", "Write it such as 2024-10-30.") from None


def count_or_fraction(reader: Reader, node: Node, path: str) -> int | Fraction:
    return values.parse_count_or_fraction(_text_of(node))


def quorum(reader: Reader, node: Node, path: str) -> Any:
    """A number, a share, or one of either per class."""
    if node.is_mapping:
        return mapping_of(count_or_fraction, what="the classes")(reader, node, path)
    return count_or_fraction(reader, node, path)


def where(reader: Reader, node: Node, path: str) -> Where:
    """One group of facts, or a list of alternative groups."""
    alternatives = []
    for group in node.scalars():
        if not group.is_mapping:
            raise Malformed(
                f"This should be a group of facts, but is {group.kind}.", "Write it such as {employed: true}."
            )
        wanted = {name: read_one(reader, child, f"{path}.{name}", _wanted) for name, child in group.content.items()}
        alternatives.append(MappingProxyType({name: value for name, value in wanted.items() if value is not FAILED}))
    return Where(tuple(alternatives))


def _wanted(reader: Reader, node: Node, path: str) -> Wanted:
    if node.is_sequence:
        return tuple(_text_of(item) for item in node.content)
    if isinstance(node.content, bool | int):
        return node.content
    written = _text_of(node)
    if path.endswith("_within"):
        return values.parse_duration(written)
    comparison = values.parse_comparison(written)
    return written if comparison is None else comparison
