"""Reading the ledger. Holdings are sums of lines, as at a date and as known at a moment."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Count, Max, QuerySet, Sum

from members.models import Membership
from members.queries import names_of, register_entries, running_on
from mutualgov.audit.models import AuditEntry
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.core.canonical import canonical_json, sha256_hex

from .book import member_classes_with, share_classes, share_terms
from .ledger import Movement
from .models import Certificate, ShareAccount, ShareEntry, ShareLine
from .rules import ShareTerms

ISSUER = "issuer"


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """One holder's shares of one class on a date. ``is_member``: the register has them on that date."""

    class_key: str
    class_name: str
    reference: str  # of the membership; of an outside holder, its key in the constitution
    number: int | None
    name: str
    units: int
    last_entry_on: date
    is_member: bool
    certificates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClassTotal:
    """One class on a date.

    issued        shares in issue: what all holders hold, and what the issuer's account owes
    nominal_pence their nominal value together
    holders       how many hold one or more, outside holders included
    members       members whose class holds this share
    without       those of them who hold none yet
    leavers       holders who are no longer members and whose share is to be settled
    """

    class_key: str
    name: str
    issued: int
    nominal_pence: int
    holders: int
    members: int
    without: int
    leavers: int

    @property
    def agrees(self) -> bool:
        """Every member holds a share, and nobody but members and the constitution's outside holders does."""
        return not self.without and not self.leavers


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line of an entry with its holder's name; ``reference`` is empty for the issuer and outside holders."""

    name: str
    reference: str
    units: int

    @property
    def size(self) -> int:
        return abs(self.units)


@dataclass(frozen=True, slots=True)
class Account:
    """One member's shares of one class: what is held, how it came about, what stands for it, what leaving does."""

    terms: ShareTerms
    units: int
    moves: "tuple[AccountMove, ...]"
    certificates: tuple[Certificate, ...]

    @property
    def nominal_pence(self) -> int:
        return self.units * self.terms.nominal_pence


@dataclass(frozen=True, slots=True)
class AccountMove:
    """One line of an account, with the holding after it."""

    entry: ShareEntry
    units: int
    held: int

    @property
    def in_words(self) -> str:
        count = "1 share" if abs(self.units) == 1 else f"{abs(self.units):,} shares"
        return f"{self.entry.get_kind_display()}: {count} {'in' if self.units > 0 else 'out'}"


def _lines(*, on: date | None = None, class_key: str = "", known_at: datetime | None = None) -> "QuerySet[ShareLine]":
    found = ShareLine.objects.all()
    if on is not None:
        found = found.filter(entry__effective_on__lte=on)
    if class_key:
        found = found.filter(entry__class_key=class_key)
    if known_at is not None:
        found = found.filter(entry__recorded_at__lte=known_at)
    return found


def holding(membership: Membership, *, on: date, class_key: str = "", known_at: datetime | None = None) -> int:
    """Shares that a membership holds on a date, of one class or of all."""
    lines = _lines(on=on, class_key=class_key, known_at=known_at).filter(account__membership=membership)
    return lines.aggregate(units=Sum("units"))["units"] or 0


def holdings(*, on: date, class_key: str = "", known_at: datetime | None = None) -> list[HoldingLine]:
    """Everyone who holds shares on a date, by class and membership number; outside holders last."""
    held = {
        row["account"]: row
        for row in _lines(on=on, class_key=class_key, known_at=known_at)
        .values("account")
        .annotate(held=Sum("units"), last=Max("entry__effective_on"))
        if row["held"] > 0
    }
    accounts = ShareAccount.objects.filter(pk__in=held).select_related("membership")
    register = {line.reference: line for line in register_entries(on=on, known_at=known_at, former=True)}
    certificates, book = live_certificates(held, on=on), rulebook_in_force(on=on)
    lines = []
    for account in accounts:
        reference = holder_reference(account)
        entered = register.get(reference)
        lines.append(
            HoldingLine(
                class_key=account.class_key,
                class_name=book.label(account.class_key),
                reference=reference,
                number=entered.number if entered else None,
                name=entered.name if entered else book.label(account.outside_holder),
                units=held[account.pk]["held"],
                last_entry_on=held[account.pk]["last"],
                is_member=account.membership is None or (entered is not None and entered.ceased_on is None),
                certificates=certificates[account.pk],
            )
        )
    return sorted(lines, key=lambda line: (line.class_key, line.number is None, line.number or 0, line.reference))


def share_totals(*, on: date, known_at: datetime | None = None) -> list[ClassTotal]:
    """What is in issue of each class on a date, and whether it agrees with the register of members."""
    return [_total(terms, on=on, known_at=known_at) for terms in share_classes(on=on)]


def _total(terms: ShareTerms, *, on: date, known_at: datetime | None) -> ClassTotal:
    by_account = (
        _lines(on=on, class_key=terms.key, known_at=known_at)
        .values("account__membership", "account__membership__ceased_on", "account__outside_holder")
        .annotate(held=Sum("units"))
    )
    holding_rows = [row for row in by_account if row["held"] > 0]
    member_keys = {row["account__membership"] for row in holding_rows} - {None}
    belonging = set(_members_due(terms.key, on=on).values_list("pk", flat=True))
    issued = sum(row["held"] for row in holding_rows)
    return ClassTotal(
        class_key=terms.key,
        name=terms.name,
        issued=issued,
        nominal_pence=issued * terms.nominal_pence,
        holders=len(holding_rows),
        members=len(belonging),
        without=len(belonging - member_keys),
        leavers=sum(
            1
            for row in holding_rows
            if row["account__membership__ceased_on"] is not None and row["account__membership__ceased_on"] <= on
        ),
    )


def members_without_share(*, class_key: str, on: date) -> list[Membership]:
    """Members on a date whose class holds this share and who hold none, by number."""
    holders = (
        _lines(on=on, class_key=class_key)
        .filter(account__membership__isnull=False)
        .values("account__membership")
        .annotate(held=Sum("units"))
        .filter(held__gt=0)
        .values("account__membership")
    )
    return list(_members_due(class_key, on=on).exclude(pk__in=holders).order_by("number"))


def leavers_with_shares(*, on: date) -> list[HoldingLine]:
    """Former members who still hold a share on a date: each is to be settled as the constitution says."""
    return [line for line in holdings(on=on) if not line.is_member]


def _members_due(class_key: str, *, on: date) -> "QuerySet[Membership]":
    return Membership.objects.filter(running_on(on), class_key__in=member_classes_with(class_key, on=on))


def holder_reference(account: ShareAccount) -> str:
    """Who an account belongs to, as the audit chain and the certificates name them."""
    return account.membership.reference if account.membership else account.outside_holder or ISSUER


def movements(accounts: Collection[int]) -> dict[int, list[Movement]]:
    """Every movement of some accounts, by account."""
    found: dict[int, list[Movement]] = defaultdict(list)
    rows = ShareLine.objects.filter(account__in=accounts).values_list("account", "entry__effective_on", "units")
    for account, on, units in rows:
        found[account].append(Movement(on, units))
    return found


def movements_by_person(*, class_key: str, persons: Collection[int]) -> dict[int, list[Movement]]:
    """Every movement of one class by person, over all the memberships the person has had."""
    found: dict[int, list[Movement]] = defaultdict(list)
    rows = ShareLine.objects.filter(account__class_key=class_key, account__membership__person__in=persons).values_list(
        "account__membership__person", "entry__effective_on", "units"
    )
    for person, on, units in rows:
        found[person].append(Movement(on, units))
    return found


def accounts_of(membership: Membership, *, on: date) -> list[Account]:
    """Each class a member holds or has held, with its history to this day."""
    found = []
    for account in membership.share_accounts.order_by("class_key"):
        moves = account_history(account)
        found.append(
            Account(
                terms=share_terms(account.class_key, on=on),
                units=moves[-1].held if moves else 0,
                moves=tuple(moves),
                certificates=tuple(account.certificates.filter(ends__isnull=True).order_by("number")),
            )
        )
    return found


def account_history(account: ShareAccount) -> list[AccountMove]:
    """An account line by line, oldest first, with the holding after each."""
    lines = account.lines.select_related("entry", "entry__reverses").order_by("entry__effective_on", "entry__id")
    found, held = [], 0
    for line in lines:
        held += line.units
        found.append(AccountMove(line.entry, line.units, held))
    return found


def standing_certificates(memberships: Iterable[Membership]) -> list[Certificate]:
    """Certificates of some memberships that no entry has made void, by class and number."""
    return list(
        Certificate.objects.filter(account__membership__in=memberships, ends__isnull=True)
        .select_related("account", "account__membership", "entry")
        .order_by("class_key", "number")
    )


def name_of(membership: Membership) -> str:
    """A member's name today."""
    return names_of([membership.reference])[membership.reference]


def named_lines(lines: Iterable[ShareLine], *, on: date) -> list[NamedLine]:
    """Lines of an entry with names, in order."""
    kept, book = list(lines), rulebook_in_force(on=on)
    names = names_of([line.account.membership.reference for line in kept if line.account.membership])
    return [
        NamedLine(
            name=names.get(holder_reference(line.account))
            or (book.mutual.name if line.account.is_issuer else book.label(line.account.outside_holder)),
            reference=line.account.membership.reference if line.account.membership else "",
            units=line.units,
        )
        for line in kept
    ]


def entry(reference: str) -> ShareEntry:
    """One entry by reference. Raises ShareEntry.DoesNotExist."""
    return ShareEntry.objects.select_related("reverses").get(reference=reference)


def entry_lines(share_entry: ShareEntry) -> list[ShareLine]:
    return list(share_entry.lines.select_related("account", "account__membership").order_by("position"))


def recent_entries(*, limit: int = 20) -> list[ShareEntry]:
    """What was entered last, newest first."""
    return list(ShareEntry.objects.annotate(holders=Count("lines")).order_by("-recorded_at", "-id")[:limit])


def certificate(*, class_key: str, number: int) -> Certificate:
    """One certificate. Raises Certificate.DoesNotExist."""
    return Certificate.objects.select_related("account", "account__membership", "entry").get(
        class_key=class_key, number=number
    )


def live_certificates(accounts: Iterable[int], *, on: date | None = None) -> dict[int, tuple[int, ...]]:
    """Numbers of the certificates that stand for each account's shares, on a date or now."""
    found: dict[int, list[int]] = defaultdict(list)
    kept = Certificate.objects.filter(account__in=list(accounts))
    if on is None:
        kept = kept.filter(ends__isnull=True)
    else:
        kept = kept.filter(entry__effective_on__lte=on).exclude(ends__entry__effective_on__lte=on)
    for account, number in kept.order_by("number").values_list("account", "number"):
        found[account].append(number)
    return defaultdict(tuple, {account: tuple(numbers) for account, numbers in found.items()})


def entry_digest(share_entry: ShareEntry, lines: Iterable[ShareLine]) -> str:
    """SHA-256 over all an entry says, so that the audit chain vouches for its lines as well."""
    return sha256_hex(
        canonical_json(
            {
                "reference": share_entry.reference,
                "kind": share_entry.kind,
                "class": share_entry.class_key,
                "effective_on": share_entry.effective_on.isoformat(),
                "paid_pence": share_entry.paid_pence,
                "lines": [[line.position, holder_reference(line.account), line.units] for line in lines],
            }
        )
    )


def ledger_faults() -> list[str]:
    """Entries that do not say what the audit chain saw written; empty where the ledger is whole."""
    seen = {
        fact.subject: fact.details["digest"]
        for fact in AuditEntry.objects.filter(action__startswith="shares.", subject_kind="shares.shareentry")
    }
    found = []
    lines = ShareLine.objects.select_related("entry", "account__membership").order_by("entry_id", "position")
    for share_entry, its_lines in groupby(lines.iterator(chunk_size=2000), key=lambda line: line.entry):
        if seen.pop(share_entry.reference, "") != entry_digest(share_entry, its_lines):
            found.append(f"Share entry {share_entry.reference} is not what the audit chain recorded.")
    return found + [f"Share entry {reference} is missing." for reference in sorted(seen)]
