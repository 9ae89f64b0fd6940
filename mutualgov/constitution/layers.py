"""Laying documents on each other: law, template, constitution, agreement, standing orders.

A later layer overrides an earlier one, key by key. Seats merge by their name, duties, limits and links by their key,
so each has one path whichever layer states it. A value of ``null`` takes away what an earlier layer said. Two things
are refused: changing a limit or a key that the law pack fixes, and anything but adding in an agreement or in standing
orders. What a law pack sets as a floor is checked on the result, in ``floors``.
"""

import re
from collections.abc import Iterable

from .document.problems import Problem
from .document.tree import Layer, Node, Tree

EXTENDED_BY_ADDITIONS = frozenset({"steps", "covers", "before", "open_to", "formats", "packs"})


def normalise(root: Node) -> Tree:
    """The same tree with its lists of seats, duties, limits and links turned into groups by key."""
    problems: list[Problem] = []
    content = dict(root.content)
    for part in ("duties", "limits", "links"):
        if part in content:
            content[part] = _keyed(content[part], part, problems)
    bodies = content.get("bodies")
    if bodies is not None and bodies.is_mapping:
        content["bodies"] = bodies.with_content(
            {name: _with_keyed_seats(name, body, problems) for name, body in bodies.content.items()}
        )
    return Tree(root.with_content(content), tuple(problems))


def merge(trees: Iterable[Tree]) -> Tree:
    """Normalised trees laid on each other in the order given."""
    merger = _Merger()
    result: Node | None = None
    for tree in trees:
        if tree.root is not None:
            result = tree.root if result is None else merger.lay(result, tree.root, "")
    return Tree(result, tuple(merger.problems))


class _Merger:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def lay(self, base: Node, over: Node, path: str) -> Node:
        if path in ("sources", "about"):
            return over
        if base.origin.layer is Layer.LAW and path.count(".") == 1 and path.startswith("limits."):
            return self._refuse(base, over, path, "The law fixes this limit.", "Add a limit of your own beside it.")
        if base.is_mapping and over.is_mapping:
            return self._lay_mapping(base, over, path)
        if over.origin.layer.only_adds:
            return self._add(base, over, path)
        return over

    def _lay_mapping(self, base: Node, over: Node, path: str) -> Node:
        content = dict(base.content)
        for key, child in over.content.items():
            here = f"{path}.{key}" if path else key
            if key not in content:
                content[key] = child
            elif child.content is None and not child.origin.layer.only_adds:
                del content[key]
            else:
                content[key] = self.lay(content[key], child, here)
        return base.with_content(content)

    def _add(self, base: Node, over: Node, path: str) -> Node:
        last = path.rpartition(".")[2]
        if base.is_sequence and over.is_sequence and last in EXTENDED_BY_ADDITIONS:
            held = {item.text for item in base.content if item.text}
            return base.with_content((*base.content, *(item for item in over.content if item.text not in held)))
        if not base.is_mapping and not over.is_mapping and _plain(base) == _plain(over):
            return base
        layer = over.origin.layer.label.lower()
        said = f"{layer[0].upper()}{layer[1:]} would change {base.kind} to {over.kind}."
        return self._refuse(base, over, path, said, f"{layer.capitalize()} may only add to the constitution.")

    def _refuse(self, base: Node, over: Node, path: str, message: str, remedy: str) -> Node:
        self.problems.append(Problem(over.origin.document, over.line, path, message, remedy))
        return base


def _plain(node: Node) -> object:
    return tuple(_plain(item) for item in node.content) if node.is_sequence else node.text


def _with_keyed_seats(name: str, body: Node, problems: list[Problem]) -> Node:
    seats = body.get("seats")
    if seats is None:
        return body
    return body.with_content({**body.content, "seats": _keyed(seats, f"bodies.{name}.seats", problems)})


def _keyed(items: Node, path: str, problems: list[Problem]) -> Node:
    """A list as a group; the author's own key where there is one, else one made from what the item says."""
    if not items.is_sequence:
        return items
    keyed: dict[str, Node] = {}
    for number, item in enumerate(items.content, start=1):
        key, stated = _key_of(item, path)
        if not key:
            what = "seat: and its name" if path.endswith(".seats") else "what it is"
            message = f"Item {number} of this list has no name."
            problems.append(Problem(item.origin.document, item.line, path, message, f"Write {what}."))
            continue
        if key in keyed and stated:
            message = f"“{key}” stands in this list twice; it is already on line {keyed[key].line}."
            problems.append(
                Problem(item.origin.document, item.line, f"{path}.{key}", message, "Give one another name.")
            )
            continue
        keyed[_free(key, keyed)] = item
    return items.with_content(keyed)


def _key_of(item: Node, path: str) -> tuple[str, bool]:
    stated = item.get("seat" if path.endswith(".seats") else "key")
    if stated is not None and stated.text:
        return stated.text, True
    parts = {"duties": ("do", "owed_to"), "limits": ("count", "where"), "links": ("kind", "org")}.get(path, ())
    words = [word for part in parts for word in _words(item.get(part))]
    return re.sub(r"[^a-z0-9]+", "_", "_".join(words).lower()).strip("_"), False


def _words(node: Node | None) -> list[str]:
    if node is None:
        return []
    if node.is_mapping:
        return [word for key, child in node.content.items() for word in (key, *_words(child)) if word != "by"]
    if node.is_sequence:
        return [word for child in node.content for word in _words(child)]
    return [node.text.removeprefix("org.")]


def _free(key: str, taken: dict[str, Node]) -> str:
    if key not in taken:
        return key
    return next(f"{key}_{number}" for number in range(2, len(taken) + 3) if f"{key}_{number}" not in taken)
