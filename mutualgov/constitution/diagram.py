"""A picture of bodies, electorates and powers, and the same as a list of sentences.

Plain values in, one SVG element out: no style attribute and no script, so that a strict content security policy shows
it; colours come from the page by class (``rules-diagram__…``) over presentation attributes that hold without any.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from .document.nouns import Body, BodyKind, How
from .rulebook import Rulebook
from .wording import capital, listed

COLUMN, GUTTER, BODY_WIDTH, RIGHT = 250, 90, 300, 60
BODY_X = COLUMN + GUTTER
WIDTH = BODY_X + BODY_WIDTH + RIGHT
LINE, PAD, GAP = 18, 12, 22
LEFT_CHARACTERS, BODY_CHARACTERS = 30, 38


@dataclass(frozen=True, slots=True)
class Power:
    """One line of the picture: who does what to which body, in short for the box and as a sentence."""

    source: str
    target: str
    short: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in a box: its name, in bold, and what is said below."""

    key: str
    name: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def height(self) -> int:
        return (len(self.name) + len(self.below)) * LINE + 2 * PAD


@dataclass(frozen=True, slots=True)
class Box:
    """One box and where it stands."""

    words: Words
    x: int
    y: int
    width: int
    kind: str

    @property
    def bottom(self) -> int:
        return self.y + self.words.height

    @property
    def middle(self) -> int:
        return self.y + self.words.height // 2


@dataclass(frozen=True, slots=True)
class Diagram:
    """The picture and its words. ``sentences`` says all that the lines show, in their order."""

    svg: str
    sentences: tuple[str, ...]


VERBS = {
    How.ELECTED: ("elects", "elect"),
    How.APPOINTED: ("appoints", "appoint"),
    How.NOMINATED: ("nominates", "nominate"),
}


def diagram(book: Rulebook, *, element_id: str = "rules-diagram") -> Diagram:
    """Draw a rulebook. ``element_id`` must be unique on the page that shows it."""
    powers = powers_of(book)
    left = _electorates(book, powers)
    bodies = _bodies(book, powers, left)
    boxes = {box.words.key: box for box in [*left, *bodies]}
    return Diagram(_svg(book, boxes, powers, element_id), tuple(power.sentence for power in powers))


def powers_of(book: Rulebook) -> tuple[Power, ...]:
    """Who fills which body, who meets in which, and which body removes from which, one line for each pair."""
    found: dict[tuple[str, str, str], int] = {}
    for body in book.bodies.values():
        if body.kind is BodyKind.GENERAL_MEETING:
            for key in body.of:
                found[(key, body.key, "meets")] = 0
        for seat in body.seats.values():
            for source in _sources(book, seat.by) if seat.how in VERBS else ():
                if source != body.key:
                    pair = (source, body.key, VERBS[seat.how][0])
                    found[pair] = found.get(pair, 0) + seat.n
    for decision in book.decisions.values():
        if decision.key.startswith("remove"):
            targets = dict.fromkeys(target.split(".")[0] for target in decision.on)
            for source in (key for step in decision.steps for key in step.by):
                found.update({(source, target, "may remove"): 0 for target in targets if target != source})
    return tuple(_power(book, *pair, n) for pair, n in found.items())


def _sources(book: Rulebook, by: Iterable[str]) -> list[str]:
    """A seat that another seat fills is drawn from that seat's body."""
    return list(dict.fromkeys(book.seats[key].body if key in book.seats else key for key in by))


def _power(book: Rulebook, source: str, target: str, verb: str, n: int) -> Power:
    who, body = capital(book.label(source)), book.label(target)
    if verb == "meets":
        return Power(source, target, f"meet in {body}", f"{who} meet in {body}.")
    if verb == "may remove":
        return Power(source, target, f"may remove from {body}", f"{who} may remove members of {body}.")
    filled = {"elects": "elected", "appoints": "appointed", "nominates": "nominated"}[verb]
    seats = f"1 seat of {body} is" if n == 1 else f"{n} seats of {body} are"
    noun = "seat" if n == 1 else "seats"
    many = source in book.classes or source in book.constituencies
    short = f"{verb[:-1] if many else verb} {n} {noun} of {body}"
    return Power(source, target, short, f"{seats} {filled} by {book.label(source)}.")


def _electorates(book: Rulebook, powers: tuple[Power, ...]) -> list[Box]:
    """Boxes on the left: classes, constituencies and nominators, in the order of the bodies they act on."""
    boxes: list[Box] = []
    for key in dict.fromkeys(power.source for power in powers if power.source not in book.bodies):
        below = [line for p in powers if p.source == key for line in _wrap(capital(p.short), LEFT_CHARACTERS)]
        words = Words(key, tuple(_wrap(capital(book.label(key)), LEFT_CHARACTERS - 2)), tuple(below))
        boxes.append(Box(words, 0, boxes[-1].bottom + GAP if boxes else 4, COLUMN, "electorate"))
    return boxes


def _bodies(book: Rulebook, powers: tuple[Power, ...], left: list[Box]) -> list[Box]:
    """Boxes in the middle, each as near as may be to the boxes that act on it."""
    middles = {box.words.key: box.middle for box in left}
    boxes: list[Box] = []
    for body in book.bodies.values():
        words = _body_words(book, body, powers)
        lowest = boxes[-1].bottom + GAP if boxes else 4
        acting = [middles[p.source] for p in powers if p.target == body.key and p.source in middles]
        wanted = sum(acting) // len(acting) - words.height // 2 if acting else lowest
        boxes.append(Box(words, BODY_X, max(lowest, wanted), BODY_WIDTH, "body"))
    return boxes


def _body_words(book: Rulebook, body: Body, powers: tuple[Power, ...]) -> Words:
    below = [_seat_count(body)] if body.seats else []
    for power in powers:
        if power.source == body.key:
            below.extend(_wrap(capital(power.short), BODY_CHARACTERS))
    decides = [book.label(d.key) for d in book.decisions.values() if any(body.key in s.by for s in d.steps)]
    if decides:
        named = decides if len(decides) <= 4 else [*decides[:3], f"{len(decides) - 3} more"]
        below.extend(_wrap(f"Decides: {listed(named)}", BODY_CHARACTERS))
    return Words(body.key, tuple(_wrap(capital(book.label(body.key)), BODY_CHARACTERS - 4)), tuple(below))


def _seat_count(body: Body) -> str:
    seats = sum(seat.n for seat in body.seats.values())
    voting = sum(seat.n for seat in body.seats.values() if seat.vote)
    noun = "seat" if seats == 1 else "seats"
    return f"{seats} {noun}" if seats == voting else f"{seats} {noun}, {voting} with a vote"


def _wrap(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _svg(book: Rulebook, boxes: dict[str, Box], powers: tuple[Power, ...], element_id: str) -> str:
    height = max(box.bottom for box in boxes.values()) + 4
    title = escape(f"Who fills what at {book.mutual.name}")
    description = escape(" ".join(power.sentence for power in powers))
    arrow = f"{element_id}-arrow"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" id={quoteattr(element_id)} class="rules-diagram" role="img" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'aria-labelledby="{element_id}-title {element_id}-desc">',
        f'<title id="{element_id}-title">{title}</title><desc id="{element_id}-desc">{description}</desc>',
        f'<defs><marker id="{arrow}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 L8 4 L0 8 z" class="rules-diagram__arrow" '
        f'fill="#4c6272"/></marker></defs>',
    ]
    pairs = list(dict.fromkeys((power.source, power.target) for power in powers))
    parts += [_line(boxes, pair, pairs, arrow) for pair in pairs]
    parts += [_box(box) for box in boxes.values()]
    return "".join([*parts, "</svg>"])


def _line(boxes: dict[str, Box], pair: tuple[str, str], pairs: list[tuple[str, str]], arrow: str) -> str:
    source, target = boxes[pair[0]], boxes[pair[1]]
    arriving = [other for other in pairs if other[1] == pair[1] and boxes[other[0]].kind == source.kind]
    height = target.bottom - target.y
    end_y = target.y + (arriving.index(pair) + 1) * height // (len(arriving) + 1)
    if source.kind == "electorate":
        start, end = source.x + source.width, target.x
        drawn = f"M{start} {source.middle} C{start + 50} {source.middle} {end - 50} {end_y} {end} {end_y}"
    else:
        edge = source.x + source.width
        bow = edge + 20 + 14 * (pairs.index(pair) % 3)
        drawn = f"M{edge} {source.middle} C{bow} {source.middle} {bow} {end_y} {edge} {end_y}"
    return (
        f'<path d="{drawn}" class="rules-diagram__line" fill="none" stroke="#4c6272" stroke-width="1.5" '
        f'marker-end="url(#{arrow})"/>'
    )


def _box(box: Box) -> str:
    fill = "#e8edee" if box.kind == "electorate" else "#ffffff"
    rect = (
        f'<rect x="{box.x + 1}" y="{box.y}" width="{box.width - 2}" height="{box.words.height}" rx="4" '
        f'class="rules-diagram__{box.kind}" fill="{fill}" stroke="#212b32" stroke-width="1.5"/>'
    )
    lines = [(line, "bold") for line in box.words.name] + [(line, "normal") for line in box.words.below]
    texts = "".join(
        f'<text x="{box.x + PAD}" y="{box.y + PAD + 13 + number * LINE}" class="rules-diagram__text" font-size="14" '
        f'font-weight="{weight}" fill="#212b32">{escape(line)}</text>'
        for number, (line, weight) in enumerate(lines)
    )
    return rect + texts
