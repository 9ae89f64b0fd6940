"""Everything that can be done to the ledger. Entries are never edited; ``reverse_entry`` corrects them.

Every act takes the lock of its class first (the issuer's account), so two acts on one class wait for one another and
each decides on what the other has written.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from members.models import Membership
from members.queries import names_of
from mutualgov.audit.actions import record
from mutualgov.core.clock import uk_date
from mutualgov.core.rulings import Refusal, Ruling

from . import queries, rules
from .book import member_classes_with, share_terms
from .certificates import issue_certificates, renew_certificates
from .ledger import highest_since, lowest_since
from .models import Kind, ShareAccount, ShareEntry, ShareLine
from .rules import ShareTerms

FACTS = {
    Kind.ALLOT: "shares.allotted",
    Kind.TRANSFER: "shares.transferred",
    Kind.SETTLE: "shares.transferred",
    Kind.CANCEL: "shares.cancelled",
    Kind.REPAY: "shares.repaid",
    Kind.REVERSE: "shares.reversed",
}


class AllotmentRefused(Refusal):
    """Shares cannot be allotted so. ``reasons`` has a sentence for each member in the way."""

    def __init__(self, why: Ruling | str, *, rule: str = "", reasons: Sequence[str] = ()) -> None:
        super().__init__(why, rule=rule)
        self.reasons = tuple(reasons)


class TransferRefused(Refusal):
    """Shares cannot pass from the giver to the taker."""


class CancellationRefused(Refusal):
    """A share cannot cease so."""


class SettlementRefused(Refusal):
    """A leaver's share cannot be settled so."""


class ReversalRefused(Refusal):
    """An entry cannot be reversed."""


@transaction.atomic
def allot_shares(
    *,
    memberships: Sequence[Membership],
    class_key: str,
    units: int,
    effective_on: date,
    authority: str,
    by: Any,
    at: datetime,
) -> ShareEntry:
    """Issue shares of one class to one member or many, in one entry, with a certificate each.

    units         shares for each member, 1 or more; never pence
    effective_on  the date the register will show
    authority     the minute, resolution or rule it rests on

    Raises AllotmentRefused, and then nobody is allotted anything.
    Source: Companies Act 2006 ss.558, 112 and 113(3); CCBSA 2014 s.30(2)(c).
    """
    terms = share_terms(class_key, on=effective_on)
    _check_date(AllotmentRefused, effective_on=effective_on, at=at)
    issuer = _lock_class(class_key)
    _refuse_allotment(obstacles_to_allotment(memberships=memberships, terms=terms, units=units, on=effective_on))
    accounts = _accounts_of(memberships, class_key=class_key)
    share_entry = _write(
        kind=Kind.ALLOT,
        terms=terms,
        effective_on=effective_on,
        authority=authority,
        lines=[(issuer, -units * len(accounts)), *((account, units) for account in accounts)],
        rule=terms.rule("hold"),
        by=by,
        at=at,
    )
    issue_certificates(share_entry, holdings=[(account, units) for account in accounts])
    return share_entry


def obstacles_to_allotment(
    *, memberships: Sequence[Membership], terms: ShareTerms, units: int, on: date
) -> list[Ruling]:
    """Every reason against allotting shares of a class to these members on a date; empty where there is none."""
    if not memberships:
        return [Ruling(False, "shares", "No member is chosen.")]
    names = names_of([membership.reference for membership in memberships])
    twice = [key for key, times in Counter(m.person_id for m in memberships).items() if times > 1]
    moved = queries.movements_by_person(class_key=terms.key, persons=[m.person_id for m in memberships])
    classes = member_classes_with(terms.key, on=on)
    found = []
    for membership in memberships:
        name = names[membership.reference]
        if membership.person_id in twice:
            ruling = Ruling(False, terms.rule("hold"), f"{name} is chosen twice.")
        elif not _is_member(membership, classes=classes, on=on):
            ruling = Ruling(
                False, "members", f"{name} is not on the register on {on:%-d %B %Y} in a class that holds this share."
            )
        else:
            held = highest_since(moved.get(membership.person_id, ()), on)
            ruling = rules.may_hold(name=name, units=units, held=held, terms=terms)
        if not ruling.allowed:
            found.append(ruling)
    return found


@transaction.atomic
def transfer_shares(
    *,
    giver: Membership,
    taker: Membership,
    class_key: str,
    units: int,
    effective_on: date,
    authority: str,
    by: Any,
    at: datetime,
) -> ShareEntry:
    """Move whole shares of one class from one member's account to another's.

    Raises TransferRefused. Source: Companies Act 2006 s.113(3); CCBSA 2014 s.30(2)(c).
    """
    terms = share_terms(class_key, on=effective_on)
    _check_date(TransferRefused, effective_on=effective_on, at=at)
    if giver == taker:
        raise TransferRefused("The giver and the taker are the same member.", rule=terms.rule("transferable"))
    issuer_locked = _lock_class(class_key)
    ruling = rules.may_transfer(leaver=_has_left(giver, on=effective_on), terms=terms)
    _insist(TransferRefused, ruling)
    _insist(TransferRefused, _may_give(giver, units=units, terms=terms, on=effective_on))
    obstacles = obstacles_to_allotment(memberships=[taker], terms=terms, units=units, on=effective_on)
    if obstacles:
        raise TransferRefused(obstacles[0])
    source, target = _accounts_of([giver, taker], class_key=issuer_locked.class_key)
    return _move(
        Kind.TRANSFER, source, target, units, terms=terms, effective_on=effective_on, authority=authority,
        rule=ruling.rule, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def cancel_shares(
    *,
    membership: Membership,
    class_key: str,
    units: int,
    effective_on: date,
    authority: str,
    by: Any,
    at: datetime,
) -> ShareEntry:
    """End a leaver's shares: cancelled to reserves or repaid, as the constitution's ``on_leaving`` says.

    Raises CancellationRefused; a company's refusal names the lawful ways.
    Source: Companies Act 2006 ss.617, 658 and 659; for societies their rules.
    """
    terms = share_terms(class_key, on=effective_on)
    _check_date(CancellationRefused, effective_on=effective_on, at=at)
    ruling = rules.may_cancel(terms=terms)
    _insist(CancellationRefused, ruling)
    _insist(CancellationRefused, _may_leave(membership, terms=terms, on=effective_on))
    issuer = _lock_class(class_key)
    _insist(CancellationRefused, _may_give(membership, units=units, terms=terms, on=effective_on))
    kind = Kind.REPAY if terms.leaving == "repay_at_par" else Kind.CANCEL
    (source,) = _accounts_of([membership], class_key=class_key)
    return _move(
        kind, source, issuer, units, terms=terms, effective_on=effective_on, authority=authority,
        rule=ruling.rule, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def transfer_to_nominee(
    *,
    membership: Membership,
    class_key: str,
    units: int,
    effective_on: date,
    authority: str,
    by: Any,
    at: datetime,
) -> ShareEntry:
    """Pass a leaver's shares at par to the nominee or trust that the constitution names.

    Raises SettlementRefused. Source: the constitution's ``on_leaving``; Companies Act 2006 s.770.
    """
    terms = share_terms(class_key, on=effective_on)
    _check_date(SettlementRefused, effective_on=effective_on, at=at)
    ruling = rules.may_settle_with_outsider(terms=terms)
    _insist(SettlementRefused, ruling)
    _insist(SettlementRefused, _may_leave(membership, terms=terms, on=effective_on))
    _lock_class(class_key)
    _insist(SettlementRefused, _may_give(membership, units=units, terms=terms, on=effective_on))
    nominee, _ = ShareAccount.objects.get_or_create(
        class_key=class_key, membership=None, outside_holder=terms.leaving_to
    )
    (source,) = _accounts_of([membership], class_key=class_key)
    return _move(
        Kind.SETTLE, source, nominee, units, terms=terms, effective_on=effective_on, authority=authority,
        rule=ruling.rule, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def reverse_entry(*, entry: ShareEntry, authority: str, by: Any, at: datetime) -> ShareEntry:
    """Undo an entry from its own effective date, by another with every line turned round.

    Raises ReversalRefused: where a holding would fall below zero it names the later entries that rest on this one.
    """
    if entry.kind == Kind.REVERSE:
        raise ReversalRefused("A reversal is not reversed: make the entry anew.", rule="ledger")
    _lock_class(entry.class_key)
    if ShareEntry.objects.filter(reverses=entry).exists():
        raise ReversalRefused(f"Entry {entry.reference} is reversed already.", rule="ledger")
    terms = share_terms(entry.class_key, on=entry.effective_on)
    lines = queries.entry_lines(entry)
    _refuse_reversal(entry, lines, terms)
    reversal = _write(
        kind=Kind.REVERSE,
        terms=terms,
        effective_on=entry.effective_on,
        authority=authority,
        lines=[(line.account, -line.units) for line in lines],
        rule="ledger",
        paid_pence=entry.paid_pence,
        reverses=entry,
        by=by,
        at=at,
    )
    renew_certificates(reversal, accounts=[line.account for line in lines])
    return reversal


def _refuse_reversal(entry: ShareEntry, lines: Sequence[ShareLine], terms: ShareTerms) -> None:
    giving = [line for line in lines if line.units > 0 and not line.account.is_issuer]
    moved = queries.movements([line.account_id for line in giving])
    short = [
        line.account_id for line in giving if lowest_since(moved[line.account_id], entry.effective_on) < line.units
    ]
    if short:
        later = ShareEntry.objects.filter(lines__account__in=short, lines__units__lt=0, reversals__isnull=True).exclude(
            kind=Kind.REVERSE
        )
        names = ", ".join(later.order_by("effective_on").values_list("reference", flat=True).distinct())
        raise ReversalRefused(
            f"The shares of entry {entry.reference} have moved on: reverse {names} first.", rule="ledger"
        )
    for line in lines:
        member = line.account.membership
        if line.units < 0 and member is not None:
            held = queries.movements_by_person(class_key=entry.class_key, persons=[member.person_id])
            name = names_of([member.reference])[member.reference]
            most = highest_since(held[member.person_id], entry.effective_on)
            _insist(ReversalRefused, rules.may_hold(name=name, units=-line.units, held=most, terms=terms))


def _lock_class(class_key: str) -> ShareAccount:
    """The issuer's account of a class, held until the transaction ends."""
    ShareAccount.objects.get_or_create(class_key=class_key, membership=None, outside_holder="")
    return ShareAccount.objects.select_for_update().get(class_key=class_key, membership=None, outside_holder="")


def _accounts_of(memberships: Sequence[Membership], *, class_key: str) -> list[ShareAccount]:
    """The members' accounts in the order given, opened where they had none. Call with the class locked."""
    found = _existing_accounts(memberships, class_key)
    missing = [m for m in memberships if m.pk not in found]
    if missing:
        ShareAccount.objects.bulk_create(
            [ShareAccount(class_key=class_key, membership=membership) for membership in missing], batch_size=1000
        )
        found = _existing_accounts(memberships, class_key)
    return [found[membership.pk] for membership in memberships]


def _existing_accounts(memberships: Sequence[Membership], class_key: str) -> Mapping[int, ShareAccount]:
    accounts = ShareAccount.objects.filter(class_key=class_key, membership__in=memberships)
    return {account.membership_id: account for account in accounts.select_related("membership")}


def _move(
    kind: Kind, source: ShareAccount, target: ShareAccount, units: int, *, terms: ShareTerms, **facts: Any
) -> ShareEntry:
    entry = _write(kind=kind, terms=terms, lines=[(source, -units), (target, units)], **facts)
    renew_certificates(entry, accounts=[source, target])
    return entry


def _write(
    *,
    kind: Kind,
    terms: ShareTerms,
    effective_on: date,
    authority: str,
    lines: Sequence[tuple[ShareAccount, int]],
    rule: str,
    by: Any,
    at: datetime,
    paid_pence: int | None = None,
    reverses: ShareEntry | None = None,
) -> ShareEntry:
    """Write an entry and its lines, and record the fact with a digest of both."""
    entry = ShareEntry.objects.create(
        kind=kind,
        class_key=terms.key,
        effective_on=effective_on,
        recorded_at=at,
        authority=authority,
        paid_pence=terms.nominal_pence if paid_pence is None else paid_pence,
        line_count=len(lines),
        reverses=reverses,
        constitution=terms.version,
    )
    written = ShareLine.objects.bulk_create(
        [
            ShareLine(entry=entry, position=position, account=account, units=units)
            for position, (account, units) in enumerate(lines, start=1)
        ],
        batch_size=1000,
    )
    record(
        FACTS[kind],
        entry,
        by=by,
        at=at,
        rule=rule,
        share_class=terms.key,
        units=sum(units for _, units in lines if units > 0),
        holders=sum(1 for account, _ in lines if not account.is_issuer),
        effective_on=effective_on.isoformat(),
        digest=queries.entry_digest(entry, written),
        **({"reverses": reverses.reference} if reverses else {}),
    )
    return entry


def _may_give(membership: Membership, *, units: int, terms: ShareTerms, on: date) -> Ruling:
    account = ShareAccount.objects.filter(class_key=terms.key, membership=membership).first()
    moved = queries.movements([account.pk])[account.pk] if account else []
    name = names_of([membership.reference])[membership.reference]
    return rules.may_give(name=name, units=units, held=lowest_since(moved, on), terms=terms)


def _may_leave(membership: Membership, *, terms: ShareTerms, on: date) -> Ruling:
    if _has_left(membership, on=on):
        return Ruling(True, terms.rule("on_leaving"))
    name = names_of([membership.reference])[membership.reference]
    return Ruling(
        False,
        terms.rule("on_leaving"),
        f"{name} is still a member on {on:%-d %B %Y}. End the membership first; the share is settled from that date.",
    )


def _has_left(membership: Membership, *, on: date) -> bool:
    return membership.ceased_on is not None and membership.ceased_on <= on


def _is_member(membership: Membership, *, classes: Sequence[str], on: date) -> bool:
    return membership.class_key in classes and membership.joined_on <= on and not _has_left(membership, on=on)


def _check_date(refusal: type[Refusal], *, effective_on: date, at: datetime) -> None:
    _insist(refusal, rules.may_be_dated(effective_on=effective_on, today=uk_date(at)))


def _insist(refusal: type[Refusal], ruling: Ruling) -> None:
    if not ruling.allowed:
        raise refusal(ruling)


def _refuse_allotment(obstacles: Sequence[Ruling]) -> None:
    if not obstacles:
        return
    first, more = obstacles[0], len(obstacles) - 1
    others = "" if not more else " There is one more reason." if more == 1 else f" There are {more} more reasons."
    raise AllotmentRefused(
        Ruling(False, first.rule, f"{first.reason}{others}"), reasons=[ruling.reason for ruling in obstacles]
    )
