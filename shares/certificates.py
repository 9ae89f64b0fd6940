"""Share certificates: issued, ended and numbered. Called by the actions, with the class locked."""

from collections.abc import Sequence

from django.db.models import Max, Sum

from .models import Certificate, CertificateEnd, ShareAccount, ShareEntry, ShareLine


def issue_certificates(entry: ShareEntry, *, holdings: Sequence[tuple[ShareAccount, int]]) -> list[Certificate]:
    """Give each holder a certificate with the class's next number. Numbers rise by one and are never used again.

    Source: Companies Act 2006 s.769.
    """
    last = Certificate.objects.filter(class_key=entry.class_key).aggregate(last=Max("number"))["last"] or 0
    return Certificate.objects.bulk_create(
        [
            Certificate(class_key=entry.class_key, number=number, account=account, units=units, entry=entry)
            for number, (account, units) in enumerate(holdings, start=last + 1)
        ],
        batch_size=1000,
    )


def renew_certificates(entry: ShareEntry, *, accounts: Sequence[ShareAccount]) -> list[Certificate]:
    """End every certificate of accounts that an entry has moved, and issue one for what each still holds."""
    holders = [account for account in accounts if not account.is_issuer]
    ended = Certificate.objects.filter(account__in=holders, ends__isnull=True).order_by("number")
    CertificateEnd.objects.bulk_create([CertificateEnd(certificate=old, entry=entry) for old in ended])
    held = dict(
        ShareLine.objects.filter(account__in=holders)
        .values("account")
        .annotate(held=Sum("units"))
        .values_list("account", "held")
    )
    return issue_certificates(
        entry, holdings=[(account, held[account.pk]) for account in holders if held.get(account.pk, 0) > 0]
    )
