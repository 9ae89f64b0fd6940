"""Whether merged rules stay above what the law sets: each floor against each noun it looks at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from .document import values as v
from .document.nouns import Body, Decision, How, Seat, Step
from .document.problems import Problem
from .lawpack import Floor
from .rulebook import Rulebook

Facets = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Subject:
    """One noun a floor looks at: where it stands, what it is, and the facets by which it is chosen."""

    path: str
    noun: Any
    facets: Facets


@dataclass(frozen=True, slots=True)
class Whole:
    """The document seen as one thing, for floors on what it must contain."""

    classes: tuple[str, ...]
    matters: tuple[str, ...]
    kinds: tuple[str, ...]
    number_of_classes: int


def broken_floors(book: Rulebook, *, on: date) -> tuple[list[Problem], list[Problem]]:
    """What breaks the law on a date, and what an unverified floor would warn of."""
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for law in book.laws:
        for floor in law.floors:
            if floor.in_force(on):
                (warnings if floor.unverified else problems).extend(_breaches(floor, book))
    return problems, warnings


def _breaches(floor: Floor, book: Rulebook) -> Iterator[Problem]:
    subjects = [s for s in SUBJECTS[floor.about](book) if _chosen(s, floor)]
    if floor.matters and floor.about == "step":
        yield from _breaches_by_decision(floor, subjects, book)
        return
    for subject in subjects:
        if not _meets(subject, floor, book):
            yield _problem(floor, subject.path, subject, book)


def _breaches_by_decision(floor: Floor, subjects: list[Subject], book: Rulebook) -> Iterator[Problem]:
    """A decision on one of the floor's matters must have a step that meets it."""
    for decision in book.decisions.values():
        if not set(decision.matters) & set(floor.matters):
            continue
        path = f"decisions.{decision.key}"
        steps = [s for s in subjects if s.facets["decision"] == {decision.key}]
        if not any(_meets(step, floor, book) for step in steps):
            yield _problem(floor, steps[0].path if steps else path, steps[0] if steps else None, book)


def _chosen(subject: Subject, floor: Floor) -> bool:
    if floor.matters and not set(floor.matters) & subject.facets.get("matter", set()):
        return False
    return all(set(wanted) & subject.facets.get(facet, set()) for facet, wanted in floor.where.items())


def _meets(subject: Subject, floor: Floor, book: Rulebook) -> bool:
    if floor.measure == "is_stated":
        return book.provenance.states(f"{subject.path}.{floor.figure}")
    actual = _figure(subject, floor.figure)
    if actual is None or actual == ():
        return not floor.missing
    return MEASURES[floor.measure](actual, floor.bound)


def _figure(subject: Subject, dotted: str) -> Any:
    if dotted in subject.facets:
        return tuple(sorted(subject.facets[dotted]))
    found = subject.noun
    for name in dotted.split("."):
        found = getattr(found, name, None)
        if found is None:
            return None
    return found


def _problem(floor: Floor, path: str, subject: Subject | None, book: Rulebook) -> Problem:
    place = next(
        (source for where in _places(path, floor.figure) if (source := _source(book, where)) is not None), None
    )
    actual = None if subject is None else _figure(subject, floor.figure)
    silent = actual in (None, ()) or floor.measure == "is_stated"
    stated = "" if silent else f" Here it is {_show(actual)}."
    verb = "The law may ask more" if floor.unverified else "This is weaker than the law"
    return Problem(
        place.document if place else "",
        place.line if place else 1,
        f"{path}.{_written(floor.figure)}" if path else _written(floor.figure),
        f"{verb}: {floor.says}{stated}",
        f"See {floor.section}."
        + (" The text has not been verified, so this is a warning." if floor.unverified else ""),
    )


def _places(path: str, figure: str) -> Iterator[str]:
    yield f"{path}.{_written(figure)}"
    yield path


def _source(book: Rulebook, path: str) -> Any:
    try:
        source = book.source_of(path)
    except KeyError:
        return None
    return source if source.line else None


AS_WRITTEN = {
    "passes": "pass",
    "eligible_from": "from",
    "eligible_classes": "from",
    "by_kind": "by",
    "otherwise": "else",
    "matters": "decisions",
    "kinds": "bodies",
    "number_of_classes": "classes",
}


def _written(figure: str) -> str:
    return ".".join(AS_WRITTEN.get(part, part) for part in figure.removeprefix("terms.").split("."))


def _show(actual: Any) -> str:
    return ", ".join(str(item) for item in actual) if isinstance(actual, tuple) else str(actual)


def _at_least(actual: Any, bound: tuple[str, ...]) -> bool:
    return not _less(actual, bound[0])


def _at_most(actual: Any, bound: tuple[str, ...]) -> bool:
    return not _more(actual, bound[0])


def _less(actual: Any, bound: str) -> bool:
    match actual:
        case v.Threshold():
            return actual.is_weaker_than(v.parse_threshold(bound))
        case v.Duration():
            return actual.rough_days < v.parse_duration(bound).rough_days
        case v.Frequency():
            return actual.yearly < v.parse_frequency(bound).yearly
        case int() | Fraction():
            return actual < v.parse_count_or_fraction(bound)
    raise TypeError(f"a floor cannot compare {actual!r}")


def _more(actual: Any, bound: str) -> bool:
    match actual:
        case v.Threshold():
            return v.parse_threshold(bound).is_weaker_than(actual)
        case v.Duration():
            return actual.rough_days > v.parse_duration(bound).rough_days
        case v.Due():
            return actual.within.rough_days > v.parse_due(bound).within.rough_days
        case v.Frequency():
            return actual.yearly > v.parse_frequency(bound).yearly
        case int() | Fraction():
            return actual > v.parse_count_or_fraction(bound)
    raise TypeError(f"a floor cannot compare {actual!r}")


def _words(actual: Any) -> set[str]:
    if isinstance(actual, tuple):
        return {str(item) for item in actual}
    return {str(actual).lower() if isinstance(actual, bool) else str(actual)}


MEASURES: dict[str, Callable[[Any, tuple[str, ...]], bool]] = {
    "at_least": _at_least,
    "at_most": _at_most,
    "is": lambda actual, bound: _words(actual) == set(bound),
    "one_of": lambda actual, bound: _words(actual) <= set(bound),
    "includes": lambda actual, bound: set(bound) <= _words(actual),
    "only": lambda actual, bound: _words(actual) <= set(bound),
}


def _kinds(book: Rulebook, electorate: tuple[str, ...]) -> set[str]:
    """What sort of thing each part of an electorate is: a body's kind, else class, seat or outside."""
    found = set()
    for key in electorate:
        body = book.bodies.get(key)
        if body is not None:
            found.add(body.kind.value)
        elif key in book.seats:
            found.add("seat")
        elif book.root_class(key):
            found.add("class")
        elif key != "seat":
            found.add("outside")
    return found


def _document(book: Rulebook) -> Iterator[Subject]:
    matters = tuple(matter for decision in book.decisions.values() for matter in decision.matters)
    kinds = tuple(body.kind.value for body in book.bodies.values())
    whole = Whole(tuple(book.classes), matters, kinds, len(book.classes))
    yield Subject("", whole, {"form": {book.mutual.form}, "phase": {book.mutual.phase.value}})


def _of_part(part: str, facets: Callable[[Any], Facets]) -> Callable[[Rulebook], Iterator[Subject]]:
    def subjects(book: Rulebook) -> Iterator[Subject]:
        for key, noun in getattr(book, part).items():
            yield Subject(f"{part}.{key}", noun, {"key": {key}, **facets(noun)})

    return subjects


def _bodies(book: Rulebook) -> Iterator[Subject]:
    for body in book.bodies.values():
        yield Subject(f"bodies.{body.key}", body, {"key": {body.key}, "kind": {body.kind.value}})


def _seats(book: Rulebook) -> Iterator[Subject]:
    for body in book.bodies.values():
        for seat in body.seats.values():
            yield Subject(f"bodies.{body.key}.seats.{seat.key}", seat, _seat_facets(book, body, seat))


def _seat_facets(book: Rulebook, body: Body, seat: Seat) -> Facets:
    return {
        "key": {seat.key},
        "body_kind": {body.kind.value},
        "how": {seat.how.value},
        "by_kind": _kinds(book, seat.by),
        "class": {book.root_class(key) for key in seat.by} - {""},
        "presides": {"true" if body.chair == seat.key else "false"},
        "eligible_classes": {book.root_class(key) or key for key in seat.eligible_from},
    }


def _steps(book: Rulebook) -> Iterator[Subject]:
    for decision in book.decisions.values():
        for number, step in enumerate(decision.steps, start=1):
            path = f"decisions.{decision.key}.steps.{number}"
            if not book.provenance.states(path):
                path = f"decisions.{decision.key}"
            yield Subject(path, step, _step_facets(book, decision, step))


def _step_facets(book: Rulebook, decision: Decision, step: Step) -> Facets:
    targets = [seat for target in decision.on for seat in book.seats_named(target)]
    elects = {book.bodies[seat.body].kind.value for seat in targets if seat.how is How.ELECTED}
    return {
        "decision": {decision.key},
        "matter": set(decision.matters),
        "by_kind": _kinds(book, step.by),
        "elects": elects if step.rule.method else set(),
        "chooses": {"true" if step.rule.method else "false"},
    }


def _rules(book: Rulebook) -> Iterator[Subject]:
    for rule in book.rules.values():
        yield Subject(f"rules.{rule.key}", rule, {"key": {rule.key}})


def _decisions(book: Rulebook) -> Iterator[Subject]:
    for decision in book.decisions.values():
        kinds = _kinds(book, tuple(key for step in decision.steps for key in step.by))
        facets = {"key": {decision.key}, "matter": set(decision.matters), "by_kind": kinds}
        yield Subject(f"decisions.{decision.key}", decision, facets)


SUBJECTS: dict[str, Callable[[Rulebook], Iterator[Subject]]] = {
    "document": _document,
    "class": _of_part("classes", lambda cls: {"holder": {cls.holder.value}, "voice": {cls.voice.value}}),
    "share": _of_part("shares", lambda share: {"votes": {share.votes.value}}),
    "body": _bodies,
    "seat": _seats,
    "rule": _rules,
    "step": _steps,
    "decision": _decisions,
    "duty": _of_part("duties", lambda duty: {"do": {duty.do.value}, "owed_to": set(duty.owed_to)}),
}
