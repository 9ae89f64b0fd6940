"""How the house says yes and no."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision and the rule it rests on.

    allowed  whether the thing may be done
    rule     key of the rule that decided ("rules.remove", "CA 2006 s.283")
    reason   a sentence for a person; empty when allowed and there is nothing to say
    """

    allowed: bool
    rule: str
    reason: str = ""


class Refusal(Exception):
    """An anticipated no, worded for a person: it names the thing, the figure and the remedy.

    Each is defined beside the action that raises it. Views show it and nobody is paged; anything else that goes up
    is a bug.
    """

    def __init__(self, why: Ruling | str, *, rule: str = "") -> None:
        self.ruling = why if isinstance(why, Ruling) else Ruling(False, rule, why)
        super().__init__(self.ruling.reason)

    @property
    def reason(self) -> str:
        return self.ruling.reason

    @property
    def rule(self) -> str:
        return self.ruling.rule
