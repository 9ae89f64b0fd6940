"""The ten nouns read from a tree, each by the table of its keys."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from mutualgov.core.dates import Nation

from . import nouns as n
from . import values as v
from .fields import (
    FAILED,
    Field,
    Reader,
    count_or_fraction,
    iso_date,
    key,
    list_of,
    mapping_of,
    mutual_key,
    one_of,
    parsed,
    quorum,
    read_fields,
    read_one,
    reference,
    references,
    text,
    where,
    whole_number,
    word_of,
    year_end,
    yes_or_no,
)
from .problems import Malformed, suggestion
from .tree import Node

duration = parsed(v.parse_duration)
METHODS = ("fptp", "stv", "approval", "borda", "schulze", "yes_no")
COUNT_RULES = ("nhs-ft", "scottish", "ers97", "meek", "fptp", "approval")

MUTUAL = {
    "key": Field(mutual_key, required=True),
    "name": Field(text, required=True),
    "form": Field(key, required=True),
    "packs": Field(list_of(key)),
    "phase": Field(one_of(n.Phase)),
    "nation": Field(one_of(Nation)),
    "year_end": Field(year_end),
    "precedence": Field(list_of(key)),
}
ABOUT = {"title": Field(text), "for_whom": Field(text), "sentence": Field(text)}
REPRESENTATIVE = {"n": Field(whole_number(1, 20)), "deputy": Field(whole_number(0, 20)), "by": Field(key)}
PROXIES = {
    "until": Field(duration),
    "per_holder": Field(whole_number(1, 1000)),
    "within": Field(word_of("same_college", "same_class", "members")),
}
CONFIRM = {
    "pass": Field(parsed(v.parse_threshold), required=True, attribute="passes"),
    "of": Field(one_of(n.Of)),
    "after": Field(duration, required=True),
    "within": Field(duration, required=True),
}
TIMETABLE = {
    "notice": Field(duration, required=True),
    "nominations": Field(duration, required=True),
    "statement": Field(duration, required=True),
    "withdrawals": Field(duration, required=True),
    "poll": Field(duration, required=True),
    "close_at": Field(text),
    "declare": Field(duration),
}
TERMS = {"term": Field(duration), "max": Field(duration), "stagger": Field(parsed(v.parse_frequency))}


def group(noun: Callable[..., Any], spec: Mapping[str, Field], what: str) -> Callable[[Reader, Node, str], Any]:
    """A small noun that stands inside a field."""

    def read(reader: Reader, node: Node, path: str) -> Any:
        found = read_fields(reader, node, path, spec, what=what)
        return FAILED if found is None else noun(**found)

    return read


def proxies(reader: Reader, node: Node, path: str) -> n.Proxies | Any:
    if node.text == "none" or node.content is False:
        return n.Proxies(allowed=False)
    if node.content is True:
        return n.Proxies()
    return group(n.Proxies, PROXIES, "proxies")(reader, node, path)


def leaving(reader: Reader, node: Node, path: str) -> n.Leaving:
    act, _, to = text(reader, node, path).partition(" ")
    return n.Leaving(act=act.removesuffix("_to"), to=to.strip())


def holding(reader: Reader, node: Node, path: str) -> Any:
    return v.parse_share_of_all(text(reader, node, path))


def share_bound(reader: Reader, node: Node, path: str) -> Any:
    return count_or_fraction(reader, node, path)


CLASS = {
    "name": Field(text),
    "holder": Field(one_of(n.Holder), required=True),
    "where": Field(where),
    "join": Field(one_of(n.Join)),
    "share": Field(key),
    "voice": Field(one_of(n.Voice)),
    "age": Field(whole_number(0, 120)),
    "representative": Field(group(n.Representative, REPRESENTATIVE, "representative")),
    "ends": Field(key),
}
CONSTITUENCY = {"name": Field(text), "of": Field(key, required=True), "where": Field(where)}
SHARE = {
    "name": Field(text),
    "nominal": Field(parsed(v.parse_nominal), required=True),
    "hold": Field(parsed(v.parse_holding)),
    "votes": Field(one_of(n.Votes)),
    "transferable": Field(yes_or_no),
    "withdrawable": Field(yes_or_no),
    "dividend": Field(word_of("none", "capped", "uncapped")),
    "on_leaving": Field(leaving),
}
SEAT = {
    "seat": Field(key),
    "name": Field(text),
    "n": Field(whole_number(1, 10_000)),
    "how": Field(one_of(n.How), required=True),
    "by": Field(references),
    "from": Field(references, attribute="eligible_from"),
    **TERMS,
    "vote": Field(yes_or_no),
    "lapses": Field(list_of(key)),
    "vacancy": Field(word_of("by_election", "next_highest", "leave_until_next", "appoint", "co_opt")),
    "portfolio": Field(key),
    "mentor": Field(key),
}
BODY = {
    "name": Field(text),
    "kind": Field(one_of(n.BodyKind), required=True),
    "of": Field(references),
    "weights": Field(mapping_of(whole_number(0, 1_000_000), what="the colleges")),
    "split": Field(word_of("proportional", "block")),
    "seats": Field(lambda reader, node, path: node),
    "chair": Field(key),
    "terms": Field(group(n.Terms, TERMS, "terms")),
    "meets": Field(parsed(v.parse_frequency)),
    "quorum": Field(quorum),
    "open_to": Field(list_of(key)),
}
RULE = {
    "name": Field(text),
    "pass": Field(parsed(v.parse_threshold), attribute="passes"),
    "of": Field(one_of(n.Of)),
    "quorum": Field(quorum),
    "turnout": Field(parsed(v.parse_share_of_all)),
    "notice": Field(duration),
    "ballot": Field(word_of("secret", "open")),
    "proxies": Field(proxies),
    "confirm": Field(group(n.Confirm, CONFIRM, "confirm")),
    "method": Field(word_of(*METHODS)),
    "count": Field(word_of(*COUNT_RULES)),
    "winners": Field(whole_number(1, 1000)),
    "timetable": Field(group(n.Timetable, TIMETABLE, "timetable")),
    "formats": Field(list_of(key)),
    "written": Field(yes_or_no),
}
STEP = {
    "by": Field(references, required=True),
    "rule": Field(lambda reader, node, path: node, required=True),
    "when": Field(key),
    "else": Field(word_of("lapses"), attribute="otherwise"),
}
DECISION = {
    "name": Field(text),
    "on": Field(references),
    "by": Field(lambda reader, node, path: node),
    "rule": Field(lambda reader, node, path: node),
    "when": Field(lambda reader, node, path: node),
    "else": Field(lambda reader, node, path: node),
    "steps": Field(lambda reader, node, path: node),
    "covers": Field(list_of(key)),
    "propose": Field(mapping_of(count_or_fraction, what="who may propose")),
    "special_notice": Field(duration),
    "hear": Field(word_of("subject")),
    "file": Field(key),
}
DUTY = {
    "key": Field(key),
    "do": Field(one_of(n.Do), required=True),
    "owed_by": Field(reference, required=True),
    "owed_to": Field(references, required=True),
    "every": Field(duration),
    "before": Field(list_of(key)),
    "within": Field(parsed(v.parse_due)),
    "formats": Field(list_of(key)),
    "on": Field(text),
}
LIMIT = {
    "key": Field(key),
    "count": Field(reference, required=True),
    "where": Field(where),
    "at_least": Field(share_bound),
    "more_than": Field(share_bound),
    "at_most": Field(share_bound),
    "less_than": Field(share_bound),
    "of": Field(reference),
    "breach": Field(one_of(n.Breach), required=True),
    "cure": Field(duration),
    "note": Field(text),
    "from": Field(iso_date, attribute="from_on"),
    "until": Field(iso_date, attribute="until_on"),
}
LINK = {
    "key": Field(key),
    "kind": Field(
        word_of("subsidiary", "parent", "sponsor", "federation", "shareholder", "trust", "agreement"), required=True
    ),
    "org": Field(key, required=True),
    "holding": Field(holding),
    "gives": Field(text),
}
TOP = (
    "mutual", "about", "template", "sources", "organisations", "classes", "constituencies", "shares", "bodies",
    "rules", "decisions", "duties", "limits", "links",
)  # fmt: skip


def read_nouns(root: Node, reader: Reader) -> n.Nouns | None:
    """Every noun of a tree. Problems go to the reader; None when there is no readable ``mutual``."""
    for name, child in root.content.items():
        if name not in TOP:
            reader.problem(child, name, f"A constitution has no part “{name}”.", suggestion(name, TOP))
    mutual = _mutual(root, reader)
    rules = _each(reader, root, "rules", "rule", _rule)
    found: dict[str, Any] = {
        "about": _about(root, reader),
        "organisations": _organisations(root, reader),
        "classes": _each(reader, root, "classes", "class", _plain(n.MemberClass, CLASS, "A class")),
        "constituencies": _each(
            reader, root, "constituencies", "constituency", _plain(n.Constituency, CONSTITUENCY, "A constituency")
        ),
        "shares": _each(reader, root, "shares", "share", _plain(n.ShareClass, SHARE, "A share")),
        "bodies": _each(reader, root, "bodies", "body", _body),
        "rules": rules,
        "decisions": _each(reader, root, "decisions", "decision", _DecisionReader(rules)),
        "duties": _each(reader, root, "duties", "duty", _plain(n.Duty, DUTY, "A duty")),
        "limits": _each(reader, root, "limits", "limit", _limit),
        "links": _each(reader, root, "links", "link", _plain(n.Link, LINK, "A link")),
    }
    return None if mutual is None else n.Nouns(mutual=mutual, **found)


def _mutual(root: Node, reader: Reader) -> n.Mutual | None:
    node = root.get("mutual")
    if node is None:
        reader.problem(root, "mutual", "The document does not say whose it is.", "Add mutual: with key, name and form.")
        return None
    found = read_fields(reader, node, "mutual", MUTUAL, what="mutual")
    return None if found is None else n.Mutual(**found)


def _about(root: Node, reader: Reader) -> n.About:
    node = root.get("about")
    found = None if node is None else read_fields(reader, node, "about", ABOUT, what="about")
    return n.About(**(found or {}))


def _organisations(root: Node, reader: Reader) -> Mapping[str, str]:
    named = {}
    for name, node in reader.children(root.get("organisations"), "organisations", item="organisation"):
        value = read_one(reader, node, f"organisations.{name}", text)
        if value is not FAILED:
            named[name] = value
    return MappingProxyType(named)


ReadNoun = Callable[[Reader, str, Node, str], Any]


def _each(reader: Reader, root: Node, part: str, item: str, read: ReadNoun) -> Mapping[str, Any]:
    found = {}
    for name, node in reader.children(root.get(part), part, item=item):
        noun = read(reader, name, node, f"{part}.{name}")
        if noun is not None:
            found[name] = noun
    return MappingProxyType(found)


def _plain(noun: Callable[..., Any], spec: Mapping[str, Field], what: str) -> ReadNoun:
    def read(reader: Reader, name: str, node: Node, path: str) -> Any:
        found = read_fields(reader, node, path, spec, what=what)
        return None if found is None else noun(**{**found, "key": name})

    return read


def _rule(reader: Reader, name: str, node: Node, path: str) -> n.Rule | None:
    found = read_fields(reader, node, path, RULE, what="A rule")
    if found is None:
        return None
    rule = n.Rule(**{**found, "key": name})
    if node.get("pass") is None and node.get("method") is None:
        reader.problem(
            node, path, "The rule says neither pass nor method.", 'Add pass: ">1/2", or method: stv for an election.'
        )
    if rule.passes is not None and rule.method:
        reader.problem(
            node, path, "The rule says both pass and method.", "Keep pass for a motion, method for a choice."
        )
    return rule


def _body(reader: Reader, name: str, node: Node, path: str) -> n.Body | None:
    found = read_fields(reader, node, path, BODY, what="A body")
    if found is None:
        return None
    seats = {}
    for seat_name, seat_node in reader.children(found.pop("seats", None), f"{path}.seats", item="seat"):
        fields = read_fields(reader, seat_node, f"{path}.seats.{seat_name}", SEAT, what="A seat")
        if fields is not None:
            seats[seat_name] = _seat(seat_name, name, fields, found.get("terms", n.Terms()))
    return n.Body(**found, key=name, seats=MappingProxyType(seats))


def _seat(name: str, body: str, fields: dict[str, Any], default: n.Terms) -> n.Seat:
    fields.pop("seat", None)
    if fields["how"] is n.How.EX_OFFICIO:
        default = n.Terms()  # it lasts as long as the office it follows
    own = n.Terms(**{part: fields.pop(part, getattr(default, part)) for part in TERMS})
    if fields["how"] is n.How.ELECTED:
        fields.setdefault("eligible_from", fields.get("by", ()))
    return n.Seat(**fields, key=name, body=body, terms=own)


class _DecisionReader:
    """Reads decisions; a step names a rule or writes one out in place."""

    def __init__(self, rules: Mapping[str, n.Rule]) -> None:
        self.rules = rules

    def __call__(self, reader: Reader, name: str, node: Node, path: str) -> n.Decision | None:
        found = read_fields(reader, node, path, DECISION, what="A decision")
        if found is None:
            return None
        own, further = found.pop("by", None), found.pop("steps", None)
        single = {part: node.content[part] for part in ("by", "rule", "when", "else") if node.get(part) is not None}
        for part in ("rule", "when", "else"):
            found.pop(part, None)
        if own is not None and further is not None and own.origin == further.origin:
            reader.problem(node, path, "The decision says both by and steps.", "Write by and rule as the first step.")
        steps = [self._step(reader, node.with_content(single), path)] if single else []
        if further is not None:
            items = further.scalars()
            steps += [self._step(reader, item, f"{path}.steps.{i}") for i, item in enumerate(items, start=1)]
        if not steps:
            reader.problem(node, path, "Nobody takes this decision.", "Add by: and rule:, or steps:.")
        return n.Decision(**found, key=name, steps=tuple(step for step in steps if step is not None))

    def _step(self, reader: Reader, node: Node, path: str) -> n.Step | None:
        found = read_fields(reader, node, path, STEP, what="A step")
        if found is None:
            return None
        rule = self._rule(reader, found["rule"], f"{path}.rule")
        return None if rule is None else n.Step(**{**found, "rule": rule})

    def _rule(self, reader: Reader, node: Node, path: str) -> n.Rule | None:
        if node.is_mapping:
            return _rule(reader, path, node, path)
        if node.text in self.rules:
            return self.rules[node.text]
        try:
            v.parse_threshold(node.text)
        except Malformed:
            reader.problem(node, path, f"There is no rule “{node.text}”.", suggestion(node.text, self.rules))
        else:
            remedy = f'Write {{pass: "{node.text}", of: cast}}, or the key of a rule.'
            reader.problem(node, path, f"“{node.text}” stands where a rule should.", remedy)
        return None


def _limit(reader: Reader, name: str, node: Node, path: str) -> n.Limit | None:
    found = read_fields(reader, node, path, LIMIT, what="A limit")
    if found is None:
        return None
    limit = n.Limit(**{**found, "key": name})
    if all(node.get(bound) is None for bound in ("at_least", "more_than", "at_most", "less_than")):
        reader.problem(
            node, path, "The limit sets no bound.", "Add at_least, more_than, at_most or less_than and a figure."
        )
    return limit
