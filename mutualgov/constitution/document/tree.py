"""YAML text to a tree in which every value still knows its document, layer and line.

Scalars are read strictly: ``true`` and ``false`` are the only booleans, whole numbers the only numbers, all else is
text. So a key called ``on`` stays a key and ``1/2`` never becomes a float. Anchors and aliases may be used.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

import yaml

from .problems import Problem

LARGEST_BYTES = 1_000_000
MOST_VALUES = 50_000
DEEPEST = 40


class Layer(IntEnum):
    """Where a value comes from; a later layer overrides an earlier one, and nothing weakens the law."""

    PLATFORM = 0
    LAW = 1
    TEMPLATE = 2
    CONSTITUTION = 3
    AGREEMENT = 4
    STANDING_ORDERS = 5

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").capitalize()

    @property
    def only_adds(self) -> bool:
        return self in (Layer.AGREEMENT, Layer.STANDING_ORDERS)


@dataclass(frozen=True, slots=True)
class Origin:
    """The document a value stands in."""

    layer: Layer
    document: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the tree: a mapping, a sequence or a scalar.

    content  dict of str to Node, tuple of Nodes, or str, int, bool, None
    text     the scalar as written
    line     of its key when it stands under one, else its own; counted from 1
    """

    content: Any
    line: int
    origin: Origin
    text: str = ""

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.content, dict)

    @property
    def is_sequence(self) -> bool:
        return isinstance(self.content, tuple)

    @property
    def kind(self) -> str:
        if self.is_mapping:
            return "a group of keys"
        if self.is_sequence:
            return "a list"
        return "nothing" if self.content is None else f"“{self.text}”"

    def get(self, key: str) -> "Node | None":
        """The value under a key, or None when this is no mapping or has no such key."""
        return self.content.get(key) if self.is_mapping else None

    def scalars(self) -> tuple["Node", ...]:
        """A list's items, or the scalar alone as a list of one."""
        return self.content if self.is_sequence else (self,)

    def with_content(self, content: Any) -> "Node":
        return replace(self, content=content)

    def walk(self, path: str = "") -> Iterator[tuple[str, "Node"]]:
        """Every value below, with its dotted path; items of a list are numbered from 1."""
        if path:
            yield path, self
        children: Mapping[str, Node] = {}
        if self.is_mapping:
            children = self.content
        elif self.is_sequence:
            children = {str(number): item for number, item in enumerate(self.content, start=1)}
        for key, child in children.items():
            yield from child.walk(f"{path}.{key}" if path else key)


@dataclass(frozen=True, slots=True)
class Tree:
    """What reading gave: a root mapping, or problems, or both."""

    root: Node | None
    problems: tuple[Problem, ...] = ()


def read_tree(data: bytes | str, *, origin: Origin) -> Tree:
    """Read one document. Never raises for bad input: what is wrong comes back as problems."""
    text = _decode(data)
    if isinstance(text, _Unreadable):
        return Tree(None, (Problem(origin.document, 1, "", text.message, text.remedy),))
    try:
        composed = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return Tree(None, (_yaml_problem(error, origin),))
    except RecursionError:
        return Tree(None, (_too_deep(1, origin),))
    if composed is None:
        remedy = "Start from one of the templates, or write at least mutual, classes and bodies."
        return Tree(None, (Problem(origin.document, 1, "", "The document is empty.", remedy),))
    builder = _Builder(origin)
    root = builder.build(composed, line=1, path="", above=())
    if not root.is_mapping:
        remedy = "Start with a line such as “mutual:” and indent what belongs to it."
        message = f"The document should be a group of keys, but is {root.kind}."
        builder.problems.append(Problem(origin.document, root.line, "", message, remedy))
        return Tree(None, tuple(builder.problems))
    return Tree(root, tuple(builder.problems))


@dataclass(frozen=True, slots=True)
class _Unreadable:
    message: str
    remedy: str


def _decode(data: bytes | str) -> str | _Unreadable:
    if len(data) > LARGEST_BYTES:
        size = f"{len(data) / 1_000_000:.1f} MB"
        return _Unreadable(f"The file is {size}; a constitution may be 1 MB.", "Check that it is the right file.")
    if isinstance(data, str):
        return data
    if b"\0" in data:
        return _Unreadable("This is not a text file.", "Save the constitution as plain text in YAML and try again.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _Unreadable(
            f"Line {line} holds a character that is not UTF-8.", "Save the file with the encoding UTF-8 and try again."
        )


class _Builder:
    """Turns composed YAML into Nodes, counting values so that aliases cannot blow the tree up."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.problems: list[Problem] = []
        self.values = 0

    def build(self, node: yaml.Node, *, line: int, path: str, above: tuple[int, ...]) -> Node:
        self.values += 1
        if self.values > MOST_VALUES:
            if self.values == MOST_VALUES + 1:
                message = f"The document holds more than {MOST_VALUES:,} values."
                self._problem(line, path, message, "Remove aliases that repeat aliases.")
            return Node(None, line, self.origin)
        if id(node) in above:
            self._problem(line, path, "This alias stands inside the value it repeats.", "Write the value out here.")
            return Node(None, line, self.origin)
        if len(above) > DEEPEST:
            self.problems.append(_too_deep(line, self.origin))
            return Node(None, line, self.origin)
        above = (*above, id(node))
        if isinstance(node, yaml.MappingNode):
            return Node(self._mapping(node, path, above), line, self.origin)
        if isinstance(node, yaml.SequenceNode):
            items = (
                self.build(item, line=item.start_mark.line + 1, path=f"{path}.{number}", above=above)
                for number, item in enumerate(node.value, start=1)
            )
            return Node(tuple(items), line, self.origin)
        if isinstance(node, yaml.ScalarNode):
            return Node(_scalar(node), line, self.origin, text=node.value)
        raise TypeError(f"YAML has no node of the kind {node!r}")

    def _mapping(self, node: yaml.MappingNode, path: str, above: tuple[int, ...]) -> dict[str, Node]:
        content: dict[str, Node] = {}
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem(line, path, "A key must be a word.", "Write a single word before the colon.")
                continue
            key = key_node.value
            here = f"{path}.{key}" if path else key
            if key in first_lines:
                message = f"The key {key} stands here twice; it is already on line {first_lines[key]}."
                self._problem(line, here, message, "Keep one of the two.")
                continue
            first_lines[key] = line
            content[key] = self.build(value_node, line=line, path=here, above=above)
        return content

    def _problem(self, line: int, path: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.origin.document, line, path, message, remedy))


def _scalar(node: yaml.ScalarNode) -> str | int | bool | None:
    if node.style in ("'", '"', "|", ">"):
        return node.value
    text = node.value
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "null", "~"):
        return None
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 16 else text


def _too_deep(line: int, origin: Origin) -> Problem:
    message = f"Values are nested more than {DEEPEST} deep."
    return Problem(origin.document, line, "", message, "A constitution needs no more than about eight levels.")


YAML_ERRORS = (  # part of the parser's own message; what is wrong; what to do
    ("found character '\\t'", "A tab is used for spacing.", "Indent with spaces."),
    ("found character '>'", "A value that starts with > has no quotes.", 'Write it in quotes, such as ">1/2".'),
    ("but found '/'", "A value that starts with > has no quotes.", 'Write it in quotes, such as ">1/2".'),
    ("chomping or indentation", "A value that starts with > has no quotes.", 'Write it in quotes, such as ">1/2".'),
    ("mapping values are not allowed", "There is a second colon on this line, or its indentation is wrong.",
     "Line keys up with their neighbours; put text that holds a colon in quotes."),
    ("could not find expected ':'", "A key here has no colon.", "Write a colon and a space after the key."),
    ("expected ',' or '}'", "A brace is not closed, or a comma is missing.", "Check the braces { } above it."),
    ("expected ',' or ']'", "A bracket is not closed, or a comma is missing.", "Check the brackets [ ] above it."),
    ("expected <block end>", "The indentation does not line up.", "Indent keys of one group by the same spaces."),
    ("found undefined alias", "An alias points at nothing.", "Define the anchor with & before using it with *."),
    ("found duplicate anchor", "An anchor is defined twice.", "Give each anchor its own name."),
    ("found unexpected end of stream", "A quote is not closed.", "Close the quotes."),
    ("special characters are not allowed", "This is not a text file.",
     "Save the constitution as plain text in YAML and try again."),
    ("expected a single document", "There is more than one document in the file.", "Remove the line ---."),
    ("cannot start any token", "A value starts with a character that needs quotes.", "Put the value in quotes."),
)  # fmt: skip


def _yaml_problem(error: yaml.YAMLError, origin: Origin) -> Problem:
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    for part, message, remedy in YAML_ERRORS:
        if part in said:
            return Problem(origin.document, line, "", message, remedy)
    return Problem(origin.document, line, "", f"This is not valid YAML: {said}.", "Check this line and the one above.")
