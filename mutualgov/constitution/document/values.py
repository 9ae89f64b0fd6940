"""The small values of a constitution: thresholds, fractions, terms, notice, money. All exact, all frozen.

Each parser takes the text as written, returns a value and raises ``Malformed`` with what to write instead. Each value
prints as it may be written and speaks as members read it (``in_words``).
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from .problems import Malformed

UNITS = {"h": "hour", "d": "day", "wd": "working day", "w": "week", "mo": "month", "y": "year"}
ROUGH_DAYS = {
    "h": Fraction(1, 24),
    "d": Fraction(1),
    "wd": Fraction(7, 5),
    "w": Fraction(7),
    "mo": Fraction(365, 12),
    "y": Fraction(365),
}
NAMED_FRACTIONS = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "one third",
    Fraction(2, 3): "two thirds",
    Fraction(1, 4): "one quarter",
    Fraction(3, 4): "three quarters",
    Fraction(1, 5): "one fifth",
    Fraction(1, 10): "one tenth",
    Fraction(1): "all",
}


def fraction_in_words(share: Fraction) -> str:
    """A share as members read it.

    >>> fraction_in_words(Fraction(3, 4)), fraction_in_words(Fraction(7, 20)), fraction_in_words(Fraction(23, 40))
    ('three quarters', '35%', '57.5%')
    """
    if share in NAMED_FRACTIONS:
        return NAMED_FRACTIONS[share]
    percent = share * 100
    if percent.denominator == 1:
        return f"{percent.numerator}%"
    if (percent * 10).denominator == 1:
        return f"{(percent * 10).numerator / 10:.1f}%"
    return f"{share.numerator} in {share.denominator}"


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time in one unit: h, d, wd (working days), w, mo or y."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def in_words(self) -> str:
        noun = UNITS[self.unit]
        return f"{self.amount} {noun}" if self.amount == 1 else f"{self.amount} {noun}s"

    @property
    def rough_days(self) -> Fraction:
        """For telling longer from shorter across units; never for a date."""
        return self.amount * ROUGH_DAYS[self.unit]


@dataclass(frozen=True, slots=True)
class Due:
    """By when: within a time of what a duty names, or after an event such as ``year_end``."""

    within: Duration
    after: str = ""

    def __str__(self) -> str:
        return f"{self.within} after {self.after}" if self.after else str(self.within)

    @property
    def in_words(self) -> str:
        event = "the year end" if self.after == "year_end" else self.after.replace("_", " ")
        return f"within {self.within.in_words}" + (f" of {event}" if self.after else "")


@dataclass(frozen=True, slots=True)
class Threshold:
    """What share must be reached (``>=``) or passed (``>``); exact."""

    share: Fraction
    strict: bool

    def __str__(self) -> str:
        return f"{'>' if self.strict else '>='}{self.share.numerator}/{self.share.denominator}"

    @property
    def in_words(self) -> str:
        if self.share == 1 and not self.strict:
            return "all"
        return f"{'more than' if self.strict else 'at least'} {fraction_in_words(self.share)}"

    def is_met(self, *, part: int | Fraction, whole: int | Fraction) -> bool:
        """Whether a part of a whole reaches the share; a whole of nothing never does."""
        if whole <= 0:
            return False
        return part > self.share * whole if self.strict else part >= self.share * whole

    def needed(self, whole: int) -> int:
        """The fewest votes of a whole that meet it.

        >>> Threshold(Fraction(3, 4), strict=False).needed(15)
        12
        """
        exact = self.share * whole
        floor = exact.numerator // exact.denominator
        if self.strict:
            return floor + 1
        return max(1, floor if exact == floor else floor + 1)

    def is_weaker_than(self, other: "Threshold") -> bool:
        """Whether some vote would pass this one and fail the other."""
        return (self.share, self.strict) < (other.share, other.strict)


@dataclass(frozen=True, slots=True)
class Frequency:
    """So many times in a stretch: ``4/y``."""

    times: int
    per: str

    def __str__(self) -> str:
        return f"{self.times}/{self.per}"

    @property
    def in_words(self) -> str:
        often = {1: "once", 2: "twice"}.get(self.times, f"{self.times} times")
        return f"{often} a {UNITS[self.per]}"

    @property
    def yearly(self) -> Fraction:
        return self.times * Fraction(365) / ROUGH_DAYS[self.per]


@dataclass(frozen=True, slots=True)
class Nominal:
    """What a share is worth on its face, in whole pence or cents."""

    currency: str
    pence: int

    def __str__(self) -> str:
        whole, rest = divmod(self.pence, 100)
        return f"{self.currency} {whole}" + (f".{rest:02}" if rest else "")

    @property
    def in_words(self) -> str:
        sign = {"GBP": "£", "EUR": "€"}.get(self.currency, f"{self.currency} ")
        whole, rest = divmod(self.pence, 100)
        return f"{sign}{whole:,}" + (f".{rest:02}" if rest else "")


@dataclass(frozen=True, slots=True)
class Holding:
    """How many shares a member holds: exactly ``1``, or ``1+``, or ``1-100``."""

    at_least: int
    at_most: int | None

    def __str__(self) -> str:
        if self.at_most is None:
            return f"{self.at_least}+"
        return str(self.at_least) if self.at_least == self.at_most else f"{self.at_least}-{self.at_most}"

    @property
    def in_words(self) -> str:
        if self.at_most is None:
            return f"{self.at_least} or more"
        return "one" if self.at_least == self.at_most == 1 else str(self).replace("-", " to ")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A bound on a fact: ``>=12mo`` on a start date, ``>=16`` on a number."""

    operator: str
    bound: Duration | int

    def __str__(self) -> str:
        return f"{self.operator}{self.bound}"

    @property
    def in_words(self) -> str:
        words = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}[self.operator]
        return f"{words} {self.bound.in_words if isinstance(self.bound, Duration) else self.bound}"


def parse_duration(text: str) -> Duration:
    match = re.fullmatch(r"(\d{1,5})\s*(h|d|wd|w|mo|y)", text.strip())
    if match is None:
        raise Malformed(
            f"“{text}” is not a length of time.", "Write it such as 48h, 14d, 20wd (working days), 3mo or 3y."
        )
    return Duration(int(match[1]), match[2])


def parse_due(text: str) -> Due:
    within, _, event = text.partition(" after ")
    if event and not re.fullmatch(r"[a-z][a-z0-9_]*", event.strip()):
        raise Malformed(f"“{event}” is not the name of an event.", "Write it such as 7mo after year_end.")
    return Due(parse_duration(within), event.strip())


def parse_fraction(text: str) -> Fraction:
    """``1/2``, ``10%`` or ``57.5%``."""
    text = text.strip()
    try:
        if match := re.fullmatch(r"(\d{1,6})/(\d{1,6})", text):
            return Fraction(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d{1,3}(?:\.\d{1,4})?)%", text):
            return Fraction(match[1]) / 100
    except ZeroDivisionError:
        pass
    raise Malformed(f"“{text}” is not a share.", "Write it such as 1/2, 3/4 or 10%.")


def parse_share_of_all(text: str) -> Fraction:
    """A fraction between 0 and 1."""
    share = parse_fraction(text)
    if share > 1:
        raise Malformed(f"“{text}” is more than the whole.", "A share lies between 0% and 100%.")
    return share


def parse_count_or_fraction(text: str) -> int | Fraction:
    """A whole number of people or things, or a share of them."""
    if re.fullmatch(r"\d{1,9}", text.strip()):
        return int(text)
    try:
        return parse_fraction(text)
    except Malformed:
        raise Malformed(f"“{text}” is neither a number nor a share.", "Write it such as 5, 1/2 or 10%.") from None


def parse_threshold(text: str) -> Threshold:
    match = re.fullmatch(r"(>=|>)\s*(\S.*)", text.strip())
    if match is None:
        raise Malformed(
            f"“{text}” does not say whether the share must be reached or passed.",
            'Write it in quotes with >= or > in front, such as ">=3/4" or ">1/2".',
        )
    threshold = Threshold(parse_share_of_all(match[2]), match[1] == ">")
    if threshold.strict and threshold.share == 1:
        raise Malformed("Nothing can be more than all.", 'For unanimity write ">=1/1".')
    return threshold


def parse_frequency(text: str) -> Frequency:
    match = re.fullmatch(r"(\d{1,3})/(w|mo|y)", text.strip())
    if match is None or match[1] == "0":
        raise Malformed(f"“{text}” does not say how often.", "Write it such as 4/y or 1/mo.")
    return Frequency(int(match[1]), match[2])


def parse_nominal(text: str) -> Nominal:
    match = re.fullmatch(r"([A-Z]{3})\s+(\d{1,9}(?:\.\d{2})?)", text.strip())
    try:
        if match and (pence := Decimal(match[2]) * 100) > 0:
            return Nominal(match[1], int(pence))
    except InvalidOperation:
        pass
    raise Malformed(f"“{text}” is not an amount of money.", "Write it such as GBP 1 or GBP 0.50.")


def parse_holding(text: str) -> Holding:
    if match := re.fullmatch(r"(\d{1,9})(\+|-(\d{1,9}))?", text.strip()):
        least = int(match[1])
        most = None if match[2] == "+" else int(match[3]) if match[3] else least
        if most is None or least <= most:
            return Holding(least, most)
    raise Malformed(f"“{text}” does not say how many shares.", "Write 1 for exactly one, 1+ for one or more, or 1-100.")


def parse_comparison(text: str) -> Comparison | None:
    """A bound such as ``>=12mo``; None when the text is no comparison."""
    match = re.fullmatch(r"(>=|<=|>|<)\s*(\S+)", text.strip())
    if match is None:
        return None
    if re.fullmatch(r"\d{1,9}", match[2]):
        return Comparison(match[1], int(match[2]))
    return Comparison(match[1], parse_duration(match[2]))
