"""Lots: who decides when nothing else separates equal candidates.

A count asks ``lots.draw`` and never decides for itself. ``NoLots``, the usual beginning, raises ``LotNeeded``: the
returning officer sees who is tied, decides or draws, and counts again with the decision on record.

``SeededLots`` draws in a way nobody can foresee and everybody can check. Before the poll the returning officer
publishes ``commitment(nonce)`` and names a public source that falls due after the close; afterwards the nonce is
revealed, ``seed_string`` joins the two, and each tie is settled by SHA-256 over seed, tie and candidate: the
candidate with the first digest in hexadecimal order is the one on whom the lot falls.

``rfc3797`` draws as RFC 3797 (Publicly Verifiable Nominations Committee Selection) does, for those who know it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from mutualgov.core.rulings import Refusal
from voting.counting.values import listed


@dataclass(frozen=True, slots=True)
class TiedCandidates:
    """The question put to the lot.

    event    "stage-3|exclusion": the same tie in a recount has the same name
    keys     what each tied candidate is called in the draw, in the order of ``tied``
    places   how many the lot must pick
    """

    event: str
    purpose: str
    stage: int
    tied: tuple[int, ...]
    keys: tuple[str, ...]
    places: int = 1


class LotNeeded(Refusal):
    """Equal to the end: a lot must decide. ``tie`` is the question; count again with the answer in ``lots``."""

    def __init__(self, tie: TiedCandidates) -> None:
        self.tie = tie
        picks = "one" if tie.places == 1 else str(tie.places)
        super().__init__(
            f"Stage {tie.stage}: {listed(tie.keys)} are equal throughout. Draw a lot to pick {picks} "
            f"{PURPOSES[tie.purpose]}, and count again with it.",
            rule="lot",
        )


PURPOSES = {
    "exclusion": "to be excluded",
    "surplus": "whose surplus goes first",
    "seat": "to be elected",
    "order": "to come first in the order of election",
}


class Lots(Protocol):
    def draw(self, tie: TiedCandidates) -> tuple[int, ...]:
        """The candidates on whom the lot falls, ``tie.places`` of them; or LotNeeded."""


class NoLots:
    """Stop and ask."""

    def draw(self, tie: TiedCandidates) -> tuple[int, ...]:
        raise LotNeeded(tie)


@dataclass(frozen=True, slots=True)
class ManualLots:
    """Lots the returning officer drew, by event: {"stage-3|exclusion": ("D",)}, candidates by their key."""

    drawn: Mapping[str, Sequence[str]]

    def draw(self, tie: TiedCandidates) -> tuple[int, ...]:
        fell_on = tuple(self.drawn.get(tie.event, ()))
        if not fell_on:
            raise LotNeeded(tie)
        if len(fell_on) != tie.places or len(set(fell_on)) < tie.places or not set(fell_on) <= set(tie.keys):
            raise Refusal(
                f"The lot recorded for {tie.event} names {listed(fell_on)}; it must name {tie.places} of "
                f"{listed(tie.keys)}.",
                rule="lot",
            )
        return tuple(tie.tied[tie.keys.index(key)] for key in fell_on)


@dataclass(frozen=True, slots=True)
class ListedLots:
    """One order of all candidates, agreed beforehand: the lot falls on whoever of the tied comes first in it."""

    order: Sequence[int]
    rank: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rank", {candidate: place for place, candidate in enumerate(self.order)})

    def draw(self, tie: TiedCandidates) -> tuple[int, ...]:
        if not all(candidate in self.rank for candidate in tie.tied):
            raise LotNeeded(tie)
        return tuple(sorted(tie.tied, key=self.rank.__getitem__)[: tie.places])


@dataclass(frozen=True, slots=True)
class SeededLots:
    """Lots drawn from a recorded seed, so that anyone can draw them again."""

    seed: str

    def draw(self, tie: TiedCandidates) -> tuple[int, ...]:
        digests = {
            candidate: lot_digest(seed=self.seed, event=tie.event, key=key)
            for candidate, key in zip(tie.tied, tie.keys, strict=True)
        }
        return tuple(sorted(tie.tied, key=lambda candidate: digests[candidate])[: tie.places])


def lot_digest(*, seed: str, event: str, key: str) -> str:
    """A candidate's place in one draw: lower-case hexadecimal, lowest first."""
    import hashlib

    return hashlib.sha256(f"{seed}|{event}|{key}".encode()).hexdigest()


def commitment(nonce: str) -> str:
    """What is published before the poll opens: the SHA-256 of the nonce's bytes. ``nonce`` is hexadecimal."""
    import hashlib

    return hashlib.sha256(bytes.fromhex(nonce)).hexdigest()


def seed_string(*, election: str, nonce: str, public: str) -> str:
    """The seed, from the revealed nonce (hexadecimal) and the public source's values in their agreed form."""
    return f"mutualgov-lot-v1|{election}|nonce={nonce}|public={public}"


def revealed_seed(*, election: str, nonce: str, public: str, committed: str) -> str:
    """The seed, if the nonce is the one committed to. Raises Refusal if it is another."""
    import hmac

    if len(bytes.fromhex(nonce)) < 16:
        raise Refusal("The nonce is shorter than 128 bits; take 16 random bytes or more.", rule="lot")
    if not hmac.compare_digest(commitment(nonce), committed.lower()):
        raise Refusal(
            f"The nonce revealed hashes to {commitment(nonce)}, but {committed} was published before the poll.",
            rule="lot",
        )
    return seed_string(election=election, nonce=nonce, public=public)


def rfc3797(*, sources: Sequence[Sequence[int]], pool: int, picks: int) -> tuple[int, ...]:
    """Positions, 1 for the first, picked from a numbered list of ``pool``.

    sources  the numbers each public source produced, in the published order of sources

    Source: RFC 3797 sections 4 and 5. MD5 is what the memo prescribes; for new elections use SeededLots.
    """
    import hashlib

    key = "".join("".join(f"{number}." for number in sorted(source)) + "/" for source in sources).encode()
    left = list(range(1, pool + 1))
    picked = []
    for draw in range(picks):
        count = draw.to_bytes(2, "big")
        digest = hashlib.md5(count + key + count, usedforsecurity=False).digest()
        picked.append(left.pop(int.from_bytes(digest, "big") % len(left)))
    return tuple(picked)
