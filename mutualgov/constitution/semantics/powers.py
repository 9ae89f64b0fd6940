"""Who decides what: the decisions of a body, who fills a seat, and to whom everything else belongs."""

from dataclasses import dataclass

from mutualgov.core.rulings import Ruling

from ..document.nouns import Body, BodyKind, Decision, Do, Duty, How, Rule, Seat, Step
from ..rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Power:
    """Who decides a matter.

    decision  the decision that names it; None when no decision does and it falls to the board or sole body
    bodies    who takes part, in order
    """

    matter: str
    decision: Decision | None
    bodies: tuple[str, ...]


def residual_body(book: Rulebook) -> Body:
    """To whom belongs what no decision names: the board, or the trustees, or the sole body."""
    for kind in (BodyKind.BOARD, BodyKind.TRUSTEES, BodyKind.COUNCIL, BodyKind.GENERAL_MEETING):
        for body in book.bodies_of_kind(kind):
            return body
    return next(iter(book.bodies.values()))


def who_decides(book: Rulebook, matter: str) -> Power:
    """Who decides a matter, whether or not a decision names it."""
    decision = decision_on(book, matter)
    if decision is None:
        return Power(matter, None, (residual_body(book).key,))
    return Power(matter, decision, tuple(dict.fromkeys(key for step in decision.steps for key in step.by)))


def decision_on(book: Rulebook, matter: str) -> Decision | None:
    """The decision that names or covers a matter."""
    return next((decision for decision in book.decisions.values() if matter in decision.matters), None)


def may_decide(book: Rulebook, matter: str, *, by: str) -> Ruling:
    """Whether a class or body has a part in deciding a matter."""
    power = who_decides(book, matter)
    rule = f"decisions.{power.decision.key}" if power.decision else "decisions"
    if by in power.bodies:
        return Ruling(True, rule)
    names = " and ".join(book.label(key) for key in power.bodies)
    what = matter.replace("_", " ")
    return Ruling(
        False, rule, f"{book.label(by)[:1].upper()}{book.label(by)[1:]} does not decide this ({what}); {names} does."
    )


def decisions_of(book: Rulebook, body: str) -> tuple[Decision, ...]:
    """Decisions in which a class or body takes part."""
    return tuple(d for d in book.decisions.values() if any(body in step.by for step in d.steps))


def steps_of(book: Rulebook, matter: str) -> tuple[Step, ...]:
    """The steps of the decision on a matter; empty when no decision names it."""
    decision = decision_on(book, matter)
    return decision.steps if decision else ()


def may_fill(book: Rulebook, seat_path: str, *, by: str) -> Ruling:
    """Whether somebody may fill a seat: its electors by a poll, its body by appointing, its nominator by notice."""
    seat = book.seats[seat_path]
    rule = f"bodies.{seat.body}.seats.{seat.key}.by"
    if by in seat.by or (seat.how is How.CO_OPTED and by == seat.body):
        return Ruling(True, rule)
    who = " and ".join(book.label(key) for key in seat.by) or book.label(seat.body)
    verb = {
        How.ELECTED: "is elected by",
        How.APPOINTED: "is appointed by",
        How.NOMINATED: "is nominated by",
        How.EX_OFFICIO: "follows the office of",
        How.CO_OPTED: "is co-opted by",
    }[seat.how]
    return Ruling(False, rule, f"The {book.label(seat_path)} {verb} {who}, not {book.label(by)}.")


def may_remove(book: Rulebook, seat_path: str, *, by: str) -> Ruling:
    """Whether a body has the power to remove the holder of a seat; it has only what the constitution gives."""
    decision = removal_of(book, seat_path)
    if decision is None:
        return Ruling(False, "decisions", f"The rules give nobody the power to remove the {book.label(seat_path)}.")
    rule = f"decisions.{decision.key}"
    if any(by in step.by for step in decision.steps):
        return Ruling(True, rule)
    who = " and ".join(book.label(key) for step in decision.steps for key in step.by)
    return Ruling(False, rule, f"The {book.label(seat_path)} is removed by {who}, not {book.label(by)}.")


def removal_of(book: Rulebook, seat_path: str) -> Decision | None:
    """The decision that removes the holder of a seat: one whose name begins with ``remove``."""
    seat = book.seats[seat_path]
    return next(
        (d for d in book.decisions.values() if d.key.startswith("remove") and {seat_path, seat.body} & set(d.on)), None
    )


def election_of(book: Rulebook, seat_path: str) -> Decision | None:
    """The decision that fills an elected seat by a poll."""
    seat = book.seats[seat_path]
    return next(
        (
            d
            for d in book.decisions.values()
            if {seat_path, seat.body} & set(d.on) and any(step.rule.method for step in d.steps)
        ),
        None,
    )


@dataclass(frozen=True, slots=True)
class ElectionPlan:
    """All that a poll for one seat takes from the constitution.

    places      how many sit there in all; a by-election fills fewer
    electorate  who votes; ``eligible_from`` who may stand
    """

    seat: Seat
    decision: Decision
    rule: Rule
    places: int
    electorate: tuple[str, ...]
    eligible_from: tuple[str, ...]


def election_plan(book: Rulebook, seat_path: str) -> ElectionPlan | None:
    """How a seat is polled; None when it is not elected, or no decision says how."""
    seat = book.seats[seat_path]
    decision = election_of(book, seat_path) if seat.how is How.ELECTED else None
    if decision is None:
        return None
    rule = next(step.rule for step in decision.steps if step.rule.method)
    return ElectionPlan(seat, decision, rule, seat.n, seat.by, seat.eligible_from)


def consultations_before(book: Rulebook, matter: str) -> tuple[Duty, ...]:
    """Duties to consult that must be met before a matter is decided."""
    decision = decision_on(book, matter)
    matters = set(decision.matters) if decision else {matter}
    return tuple(d for d in book.duties.values() if d.do is Do.CONSULT and matters & set(d.before))


def may_be_written(book: Rulebook, matter: str) -> Ruling:
    """Whether a written resolution may be used; the law forbids it for some matters (Companies Act 2006 s.288)."""
    for law in book.laws:
        if matter in law.never_in_writing:
            what = matter.replace("_", " ")
            return Ruling(False, law.key, f"To {what} a meeting is needed: {law.title} allows no written resolution.")
    decision = decision_on(book, matter)
    if decision and not all(step.rule.written for step in decision.steps):
        return Ruling(False, f"decisions.{decision.key}", "The rules ask for a meeting on this.")
    return Ruling(True, f"decisions.{decision.key}" if decision else "decisions")
