"""Whether every key that a constitution mentions is one that it defines."""

import re
from collections.abc import Iterable, Iterator

from .fields import Reader
from .nouns import OFFICERS, Body, BodyKind, Decision, Holder, How, Limit, Nouns, Of, Rule, Seat
from .problems import suggestion
from .tree import Layer, Node

MEASURES = {
    "body": frozenset({"seats", "voting_seats", "weights", "colleges"}),
    "share": frozenset({"shares", "voting_shares"}),
}
SUMS = frozenset({"surplus", "members", "shares", "votes", "workers", "business"})


class References:
    """Checks one constitution; problems go to the reader with the line of the value at fault."""

    def __init__(self, nouns: Nouns, root: Node, reader: Reader) -> None:
        self.nouns = nouns
        self.reader = reader
        self.places = dict(root.walk())
        self.seats = {seat.path: seat for body in nouns.bodies.values() for seat in body.seats.values()}
        self.electorates = {*nouns.classes, *nouns.constituencies, *nouns.bodies}
        self.unread = self._unread()

    def check(self) -> None:
        for check in (
            self._keys_are_unique,
            self._mutual,
            self._classes,
            self._constituencies,
            self._shares,
            self._bodies,
            self._seats,
            self._ex_officio_chains_end,
            self._committees_end,
            self._decisions,
            self._duties,
            self._limits,
        ):
            check()

    def _unread(self) -> set[str]:
        """Keys that are written but could not be read: their own problem is told, not that others name them."""
        unread = set()
        for part in ("classes", "constituencies", "shares", "bodies"):
            written = {path.split(".")[1] for path in self.places if path.startswith(f"{part}.")}
            unread |= written - set(getattr(self.nouns, part))
        seats = re.compile(r"bodies\.(\w+)\.seats\.(\w+)")
        written = {f"{match[1]}.{match[2]}" for path in self.places if (match := seats.fullmatch(path))}
        return unread | (written - set(self.seats))

    def _wrong(self, path: str, message: str, remedy: str) -> None:
        place, node = path, self.places.get(path)
        while node is None and place:
            place = place.rpartition(".")[0]
            node = self.places.get(place)
        if node is not None:
            self.reader.problem(node, path, message, remedy)

    def _known(self, found: str, known: Iterable[str], path: str, what: str) -> None:
        if found and found not in known and found not in self.unread:
            self._wrong(path, f"There is no {what} “{found}”.", suggestion(found, known))

    def _electorate(self, found: str, path: str, *, seats: bool = False, outside: bool = False) -> None:
        """A class, constituency or body; where allowed also a seat, an officer or an outside organisation."""
        known = self.electorates | (set(self.seats) if seats else set())
        if found in known or found in self.unread or (outside and (found in OFFICERS or self._is_organisation(found))):
            return
        if found.startswith("org."):
            self._wrong(path, f"{found} is an outside organisation and cannot do this.", "Name a class or a body.")
            return
        self._wrong(path, f"“{found}” is no class, constituency or body.", suggestion(found, known))

    @staticmethod
    def _is_organisation(found: str) -> bool:
        return found.startswith("org.") and len(found) > 4

    def _keys_are_unique(self) -> None:
        """One word, one thing: a ``by`` could not tell a class from a body of the same key."""
        taken: dict[str, str] = {}
        for part in ("classes", "constituencies", "bodies"):
            for key in getattr(self.nouns, part):
                if key in taken:
                    message = f"“{key}” is already a key under {taken[key]}."
                    self._wrong(f"{part}.{key}", message, "Give one of them another key.")
                taken.setdefault(key, part)

    def _mutual(self) -> None:
        for key in self.nouns.mutual.precedence:
            self._known(key, self.nouns.classes, "mutual.precedence", "class")

    def _classes(self) -> None:
        for cls in self.nouns.classes.values():
            self._known(cls.share, self.nouns.shares, f"classes.{cls.key}.share", "share")
            if cls.representative and cls.holder is not Holder.ORGANISATION:
                self._wrong(
                    f"classes.{cls.key}.representative",
                    "Only an organisation votes through a representative.",
                    "Leave representative out, or write holder: organisation.",
                )

    def _constituencies(self) -> None:
        for part in self.nouns.constituencies.values():
            self._known(part.of, self.nouns.classes, f"constituencies.{part.key}.of", "class")

    def _shares(self) -> None:
        for share in self.nouns.shares.values():
            to = share.on_leaving.to if share.on_leaving else ""
            if to and not self._is_organisation(to):
                self._electorate(to, f"shares.{share.key}.on_leaving")

    def _bodies(self) -> None:
        for body in self.nouns.bodies.values():
            path = f"bodies.{body.key}"
            self._made_of(body, path)
            for college in body.weights:
                self._known(college, body.of, f"{path}.weights.{college}", "college of this body")
            if (
                body.chair
                and body.chair not in body.seats
                and body.chair not in ("elected_by_board", "elected_by_body")
            ):
                self._wrong(
                    f"{path}.chair", f"“{body.chair}” is no seat of {body.key}.", suggestion(body.chair, body.seats)
                )

    def _made_of(self, body: Body, path: str) -> None:
        if body.kind is BodyKind.GENERAL_MEETING:
            if not body.of:
                self._wrong(path, "The general meeting does not say of whom.", "Add of: and the classes that meet.")
            for key in body.of:
                self._known(key, self.nouns.classes, f"{path}.of", "class")
        else:
            for key in body.of:
                known = {*self.seats, *self.nouns.bodies, *self.nouns.classes}
                self._known(key, known, f"{path}.of", "seat, body or class")
            if not body.seats and not body.of:
                self._wrong(path, f"Nobody sits in {body.key}.", "Add seats:, or of: and the seats it is made of.")

    def _seats(self) -> None:
        for seat in self.seats.values():
            path = f"bodies.{seat.body}.seats.{seat.key}"
            self._filled(seat, path)
            for key in seat.eligible_from:
                self._electorate(key, f"{path}.from")
            term, most = seat.terms.term, seat.terms.max
            if term and most and most.rough_days < term.rough_days:
                self._wrong(f"{path}.max", f"All terms together ({most}) are shorter than one ({term}).", "Raise max.")

    def _filled(self, seat: Seat, path: str) -> None:
        if not seat.by:
            if seat.how is not How.CO_OPTED:
                self._wrong(path, f"The seat is {seat.how.value} but does not say by whom.", "Add by:.")
            return
        for key in seat.by:
            if seat.how is How.NOMINATED:
                self._electorate(key, f"{path}.by", outside=True)
            elif seat.how is How.EX_OFFICIO:
                self._known(key, {*self.seats, *OFFICERS}, f"{path}.by", "office")
            elif seat.how is How.ELECTED:
                self._voters(key, f"{path}.by")
            else:
                self._known(key, self.nouns.bodies, f"{path}.by", "body")

    def _voters(self, key: str, path: str) -> None:
        self._electorate(key, path)
        cls = self.nouns.classes.get(key)
        if cls is not None and cls.voice.value != "voting":
            self._wrong(path, f"The class {key} has no vote.", "Name a class with voice: voting.")

    def _ex_officio_chains_end(self) -> None:
        """A seat that follows an office which follows the seat would never be filled."""
        for start, seat in self.seats.items():
            seen, here = [start], seat
            while here.how is How.EX_OFFICIO and here.by and here.by[0] in self.seats:
                following = here.by[0]
                if following in seen:
                    if start == min(seen):
                        chain = " → ".join([*seen, following])
                        message = f"These seats follow each other in a circle: {chain}."
                        self._wrong(f"bodies.{seat.body}.seats.{seat.key}.by", message, "Fill one of them another way.")
                    break
                seen.append(following)
                here = self.seats[following]

    def _committees_end(self) -> None:
        """A body made of a body which is made of the first would have no members."""
        for start in self.nouns.bodies:
            stack, seen = [start], set()
            while stack:
                body = self.nouns.bodies.get(stack.pop())
                for key in body.of if body else ():
                    if key == start:
                        message = f"{start} is made of a body that is made of {start}."
                        self._wrong(f"bodies.{start}.of", message, "Name seats instead.")
                        return
                    if key in self.nouns.bodies and key not in seen:
                        seen.add(key)
                        stack.append(key)

    def _decisions(self) -> None:
        covered: dict[str, str] = {}
        for decision in self.nouns.decisions.values():
            path = f"decisions.{decision.key}"
            for target in decision.on:
                self._known(target, {*self.seats, *self.nouns.bodies}, f"{path}.on", "seat or body")
            for proposer in decision.propose:
                self._electorate(proposer, f"{path}.propose.{proposer}")
            for matter in decision.matters:
                if matter in covered:
                    message = f"“{matter}” is already decided by {covered[matter]}."
                    self._wrong(path, message, "Let one decision name it.")
                covered.setdefault(matter, decision.key)
            for number, step in enumerate(decision.steps, start=1):
                self._step(decision, step.by, step.rule, path, number)

    def _step(self, decision: Decision, by: tuple[str, ...], rule: Rule, path: str, number: int) -> None:
        here = f"{path}.steps.{number}" if f"{path}.steps.{number}" in self.places else path
        for key in by:
            if key == "seat":
                self._polls_seats(decision, f"{here}.by")
            else:
                self._voters(key, f"{here}.by")
        if rule.of is Of.ALL and rule.turnout is not None:
            self._wrong(
                f"{here}.rule", "A share of all already needs a turnout.", "Leave turnout out, or write of: cast."
            )

    def _polls_seats(self, decision: Decision, path: str) -> None:
        elected = [seat for seat in self.seats.values() if seat.how is How.ELECTED]
        targets = [seat for seat in elected if seat.path in decision.on or seat.body in decision.on]
        if not targets:
            self._wrong(
                path, "by: seat polls the electors of elected seats, but on: names none.", "Add on: and a body."
            )

    def _duties(self) -> None:
        for duty in self.nouns.duties.values():
            path = f"duties.{duty.key}"
            self._electorate(duty.owed_by, f"{path}.owed_by", seats=True, outside=True)
            for key in duty.owed_to:
                if key != "everyone":
                    self._electorate(key, f"{path}.owed_to", seats=True, outside=True)
            matters = {matter for decision in self.nouns.decisions.values() for matter in decision.matters}
            for matter in duty.before:
                self._known(matter, matters, f"{path}.before", "decision on")

    def _limits(self) -> None:
        for limit in self.nouns.limits.values():
            if self._layer(f"limits.{limit.key}") is Layer.LAW:
                continue  # a pack speaks of bodies and classes that a mutual may not have
            for field in ("count", "of"):
                found = getattr(limit, field)
                if found:
                    self._measure(limit, found, f"limits.{limit.key}.{field}")
            for path, key in self._where_keys(limit):
                self._electorate(key, path, outside=True)

    def _layer(self, path: str) -> Layer | None:
        node = self.places.get(path)
        return node.origin.layer if node else None

    def _measure(self, limit: Limit, found: str, path: str) -> None:
        subject, _, measure = found.partition(".")
        if not measure:
            self._known(subject, {*self.nouns.classes, *SUMS}, path, "count")
        elif subject in self.nouns.bodies:
            self._known(measure, MEASURES["body"], path, "count of a body")
        elif subject in self.nouns.shares:
            self._known(measure, MEASURES["share"], path, "count of a share")
        elif subject not in SUMS:
            known = {*self.nouns.bodies, *self.nouns.shares, *SUMS}
            self._wrong(path, f"There is nothing called “{subject}” to count.", suggestion(subject, known))

    @staticmethod
    def _where_keys(limit: Limit) -> Iterator[tuple[str, str]]:
        for alternative in limit.where.alternatives:
            wanted = alternative.get("by", ())
            for key in (wanted,) if isinstance(wanted, str) else wanted if isinstance(wanted, tuple) else ():
                yield f"limits.{limit.key}.where.by", key
