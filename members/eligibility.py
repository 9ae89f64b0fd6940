"""Where the constitution puts a person: which class, which constituency, and why not. Plain values."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mutualgov.constitution.document.nouns import Holder, MemberClass
from mutualgov.constitution.document.values import Comparison, Duration
from mutualgov.constitution.rulebook import Rulebook
from mutualgov.constitution.semantics.eligibility import Facts, constituencies_of, is_divided, may_belong
from mutualgov.constitution.semantics.timing import after
from mutualgov.core.rulings import Ruling

#: What a staff file can tell of a person. A class that asks for any of these is filled by the staff feed.
TOLD_BY_PAYROLL = frozenset({"employed", "employed_by", "contract", "service", "group", "staff_group", "status"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the constitution puts somebody.

    class_key    empty where it gives no membership
    join         automatic, opt_out, apply or appointed
    rule         key of the value that decided
    reason       why not, in a sentence; with a class, why no one constituency could be found
    eligible_on  the later day on which it would, where only time is wanting
    """

    class_key: str = ""
    constituency_key: str = ""
    join: str = ""
    rule: str = ""
    reason: str = ""
    eligible_on: date | None = None


def feed_classes(book: Rulebook) -> tuple[str, ...]:
    """Classes of people that a staff file can fill, in order of precedence."""
    return tuple(key for key in book.precedence() if _asks_payroll(book.classes[key]))


def _asks_payroll(cls: MemberClass) -> bool:
    return cls.holder is Holder.PERSON and any(TOLD_BY_PAYROLL & set(group) for group in cls.where.alternatives)


def may_join(book: Rulebook, *, class_key: str, constituency_key: str, hats: Sequence[Facts], on: date) -> Ruling:
    """Whether somebody may be admitted to a class, and to a constituency of it, on a date.

    hats  the facts of the person in each of their capacities; one that fits is enough
    """
    cls = book.classes.get(class_key)
    if cls is None:
        known = ", ".join(book.classes)
        return Ruling(False, "classes", f"The constitution has no class of members “{class_key}”; it has {known}.")
    ruling = _best(may_belong(book, class_key, facts=facts, on=on) for facts in hats)
    if not ruling.allowed:
        return ruling
    part = _may_be_in(book, class_key, constituency_key, hats=hats, on=on)
    return ruling if part.allowed else part


def is_part(book: Rulebook, *, class_key: str, constituency_key: str) -> Ruling:
    """Whether a constituency is one of a class; the empty one is that of a class that is not divided."""
    part, named = book.constituencies.get(constituency_key), book.label(class_key)
    rule = f"constituencies.{constituency_key}".rstrip(".")
    if not is_divided(book, class_key):
        return Ruling(
            not constituency_key, rule, f"{named} is not divided into constituencies." if constituency_key else ""
        )
    if part is None or part.of != class_key:
        parts = ", ".join(book.label(p.key) for p in book.constituencies.values() if p.of == class_key)
        return Ruling(False, rule, f"Everybody in {named} belongs to one constituency: {parts}.")
    return Ruling(True, rule)


def _may_be_in(book: Rulebook, class_key: str, constituency_key: str, *, hats: Sequence[Facts], on: date) -> Ruling:
    ruling = is_part(book, class_key=class_key, constituency_key=constituency_key)
    fits = (constituency_key in constituencies_of(book, class_key, facts=facts, on=on) for facts in hats)
    if ruling.allowed and constituency_key and not any(fits):
        named = book.label(constituency_key)
        return Ruling(False, ruling.rule, f"By what is known, this person does not belong in {named}.")
    return ruling


def place(book: Rulebook, classes: Iterable[str], *, hats: Sequence[Facts], main: Facts, on: date) -> Place:
    """Class by any capacity, constituency by the main one.

    classes  in order of precedence
    main     the facts of the primary assignment
    """
    refused = Ruling(False, "classes", "There is no class of members for people who work here.")
    for key in classes:
        ruling = _best(may_belong(book, key, facts=facts, on=on) for facts in hats)
        if ruling.allowed:
            return _in_class(book, key, main=main, on=on, rule=ruling.rule)
        refused = ruling if refused.rule == "classes" else refused
    return Place(rule=refused.rule, reason=refused.reason)


def _in_class(book: Rulebook, key: str, *, main: Facts, on: date, rule: str) -> Place:
    join = book.classes[key].join.value
    if not is_divided(book, key):
        return Place(key, "", join, rule)
    parts = constituencies_of(book, key, facts=main, on=on)
    if len(parts) == 1:
        return Place(key, parts[0], join, rule)
    group = main.get("group") or "no staff group"
    if parts:
        named = " and ".join(book.label(part) for part in parts)
        return Place(key, "", join, "constituencies", f"{group} fits {named}; the constitution should tell them apart.")
    return Place(key, "", join, "constituencies", f"“{group}” is in no constituency of {book.label(key)}.")


def days_of_change(book: Rulebook, classes: Iterable[str], *, hats: Sequence[Facts], after_on: date) -> list[date]:
    """Later days on which age or length of service may open a class, soonest first."""
    found = {day for key in classes for facts in hats for day in _ripening(book, book.classes[key], facts)}
    return sorted(day for day in found if day > after_on)


def _ripening(book: Rulebook, cls: MemberClass, facts: Facts) -> Iterator[date]:
    born_on = facts.get("born_on")
    if cls.age and isinstance(born_on, date):
        yield after(born_on, Duration(cls.age, "y"), nation=book.mutual.nation).on
    for group in cls.where.alternatives:
        for name, wanted in group.items():
            since = facts.get(name)
            if isinstance(wanted, Comparison) and isinstance(wanted.bound, Duration) and isinstance(since, date):
                yield after(since, wanted.bound, nation=book.mutual.nation).on


def _best(rulings: Iterable[Ruling]) -> Ruling:
    """The first that allows, else the first."""
    found = list(rulings)
    if not found:
        return Ruling(False, "classes", "Nothing is known of this person that the constitution asks.")
    return next((ruling for ruling in found if ruling.allowed), found[0])
