"""Where each value comes from: its layer, its line, and the tag its author gave it.

Tags: ``S`` said by or about the mutual itself, ``L`` statute, ``R`` another body's real rule book or practice,
``D`` a reasonable default that may be changed freely.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .document.problems import Problem, suggestion
from .document.tree import Layer, Node

TAGS = {"S": "said of this mutual", "L": "statute", "R": "a real rule book", "D": "a default, free to change"}
TAG = re.compile(r"([SLRD])(?:[\s:,]+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Source:
    """Where one value comes from.

    path      of the value that was found: the one asked for, or the one it follows
    tag       S, L, R, D, or empty where the author gave none
    note      the author's words: a section of an Act, a rule book, a reason
    """

    path: str
    layer: Layer
    document: str
    line: int
    tag: str = ""
    note: str = ""

    @property
    def in_words(self) -> str:
        place = f"{self.layer.label}, line {self.line}" if self.line else self.layer.label
        tagged = f"{self.tag} ({TAGS[self.tag]})" if self.tag else ""
        return ": ".join(part for part in (place, " ".join(p for p in (tagged, self.note) if p)) if part)

    @property
    def whose(self) -> str:
        """Whose rule it is, for somebody who never sees the document."""
        return WHOSE[self.layer] + (f" ({self.document})" if self.layer.only_adds and self.document else "")

    @property
    def rests_on(self) -> str:
        """On what it rests, for the same reader: ``by statute, CCBSA 2014 s.111``; empty where nothing is said."""
        if self.layer is Layer.PLATFORM:
            return ""
        rests = TAGS_FOR_MEMBERS.get(self.tag, "") if self.layer is not Layer.LAW else ""
        return ", ".join(part for part in (rests, self.note) if part)


WHOSE = {
    Layer.PLATFORM: "Where our rules are silent",
    Layer.LAW: "The law",
    Layer.TEMPLATE: "The template we started from",
    Layer.CONSTITUTION: "Our constitution",
    Layer.AGREEMENT: "An agreement",
    Layer.STANDING_ORDERS: "Our standing orders",
}
TAGS_FOR_MEMBERS = {"L": "by statute", "R": "after a real rule book", "D": "a choice we may change"}


@dataclass(frozen=True, slots=True)
class Tag:
    letter: str
    note: str


def read_tags(root: Node) -> tuple[dict[str, Tag], list[Problem]]:
    """The ``sources`` of one document: key path to tag. A path covers everything below it."""
    node = root.get("sources")
    if node is None or node.content is None:
        return {}, []
    if not node.is_mapping:
        return {}, [_problem(node, "sources", f"This should name key paths, but is {node.kind}.", SHAPE)]
    known = {path for path, _ in root.walk() if not path.startswith("sources")}
    tags, problems = {}, []
    for path, child in node.content.items():
        match = TAG.fullmatch(child.text.strip()) if child.text else None
        if match is None:
            problems.append(_problem(child, f"sources.{path}", f"“{child.text}” does not begin with a tag.", SHAPE))
        elif path not in known:
            message = f"The document has no value at “{path}”."
            problems.append(_problem(child, f"sources.{path}", message, suggestion(path, _nearby(path, known))))
        else:
            tags[path] = Tag(match[1], (match[2] or "").strip())
    return tags, problems


SHAPE = "Write S, L, R or D and a few words, such as “L CCBSA 2014 s.111”."


def _nearby(path: str, known: Iterable[str]) -> list[str]:
    top = path.split(".")[0]
    return [candidate for candidate in known if candidate.startswith(top)] or list(known)


def _problem(node: Node, path: str, message: str, remedy: str) -> Problem:
    return Problem(node.origin.document, node.line, path, message, remedy)


class Provenance:
    """Answers where a value of a merged tree comes from."""

    def __init__(self, root: Node, tags: Mapping[tuple[Layer, str], Mapping[str, Tag]]) -> None:
        self._places = dict(root.walk())
        self._tags = dict(tags)

    def of(self, path: str) -> Source:
        """The source of a value; of the value it is taken from, where it follows another.

        A field that no layer states is the platform's own default. Raises KeyError when nothing has that name.
        """
        for place in (path, *self._followed(path)):
            node = self._places.get(place)
            if node is not None:
                tag = self._tag(node.origin.layer, node.origin.document, place)
                return Source(place, node.origin.layer, node.origin.document, node.line, tag.letter, tag.note)
        if ".".join(path.split(".")[:2]) not in self._places:
            raise KeyError(path)
        return Source(path, Layer.PLATFORM, "", 0, "D", "what the platform takes where the rules are silent")

    def _followed(self, path: str) -> Iterator[str]:
        """Where else a value may be stated: a body's terms for its seats, a named rule for a step."""
        if match := re.fullmatch(r"(bodies\.\w+)\.seats\.\w+\.(term|max|stagger)", path):
            yield f"{match[1]}.terms.{match[2]}"
        if match := re.fullmatch(r"(decisions\.\w+)\.steps\.1(\..+)", path):
            yield match[1] + match[2]
            path = match[1] + match[2] if f"{match[1]}.steps.1" not in self._places else path
        if match := re.fullmatch(r"(decisions\.\w+(?:\.steps\.\d+)?\.rule)(\..+)", path):
            named = self._places.get(match[1])
            if named is not None and named.text:
                yield f"rules.{named.text}{match[2]}"

    def states(self, path: str) -> bool:
        """Whether some layer states a value at exactly this path."""
        return path in self._places

    def values(self) -> list[tuple[str, str]]:
        """Every value that some layer states, as written, by its path and in the order of the merged document."""
        return [
            (path, node.text)
            for path, node in self._places.items()
            if node.text and path.split(".")[0] not in ("sources", "template")
        ]

    def untagged(self) -> list[str]:
        """Paths of figures and choices that carry no tag, in the order of the document."""
        inner = {path.rpartition(".")[0] for path in self._places}
        return [
            path
            for path, node in self._places.items()
            if path not in inner
            and path.split(".")[0] not in ("mutual", "about", "sources", "template", "organisations")
            and not self._tag(node.origin.layer, node.origin.document, path).letter
        ]

    def _tag(self, layer: Layer, document: str, path: str) -> Tag:
        tags = self._tags.get((layer, document), {})
        for place in _outwards(path):
            if place in tags:
                return tags[place]
        return Tag("L", "") if layer is Layer.LAW else Tag("", "")


def _outwards(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition(".")[0]
