"""May these shares move? Answers over plain values, with the rule of the constitution they rest on."""

from dataclasses import dataclass
from datetime import date

from mutualgov.core.rulings import Ruling

from .law import WaysOut

ACTS = {
    "cancel_to_reserve": "cancelled, its amount going to reserves",
    "repay_at_par": "withdrawn and repaid at par",
    "transfer_at_par": "transferred at par to {to}",
    "offer": "offered at par to {to}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTerms:
    """One share class, as the constitution in force on a date has it.

    fewest, most  shares a member may hold; ``most`` None where there is no ceiling
    leaving       what becomes of a leaver's share: an act of ``law.WaysOut``, or ""
    leaving_to    to whom: an outside holder's key or a class of members
    leaving_name  the same for a person
    version       number of the constitution's version; None before the first
    """

    key: str
    name: str
    nominal_pence: int
    currency: str = "GBP"
    fewest: int = 1
    most: int | None = 1
    transferable: bool = False
    withdrawable: bool = False
    leaving: str = ""
    leaving_to: str = ""
    leaving_name: str = ""
    ways_out: WaysOut
    version: int | None = None

    def rule(self, part: str) -> str:
        return f"shares.{self.key}.{part}"

    @property
    def ceiling_in_words(self) -> str:
        return "one share" if self.most == 1 else f"{self.most} shares"

    @property
    def hold_rule(self) -> str:
        return self.rule("hold")

    @property
    def hold_in_words(self) -> str:
        """How many a member may hold, as a sentence."""
        if self.most is None:
            return f"A member holds {self.fewest} or more."
        if self.most == self.fewest:
            return f"Each member holds {self.ceiling_in_words}, and no more."
        return f"A member holds {self.fewest} to {self.most}."

    @property
    def leaving_rule(self) -> str:
        return self.rule("on_leaving")

    @property
    def leaving_sentence(self) -> str:
        """What becomes of a leaver's share, as a sentence; empty where the constitution does not say."""
        return f"When a member leaves, the share is {self.leaving_in_words}." if self.leaving_in_words else ""

    @property
    def leaving_in_words(self) -> str:
        return ACTS[self.leaving].format(to=self.leaving_name) if self.leaving in ACTS else ""


def may_hold(*, name: str, units: int, held: int, terms: ShareTerms) -> Ruling:
    """Whether a member may come to hold ``units`` more.

    held  the most the person holds at any date from then on, over all their memberships
    """
    rule = terms.rule("hold")
    if units < 1:
        return Ruling(False, rule, f"Shares are whole: {units} cannot be given to {name}.")
    if terms.most is not None and held + units > terms.most:
        had = "one already" if held == 1 else f"{held} already"
        if held == 0:
            return Ruling(
                False, rule, f"No member may hold more than {terms.ceiling_in_words}; {name} would get {units}."
            )
        return Ruling(False, rule, f"No member may hold more than {terms.ceiling_in_words}, and {name} has {had}.")
    if held + units < terms.fewest:
        return Ruling(False, rule, f"A member holds at least {terms.fewest} shares; {name} would hold {held + units}.")
    return Ruling(True, rule)


def may_give(*, name: str, units: int, held: int, terms: ShareTerms) -> Ruling:
    """Whether an account has shares to give on a date.

    held  the least it holds at any date from then on: a later movement may need them
    """
    if units < 1:
        return Ruling(False, terms.rule("hold"), f"Shares are whole: {units} cannot be moved.")
    if units > held:
        return Ruling(
            False,
            "holding",
            f"{name} has {_count(held)} to give from that date on, not {units}: no holding may fall below zero.",
        )
    return Ruling(True, "holding")


def may_transfer(*, leaver: bool, terms: ShareTerms) -> Ruling:
    """Whether a share of the class may pass between members at all.

    leaver  the giver's membership has ended, and the constitution offers a leaver's share to members
    """
    if terms.transferable:
        return Ruling(True, terms.rule("transferable"))
    if leaver and terms.leaving == "offer":
        return Ruling(True, terms.rule("on_leaving"))
    instead = f" A leaver's share is {terms.leaving_in_words}." if terms.leaving_in_words else ""
    return Ruling(False, terms.rule("transferable"), f"A {terms.name} cannot be transferred.{instead}")


def may_cancel(*, terms: ShareTerms) -> Ruling:
    """Whether a share may simply cease on leaving: the law of the form first, then the mutual's own rule."""
    law = terms.ways_out
    if terms.leaving not in {"cancel_to_reserve", "repay_at_par"} or terms.leaving not in law.acts:
        if law.why_not_cancel:
            options = "; ".join(law.instead)
            own = f" The constitution says: {terms.leaving_in_words}." if terms.leaving_in_words else ""
            return Ruling(False, law.rule, f"{law.why_not_cancel} It may: {options}.{own}")
        says = terms.leaving_in_words or "not said"
        return Ruling(
            False,
            terms.rule("on_leaving"),
            f"The constitution does not cancel a {terms.name} when its holder leaves; it says: {says}.",
        )
    return Ruling(True, terms.rule("on_leaving"))


def may_settle_with_outsider(*, terms: ShareTerms) -> Ruling:
    """Whether a leaver's share passes at par to the nominee or trust that the constitution names."""
    rule = terms.rule("on_leaving")
    if terms.leaving != "transfer_at_par" or not terms.leaving_to:
        says = terms.leaving_in_words or "not said"
        return Ruling(
            False, rule, f"A leaver's {terms.name} does not pass to a nominee; the constitution says: {says}."
        )
    return Ruling(True, rule)


def may_be_dated(*, effective_on: date, today: date) -> Ruling:
    """The register shows what has happened: no entry takes effect in the future."""
    if effective_on > today:
        return Ruling(
            False, "register", f"{effective_on:%-d %B %Y} is in the future; the register shows what has happened."
        )
    return Ruling(True, "register")


def _count(units: int) -> str:
    return "no shares" if units == 0 else "1 share" if units == 1 else f"{units} shares"
