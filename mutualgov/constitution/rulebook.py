"""The rules of one mutual on a date, merged from all layers: what every room asks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from .document.nouns import (
    OFFICERS,
    About,
    Body,
    BodyKind,
    Constituency,
    Decision,
    Duty,
    Limit,
    Link,
    MemberClass,
    Mutual,
    Nouns,
    Rule,
    Seat,
    ShareClass,
)
from .document.problems import Problem
from .lawpack import Figure, LawPack
from .provenance import Provenance, Source


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Merged rules. Mappings are read-only and keep the order of the document.

    nouns     the ten nouns
    laws      the law packs that apply
    warnings  what the law packs would warn of: floors whose text is unverified
    version   number of the adopted version these rules come from; None for a document not adopted
    """

    nouns: Nouns
    laws: tuple[LawPack, ...]
    provenance: Provenance
    warnings: tuple[Problem, ...] = ()
    version: int | None = None
    _seats: Mapping[str, Seat] = field(default_factory=dict)

    @classmethod
    def of(
        cls, nouns: Nouns, *, laws: tuple[LawPack, ...], provenance: Provenance, warnings: tuple[Problem, ...] = ()
    ) -> "Rulebook":
        seats = {seat.path: seat for body in nouns.bodies.values() for seat in body.seats.values()}
        return cls(nouns, laws, provenance, warnings, None, MappingProxyType(seats))

    def numbered(self, version: int) -> "Rulebook":
        """The same rules, known by the number of the version that was adopted."""
        return replace(self, version=version)

    @property
    def mutual(self) -> Mutual:
        return self.nouns.mutual

    @property
    def about(self) -> About:
        return self.nouns.about

    @property
    def classes(self) -> Mapping[str, MemberClass]:
        return self.nouns.classes

    @property
    def constituencies(self) -> Mapping[str, Constituency]:
        return self.nouns.constituencies

    @property
    def shares(self) -> Mapping[str, ShareClass]:
        return self.nouns.shares

    @property
    def bodies(self) -> Mapping[str, Body]:
        return self.nouns.bodies

    @property
    def rules(self) -> Mapping[str, Rule]:
        return self.nouns.rules

    @property
    def decisions(self) -> Mapping[str, Decision]:
        return self.nouns.decisions

    @property
    def duties(self) -> Mapping[str, Duty]:
        return self.nouns.duties

    @property
    def limits(self) -> Mapping[str, Limit]:
        return self.nouns.limits

    @property
    def links(self) -> Mapping[str, Link]:
        return self.nouns.links

    @property
    def seats(self) -> Mapping[str, Seat]:
        """Every seat by ``body.seat``."""
        return self._seats

    def seats_named(self, target: str) -> tuple[Seat, ...]:
        """The seat ``body.seat``, or every seat of a body."""
        if target in self._seats:
            return (self._seats[target],)
        body = self.bodies.get(target)
        return tuple(body.seats.values()) if body else ()

    def bodies_of_kind(self, kind: BodyKind) -> Iterator[Body]:
        return (body for body in self.bodies.values() if body.kind is kind)

    def precedence(self) -> tuple[str, ...]:
        """Classes in the order in which a person who belongs to several is counted."""
        stated = self.mutual.precedence
        return (*stated, *(key for key in self.classes if key not in stated))

    def source_of(self, path: str) -> Source:
        """Layer, line and tag of the value at a dotted path, such as ``rules.remove.pass``."""
        return self.provenance.of(path)

    def law_figure(self, key: str) -> Figure:
        """A statutory figure by name. Raises KeyError when no pack of this mutual holds it."""
        for law in self.laws:
            if key in law.figures:
                return law.figures[key]
        raise KeyError(key)

    def root_class(self, electorate: str) -> str:
        """The class behind an electorate: itself, or the class a constituency is part of; empty for others."""
        if electorate in self.classes:
            return electorate
        part = self.constituencies.get(electorate)
        return part.of if part else ""

    def label(self, key: str) -> str:
        """What members call the thing behind a reference."""
        if key.startswith("org."):
            known = self.nouns.organisations.get(key[4:])
            return known or f"the {key[4:].replace('_', ' ')}"
        if key in OFFICERS:
            return f"the {key.replace('_', ' ')}"
        if key in self._seats:
            return self._seats[key].name or self._seats[key].key.replace("_", " ")
        for part in (self.classes, self.constituencies, self.bodies, self.shares, self.decisions, self.rules):
            if key in part:
                return part[key].name or key.replace("_", " ")
        return key.replace("_", " ")
