"""The terms on which an election is held, as the constitution has them; plain values over the rulebook."""

from dataclasses import dataclass

from mutualgov.constitution.document.nouns import Rule
from mutualgov.constitution.rulebook import Rulebook
from mutualgov.constitution.semantics.powers import election_plan
from mutualgov.core.dates import Nation
from voting.counting.counting import RULES

from .lifecycle import Step

METHODS = {
    "stv": "single transferable vote",
    "av": "the alternative vote",
    "fptp": "first past the post",
    "approval": "approval voting",
}
#: How ``voting.counting`` knows the rules that a constitution may name.
COUNT_RULES = {"": {"fptp": "fptp", "approval": "approval", "av": "av"}, "meek": {"stv": "meek-prf"}}


@dataclass(frozen=True, slots=True)
class ElectionTerms:
    """What the constitution says of electing one seat.

    most          seats of this name in the body
    electorate    keys of the classes and constituencies that vote
    eligible      keys from which candidates may come
    record_at     the step on whose day the roll is taken: the notice, unless the constitution says otherwise
    version       number of the constitution's version
    """

    body_key: str
    body_name: str
    seat_key: str
    seat_name: str
    most: int
    electorate: tuple[str, ...]
    electorate_name: str
    eligible: tuple[str, ...]
    rule: Rule
    nation: Nation
    version: int
    record_at: Step = Step.NOTICE

    @property
    def path(self) -> str:
        return f"{self.body_key}.{self.seat_key}"

    @property
    def rule_key(self) -> str:
        return f"rules.{self.rule.key}"

    @property
    def rule_name(self) -> str:
        """What members call the rule: "Poll for staff governors"."""
        name = self.rule.name or self.rule.key.replace("_", " ")
        return name[:1].upper() + name[1:]

    @property
    def count_rule_name(self) -> str:
        return RULES[self.count_rule].name if self.count_rule in RULES else self.count_rule

    @property
    def method(self) -> str:
        return self.rule.method

    @property
    def method_name(self) -> str:
        return METHODS.get(self.method, self.method)

    @property
    def count_rule(self) -> str:
        named = self.rule.count
        return COUNT_RULES.get(named, {}).get(self.method, named)

    @property
    def close_at(self) -> str:
        return self.rule.timetable.close_at if self.rule.timetable else ""

    def frozen(self) -> dict[str, object]:
        """What an election keeps of them."""
        return {
            "body_key": self.body_key,
            "body_name": self.body_name,
            "seat_key": self.seat_key,
            "seat_name": self.seat_name,
            "electorate": list(self.electorate),
            "electorate_name": self.electorate_name,
            "eligible": list(self.eligible),
            "method": self.method,
            "count_rule": self.count_rule,
            "rule": self.rule_key,
            "rule_name": self.rule_name,
            "close_at": self.close_at,
        }


def terms_for(book: Rulebook, path: str) -> ElectionTerms | None:
    """The terms of a seat; None where members do not elect it, or no rule gives the election its days.

    Raises KeyError for a seat that is not there.
    """
    plan = election_plan(book, path)
    if plan is None or plan.rule.timetable is None:
        return None
    return ElectionTerms(
        body_key=plan.seat.body,
        body_name=book.label(plan.seat.body),
        seat_key=plan.seat.key,
        seat_name=book.label(path),
        most=plan.places,
        electorate=plan.electorate,
        electorate_name=" and ".join(book.label(key) for key in plan.electorate),
        eligible=plan.eligible_from or plan.electorate,
        rule=plan.rule,
        nation=book.mutual.nation,
        version=book.version or 0,
    )
