"""The ten nouns of a constitution, frozen. A field that a document may leave out says here what it then means.

References to other nouns are their keys, as written: a class, a constituency, a body, ``body.seat``, an officer
(``secretary``) or an outside organisation (``org.fca``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from mutualgov.core.dates import Nation

from .values import Comparison, Due, Duration, Frequency, Holding, Nominal, Threshold

ONE_EACH = Holding(1, 1)
NEXT_WORKING_DAY = Duration(1, "wd")
OFFICERS = frozenset({"secretary", "returning_officer", "scrutineer", "chair", "treasurer"})


class Phase(StrEnum):
    FORMING = "forming"
    TRADING = "trading"


class Holder(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


class Join(StrEnum):
    AUTOMATIC = "automatic"
    OPT_OUT = "opt_out"
    APPLY = "apply"
    APPOINTED = "appointed"


class Voice(StrEnum):
    VOTING = "voting"
    CONSULTED = "consulted"
    NONE = "none"


class BodyKind(StrEnum):
    GENERAL_MEETING = "general_meeting"
    COUNCIL = "council"
    BOARD = "board"
    COMMITTEE = "committee"
    ADVISORY = "advisory"
    TRUSTEES = "trustees"


class How(StrEnum):
    """How a seat is filled: by a poll, a decision, an outside nominator, an office, or the body itself."""

    ELECTED = "elected"
    APPOINTED = "appointed"
    NOMINATED = "nominated"
    EX_OFFICIO = "ex_officio"
    CO_OPTED = "co_opted"


class Of(StrEnum):
    """What a threshold is a share of: votes cast, those present, or all who hold office or may vote."""

    CAST = "cast"
    PRESENT = "present"
    ALL = "all"


class Votes(StrEnum):
    PER_MEMBER = "per_member"
    PER_SHARE = "per_share"
    NONE = "none"


class Do(StrEnum):
    CONSULT = "consult"
    INFORM = "inform"
    REPORT = "report"
    ANSWER = "answer"
    MEET = "meet"
    FILE = "file"
    TRAIN = "train"


class Breach(StrEnum):
    """What a broken limit does: stops the act, starts a time to put it right, or tells."""

    BLOCK = "block"
    CURE = "cure"
    WARN = "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutual:
    """What it is. ``precedence`` orders classes for a person who belongs to several: one vote, in the first."""

    key: str
    name: str
    form: str
    packs: tuple[str, ...] = ()
    phase: Phase = Phase.TRADING
    nation: Nation = Nation.ENGLAND_AND_WALES
    year_end: tuple[int, int] | None = None  # month, day
    precedence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """How the document presents itself to somebody choosing a template."""

    title: str = ""
    for_whom: str = ""
    sentence: str = ""


Wanted = bool | str | int | Comparison | tuple[str, ...] | Duration


@dataclass(frozen=True, slots=True)
class Where:
    """Facts a person must meet: one of several alternatives, each a set of facts that must all hold.

    An empty ``Where`` is met by anyone.
    """

    alternatives: tuple[Mapping[str, Wanted], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Through whom an organisation votes."""

    n: int = 1
    deputy: int = 0
    by: str = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberClass:
    """Who may be a member, and how."""

    key: str
    name: str = ""
    holder: Holder = Holder.PERSON
    where: Where = Where()
    join: Join = Join.APPLY
    share: str = ""
    voice: Voice = Voice.VOTING
    age: int | None = None
    representative: Representative | None = None
    ends: str = "no_longer_eligible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constituency:
    """A part of a class."""

    key: str
    name: str = ""
    of: str
    where: Where = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What becomes of a share when its holder leaves: ``cancel_to_reserve``, ``transfer_at_par`` to somebody."""

    act: str
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareClass:
    """What a member holds."""

    key: str
    name: str = ""
    nominal: Nominal
    hold: Holding = ONE_EACH
    votes: Votes = Votes.PER_MEMBER
    transferable: bool = False
    withdrawable: bool = False
    dividend: str = "none"
    on_leaving: Leaving | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long a holder of a seat serves: one term, all terms together, and how many seats fall due at a time."""

    term: Duration | None = None
    max: Duration | None = None
    stagger: Frequency | None = None


Quorum = int | Fraction | Mapping[str, int | Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place in a body. ``terms`` are its own or, where it has none, those of its body."""

    key: str
    body: str
    name: str = ""
    n: int = 1
    how: How
    by: tuple[str, ...] = ()
    eligible_from: tuple[str, ...] = ()
    terms: Terms = Terms()
    vote: bool = True
    lapses: tuple[str, ...] = ()
    vacancy: str = ""
    portfolio: str = ""
    mentor: str = ""

    @property
    def path(self) -> str:
        return f"{self.body}.{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Where power is used. ``of`` holds a meeting's classes, or a committee's seats in other bodies."""

    key: str
    name: str = ""
    kind: BodyKind
    of: tuple[str, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)
    split: str = "proportional"
    seats: Mapping[str, Seat] = field(default_factory=dict)
    chair: str = ""
    terms: Terms = Terms()
    meets: Frequency | None = None
    quorum: Quorum | None = None
    open_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxies:
    """Whether votes may be given through another, lodged how long before, and how many one person may carry."""

    allowed: bool = True
    until: Duration | None = None
    per_holder: int | None = None
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """The second meeting of a decision that takes two: its majority, and its window counted from the first."""

    passes: Threshold
    of: Of = Of.CAST
    after: Duration
    within: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """An election's days, each counted back from the close of poll. ``declare`` counts on from it."""

    notice: Duration
    nominations: Duration
    statement: Duration
    withdrawals: Duration
    poll: Duration
    close_at: str = "17:00"
    declare: Duration = NEXT_WORKING_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a vote passes (``passes``), or how one is chosen among several (``method``)."""

    key: str
    name: str = ""
    passes: Threshold | None = None
    of: Of = Of.CAST
    quorum: Quorum | None = None
    turnout: Fraction | None = None
    notice: Duration | None = None
    ballot: str = "open"
    proxies: Proxies | None = None
    confirm: Confirm | None = None
    method: str = ""
    count: str = ""
    winners: int | None = None
    timetable: Timetable | None = None
    formats: tuple[str, ...] = ()
    written: bool = True  # whether a written resolution may be used instead of a meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One body's part in a decision."""

    by: tuple[str, ...]
    rule: Rule
    when: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decides what. ``covers`` names further matters that are decided the same way."""

    key: str
    name: str = ""
    on: tuple[str, ...] = ()
    steps: tuple[Step, ...]
    covers: tuple[str, ...] = ()
    propose: Mapping[str, int | Fraction] = field(default_factory=dict)
    special_notice: Duration | None = None
    hear: str = ""
    file: str = ""

    @property
    def matters(self) -> tuple[str, ...]:
        return (self.key, *self.covers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What must be done, by whom, for whom, and when."""

    key: str
    do: Do
    owed_by: str
    owed_to: tuple[str, ...]
    every: Duration | None = None
    before: tuple[str, ...] = ()
    within: Due | None = None
    formats: tuple[str, ...] = ()
    on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What must stay true: a count, alone or as a share of another, against bounds."""

    key: str
    count: str
    where: Where = Where()
    at_least: int | Fraction | None = None
    more_than: int | Fraction | None = None
    at_most: int | Fraction | None = None
    less_than: int | Fraction | None = None
    of: str = ""
    breach: Breach = Breach.BLOCK
    cure: Duration | None = None
    note: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Whom it is tied to."""

    key: str
    kind: str
    org: str
    holding: Fraction | None = None
    gives: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nouns:
    """A whole constitution, read."""

    mutual: Mutual
    about: About = About()
    organisations: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, MemberClass] = field(default_factory=dict)
    constituencies: Mapping[str, Constituency] = field(default_factory=dict)
    shares: Mapping[str, ShareClass] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    duties: Mapping[str, Duty] = field(default_factory=dict)
    limits: Mapping[str, Limit] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
