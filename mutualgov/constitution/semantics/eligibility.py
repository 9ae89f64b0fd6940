"""Who may be a member, of which class and constituency, from plain facts about a person.

Facts are a mapping. ``employed`` and the like are true or false; ``staff_group`` and the like are words, compared
without regard to case and spacing; lengths such as ``service: ">=12mo"`` look at the date a thing began, and
``attended_within: 3y`` at the date of ``attended``. ``born_on`` is a date. A fact that is not there is not met.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mutualgov.core.dates import Nation, long_date
from mutualgov.core.rulings import Ruling

from ..document.nouns import Holder, MemberClass, Wanted, Where
from ..document.values import Comparison, Duration
from ..rulebook import Rulebook
from .timing import after, before

Fact = bool | str | int | date | None
Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person belongs: a class and, where the class is divided, a constituency (else empty)."""

    member_class: str
    constituency: str = ""


def meets(where: Where, *, facts: Facts, on: date) -> tuple[str, ...]:
    """What a person lacks, in words; empty when one of the alternatives is met."""
    if not where.alternatives:
        return ()
    lacking = [
        tuple(_lack(name, wanted) for name, wanted in group.items() if not _is_met(name, wanted, facts, on))
        for group in where.alternatives
    ]
    return min(lacking, key=len)


def may_belong(book: Rulebook, class_key: str, *, facts: Facts, on: date) -> Ruling:
    """Whether a person may belong to a class on a date; the reason says what is lacking."""
    cls = book.classes[class_key]
    young = _too_young(cls, facts, on)
    if young:
        return Ruling(False, f"classes.{class_key}.age", young)
    lacking = meets(cls.where, facts=facts, on=on)
    reason = f"To be one of {book.label(class_key)} a person needs: {', '.join(lacking)}." if lacking else ""
    return Ruling(not lacking, f"classes.{class_key}.where", reason)


def open_classes(book: Rulebook, *, facts: Facts, on: date, holder: Holder = Holder.PERSON) -> tuple[str, ...]:
    """Classes a person (or an organisation) may belong to, in order of precedence."""
    return tuple(
        key
        for key in book.precedence()
        if book.classes[key].holder is holder and may_belong(book, key, facts=facts, on=on).allowed
    )


def constituencies_of(book: Rulebook, class_key: str, *, facts: Facts, on: date) -> tuple[str, ...]:
    """Constituencies of a class that a person falls into. One is right; none or several want a person's eye."""
    return tuple(
        part.key
        for part in book.constituencies.values()
        if part.of == class_key and not meets(part.where, facts=facts, on=on)
    )


def is_divided(book: Rulebook, class_key: str) -> bool:
    """Whether a class has constituencies."""
    return any(part.of == class_key for part in book.constituencies.values())


def place_of(book: Rulebook, *, facts: Facts, on: date) -> Place | None:
    """The class and constituency a person belongs to first, by precedence; None when no class is open.

    A constituency is empty when the class has none, or when the facts fit none of them.
    """
    for class_key in open_classes(book, facts=facts, on=on):
        parts = constituencies_of(book, class_key, facts=facts, on=on)
        return Place(class_key, parts[0] if parts else "")
    return None


def _too_young(cls: MemberClass, facts: Facts, on: date) -> str:
    if not cls.age:
        return ""
    born_on = facts.get("born_on")
    if not isinstance(born_on, date):
        return f"The date of birth is not known; a member must be at least {cls.age}."
    of_age = after(born_on, Duration(cls.age, "y"), nation=Nation.ENGLAND_AND_WALES).on
    return (
        "" if of_age <= on else f"A member must be at least {cls.age}; this person is that age on {long_date(of_age)}."
    )


def _is_met(name: str, wanted: Wanted, facts: Facts, on: date) -> bool:
    if isinstance(wanted, Duration):
        since = facts.get(name.removesuffix("_within"))
        return isinstance(since, date) and before(on, wanted, nation=Nation.ENGLAND_AND_WALES).on <= since <= on
    fact = facts.get(name)
    if isinstance(wanted, Comparison):
        return _compares(wanted, fact, on)
    if isinstance(wanted, bool):
        return fact is wanted
    if isinstance(wanted, tuple):
        return _plain(fact) in {_plain(option) for option in wanted}
    return fact is not None and _plain(fact) == _plain(wanted)


def _compares(wanted: Comparison, fact: Fact, on: date) -> bool:
    if isinstance(wanted.bound, Duration):
        if not isinstance(fact, date):
            return False
        reached = after(fact, wanted.bound, nation=Nation.ENGLAND_AND_WALES).on
        return _by_operator(wanted.operator, on.toordinal(), reached.toordinal())
    return isinstance(fact, int) and not isinstance(fact, bool) and _by_operator(wanted.operator, fact, wanted.bound)


def _by_operator(operator: str, left: int, right: int) -> bool:
    return {">=": left >= right, ">": left > right, "<=": left <= right, "<": left < right}[operator]


def _plain(value: Fact) -> str:
    return " ".join(str(value).replace("_", " ").casefold().split())


def _lack(name: str, wanted: Wanted) -> str:
    noun = name.replace("_", " ")
    if wanted is True:
        return noun
    if wanted is False:
        return f"not {noun}"
    if isinstance(wanted, tuple):
        return f"{noun} one of {', '.join(wanted)}"
    if isinstance(wanted, Duration | Comparison):
        return f"{noun} {wanted.in_words}"
    return f"{noun} {wanted}"
