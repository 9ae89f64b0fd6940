"""The rule book in plain English: sections of sentences, each with the key it rests on and where that comes from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from .document.nouns import (
    Body,
    BodyKind,
    Constituency,
    Decision,
    Duty,
    Holder,
    How,
    Join,
    Limit,
    MemberClass,
    Seat,
    ShareClass,
    Step,
    Voice,
    Votes,
)
from .document.values import fraction_in_words
from .provenance import Source
from .rulebook import Rulebook
from .semantics.limits import bounds_in_words, limit_subject
from .semantics.powers import residual_body
from .wording import capital, listed, quorum_in_words, rule_in_words, share_or_count, where_in_words


@dataclass(frozen=True, slots=True)
class Sentence:
    """One rule in words.

    key     path of the value it puts into words
    source  its layer, line and tag
    """

    key: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a section says of one thing: a class, a seat, a decision."""

    key: str
    sentences: tuple[Sentence, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Where its sentences come from, once for each layer: ``Our constitution: by statute, CCBSA 2014 s.111``."""
        layers: dict[str, dict[str, None]] = {}
        for sentence in self.sentences:
            layers.setdefault(sentence.source.whose, {}).setdefault(sentence.source.rests_on)
        return tuple(
            ": ".join(filter(None, (whose, "; ".join(filter(None, rests))))) for whose, rests in layers.items()
        )


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the rule book. ``key`` is the noun it is about, usable as an anchor."""

    key: str
    heading: str
    sentences: tuple[Sentence, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Sentences that speak of the same thing, together."""
        grouped = groupby(self.sentences, key=lambda sentence: _thing(sentence.key))
        return tuple(Paragraph(key, tuple(sentences)) for key, sentences in grouped)


def _thing(path: str) -> str:
    parts = path.split(".")
    return ".".join(parts[: 4 if parts[2:3] == ["seats"] else 2])


Said = Iterator[tuple[str, str]]
Noun = TypeVar("Noun")


def explain(book: Rulebook) -> tuple[Section, ...]:
    """The whole rule book, in the order a member would ask; parts with nothing to say are left out."""
    parts: tuple[tuple[str, str, Said], ...] = (
        ("mutual", "What we are", _mutual(book)),
        ("classes", "Who may be a member", _each(book, book.classes, _class)),
        ("constituencies", "How members are grouped", _each(book, book.constituencies, _constituency)),
        ("shares", "What members hold", _each(book, book.shares, _share)),
        *((f"bodies.{body.key}", capital(book.label(body.key)), _body(book, body)) for body in book.bodies.values()),
        ("decisions", "Who decides what", _decisions(book)),
        ("duties", "What must be done, and when", _each(book, book.duties, _duty)),
        ("limits", "What must stay true", _each(book, book.limits, _limit)),
        ("links", "Whom we are tied to", _links(book)),
    )
    sections = (
        Section(key, heading, tuple(Sentence(path, text, book.source_of(path)) for path, text in said))
        for key, heading, said in parts
    )
    return tuple(section for section in sections if section.sentences)


def explain_key(book: Rulebook, key: str) -> tuple[Sentence, ...]:
    """What the rule book says of one key and everything below it. Raises KeyError when it has no such key.

    A rule is explained by itself, since sections speak of it only within decisions.
    """
    if key.startswith("rules."):
        name = key.split(".")[1]
        rule = book.rules[name]
        path = f"rules.{name}"
        return (Sentence(path, f"{capital(book.label(name))}: {rule_in_words(rule)}.", book.source_of(key)),)
    found = tuple(
        sentence
        for section in explain(book)
        for sentence in section.sentences
        if sentence.key == key or sentence.key.startswith(f"{key}.")
    )
    if found:
        return found
    return _around(book, key)


def _around(book: Rulebook, key: str) -> tuple[Sentence, ...]:
    """The sentence that puts a single field into words is that of the noun around it."""
    if not book.provenance.states(key):
        raise KeyError(key)
    sentences = [sentence for section in explain(book) for sentence in section.sentences]
    place = key
    while place:
        place = place.rpartition(".")[0]
        found = tuple(sentence for sentence in sentences if sentence.key == place)
        if found:
            return found
    raise KeyError(key)


def _labels(book: Rulebook, keys: tuple[str, ...], *, last: str = "and") -> str:
    return listed([book.label(key) for key in keys], last=last)


def _each(book: Rulebook, nouns: Mapping[str, Noun], say: Callable[[Rulebook, Noun], Said]) -> Said:
    for noun in nouns.values():
        yield from say(book, noun)


FORMS = {
    "nhs_foundation_trust": "an NHS foundation trust",
    "unincorporated_agreement": "a partnership that rests on an agreement",
    "scic_sas": "a société coopérative d'intérêt collectif (SAS)",
    "scic_sa": "a société coopérative d'intérêt collectif (SA)",
    "scic_sarl": "a société coopérative d'intérêt collectif (SARL)",
    "cooperative_society": "a co-operative society",
}


def _mutual(book: Rulebook) -> Said:
    mutual = book.mutual
    form = FORMS.get(mutual.form, f"a {mutual.form.replace('_', ' ')}")
    yield "mutual.name", f"{mutual.name} is {form}."
    if mutual.phase.value == "forming":
        yield "mutual.phase", "It is still being founded; these are its interim rules."
    for law in book.laws:
        yield "mutual.packs", f"It is bound by the {law.title}; nothing in these rules may weaken that."


def _class(book: Rulebook, cls: MemberClass) -> Said:
    path = f"classes.{cls.key}"
    who = "A person" if cls.holder is Holder.PERSON else "An organisation"
    conditions = where_in_words(book, cls.where)
    age = f"is at least {cls.age}" if cls.age else ""
    needed = " and ".join(part for part in (age, conditions) if part)
    yield path, f"{who}{f' who {needed}' if needed else ''} may be one of the {book.label(cls.key)}."
    yield (
        f"{path}.join",
        {
            Join.AUTOMATIC: "They are members from the day they qualify.",
            Join.OPT_OUT: "They are members once invited, unless they say no; a no is kept for good.",
            Join.APPLY: "They join by applying.",
            Join.APPOINTED: "They are appointed.",
        }[cls.join],
    )
    if cls.share:
        share = book.shares[cls.share]
        yield f"{path}.share", f"Each holds {share.hold.in_words} {book.label(cls.share)} of {share.nominal.in_words}."
    if cls.voice is not Voice.VOTING:
        heard = "They are consulted but do not vote." if cls.voice is Voice.CONSULTED else "They do not vote."
        yield f"{path}.voice", heard
    if cls.representative:
        deputies = f" and {cls.representative.deputy} deputy" if cls.representative.deputy else ""
        yield (
            f"{path}.representative",
            f"It votes through {cls.representative.n} representative{deputies}, named in writing.",
        )


def _constituency(book: Rulebook, part: Constituency) -> Said:
    conditions = where_in_words(book, part.where)
    text = f"{capital(book.label(part.key))}: {book.label(part.of)}" + (
        f", each of whom {conditions}." if conditions else "."
    )
    yield f"constituencies.{part.key}", text


def _share(book: Rulebook, share: ShareClass) -> Said:
    path = f"shares.{share.key}"
    yield (
        f"{path}.nominal",
        f"The {book.label(share.key)} is worth {share.nominal.in_words}; a member holds {share.hold.in_words}.",
    )
    yield (
        f"{path}.votes",
        {
            Votes.PER_MEMBER: "Each member has one vote, whatever they hold.",
            Votes.PER_SHARE: "Each share carries one vote.",
            Votes.NONE: "It carries no vote.",
        }[share.votes],
    )
    moves = ("may be" if share.transferable else "cannot be", "may be" if share.withdrawable else "cannot be")
    yield f"{path}.transferable", f"It {moves[0]} transferred and {moves[1]} withdrawn."
    dividends = {
        "none": "It pays no dividend.",
        "capped": "Its dividend is capped.",
        "uncapped": "It may pay a dividend.",
    }
    yield f"{path}.dividend", dividends[share.dividend]
    if share.on_leaving:
        act = LEAVINGS.get(share.on_leaving.act, f"this happens to it: {share.on_leaving.act.replace('_', ' ')}")
        to = f" to {book.label(share.on_leaving.to)}" if share.on_leaving.to else ""
        yield f"{path}.on_leaving", f"When a member leaves, {act}{to}."


LEAVINGS = {
    "cancel_to_reserve": "it is cancelled and what it was worth goes to the reserve",
    "transfer_at_par": "it passes at its face value",
    "offer": "it is offered",
    "repay_at_par_within_5y": "it is repaid at its face value within 5 years",
}
KINDS = {
    BodyKind.GENERAL_MEETING: "is the meeting of",
    BodyKind.COUNCIL: "speaks for those who elect and name it",
    BodyKind.BOARD: "runs the organisation",
    BodyKind.COMMITTEE: "is a committee",
    BodyKind.ADVISORY: "advises",
    BodyKind.TRUSTEES: "holds property on trust",
}


def _body(book: Rulebook, body: Body) -> Said:
    path, name = f"bodies.{body.key}", capital(book.label(body.key))
    of = f" {_labels(book, body.of)}" if body.kind is BodyKind.GENERAL_MEETING else ""
    made = f" made of {_labels(book, body.of)}" if body.of and not of else ""
    yield path, f"{name} {KINDS[body.kind]}{of}{made}."
    if body.seats:
        yield f"{path}.seats", _seats_in_all(body)
    if body.meets:
        yield f"{path}.meets", f"It meets at least {body.meets.in_words}."
    if body.quorum is not None:
        whom = "" if isinstance(body.quorum, int | Mapping) else " of those entitled to be there"
        yield f"{path}.quorum", f"{capital(quorum_in_words(book, body.quorum))}{whom} must be present."
    if body.open_to:
        yield f"{path}.open_to", f"Its meetings are open to {_labels(book, body.open_to)}."
    if body.weights:
        total = sum(body.weights.values())
        parts = [f"{book.label(key)} {weight * 100 // total}%" for key, weight in body.weights.items()]
        how = "cast whole for its majority" if body.split == "block" else "split as its own members vote"
        yield f"{path}.weights", f"Votes are weighted: {listed(parts)}. Each part is {how}."
    if body.chair:
        chair = {"elected_by_board": "chosen by its members", "elected_by_body": "chosen by its members"}
        yield f"{path}.chair", f"In the chair: {chair.get(body.chair, book.label(f'{body.key}.{body.chair}'))}."
    for seat in body.seats.values():
        yield from _seat(book, seat)


def _seats_in_all(body: Body) -> str:
    seats = sum(seat.n for seat in body.seats.values())
    voting = sum(seat.n for seat in body.seats.values() if seat.vote)
    if seats == voting:
        return f"It has {seats} seats, each with a vote." if seats > 1 else "It has one seat."
    return f"It has {seats} seats, {voting} of them with a vote."


def _seat(book: Rulebook, seat: Seat) -> Said:
    path = f"bodies.{seat.body}.seats.{seat.key}"
    seats = "1 seat" if seat.n == 1 else f"{seat.n} seats"
    who = _labels(book, seat.by) or book.label(seat.body)
    filled = {
        How.ELECTED: f"elected by {who}",
        How.APPOINTED: f"appointed by {who}",
        How.NOMINATED: f"nominated by {who}",
        How.EX_OFFICIO: f"held by whoever is {who} of {book.label(seat.by[0].split('.')[0]) if seat.by else ''}",
        How.CO_OPTED: "co-opted",
    }[seat.how]
    vote = "" if seat.vote else ", without a vote"
    yield path, f"{capital(book.label(seat.path))}: {seats}, {filled}{vote}."
    terms = seat.terms
    if terms.term:
        most = f", {terms.max.in_words} in all at most" if terms.max else ""
        yield f"{path}.term", f"A term as {book.label(seat.path)} is {terms.term.in_words}{most}."
    if seat.lapses:
        yield f"{path}.lapses", f"The seat ends when: {listed([e.replace('_', ' ') for e in seat.lapses], last='or')}."
    if seat.vacancy:
        follows = {
            "by_election": "a by-election is held",
            "next_highest": "it is offered to the next-highest candidate",
            "leave_until_next": "it waits for the next election",
            "appoint": "a successor is appointed",
            "co_opt": "a successor is co-opted",
        }
        yield f"{path}.vacancy", f"When it falls vacant, {follows[seat.vacancy]}."


def _decisions(book: Rulebook) -> Said:
    for decision in book.decisions.values():
        yield from _decision(book, decision)
    rest = residual_body(book)
    yield f"bodies.{rest.key}", f"Everything that these rules do not name is decided by {book.label(rest.key)}."


def _decision(book: Rulebook, decision: Decision) -> Said:
    path = f"decisions.{decision.key}"
    covers = f" (and {listed([matter.replace('_', ' ') for matter in decision.covers])})" if decision.covers else ""
    steps = "; then ".join(_step(book, decision, step) for step in decision.steps)
    yield path, f"{capital(book.label(decision.key))}{covers}: {steps}."
    if decision.propose:
        parts = [f"{share_or_count(part)} of {book.label(key)}" for key, part in decision.propose.items()]
        yield f"{path}.propose", f"It may be proposed by {listed(parts, last='or')}."
    if decision.special_notice:
        yield f"{path}.special_notice", f"It needs {decision.special_notice.in_words} of special notice first."
    if decision.hear:
        yield f"{path}.hear", "Whoever it is about is heard before the vote."
    if decision.file:
        yield f"{path}.file", f"The result is sent to {book.label(f'org.{decision.file}')}."


def _step(book: Rulebook, decision: Decision, step: Step) -> str:
    who = "the electors of each seat" if step.by == ("seat",) else _labels(book, step.by)
    when = f" (only if: {step.when.replace('_', ' ')})" if step.when else ""
    lapses = ", or else it lapses" if step.otherwise else ""
    return f"{who} by {rule_in_words(step.rule)}{when}{lapses}"


DOINGS = {
    "consult": "must consult",
    "inform": "must inform",
    "report": "must report to",
    "answer": "must answer",
    "meet": "must meet",
    "file": "must file a return with",
    "train": "must offer training to",
}


def _duty(book: Rulebook, duty: Duty) -> Said:
    when = [f"every {duty.every.in_words}".replace("every 1 ", "every ")] if duty.every else []
    if duty.before:
        when.append(f"before deciding on {listed([book.label(matter) for matter in duty.before], last='or')}")
    if duty.within:
        when.append(duty.within.in_words)
    about = f" on {duty.on}" if duty.on else ""
    text = f"{capital(book.label(duty.owed_by))} {DOINGS[duty.do.value]} {_labels(book, duty.owed_to)}{about}"
    yield f"duties.{duty.key}", ", ".join([text, *when]) + "."


def _limit(book: Rulebook, limit: Limit) -> Said:
    bounds = listed(bounds_in_words(limit))
    of = f" of {limit_of(book, limit)}" if limit.of else ""
    text = limit.note or f"{capital(limit_subject(book, limit))} must be {bounds}{of}."
    yield f"limits.{limit.key}", text


def limit_of(book: Rulebook, limit: Limit) -> str:
    subject, _, what = limit.of.partition(".")
    return f"the {what.replace('_', ' ')} of {book.label(subject)}" if what else book.label(subject)


def _links(book: Rulebook) -> Said:
    for link in book.links.values():
        holding = f", holding {fraction_in_words(link.holding)}" if link.holding else ""
        gives = f": {link.gives}" if link.gives else ""
        yield f"links.{link.key}", f"{capital(link.kind)}: {book.label(f'org.{link.org}')}{holding}{gives}."
