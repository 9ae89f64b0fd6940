"""Share certificates on paper and as PDF, and names in a spreadsheet."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.http import HttpResponse

from members.queries import names_of
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.core.money import pounds
from mutualgov.documents.pdf import typeset
from mutualgov.tenancy.models import Mutual

from .book import share_terms
from .models import Certificate

LAYOUT = Path(__file__).parent / "layouts" / "certificate.typ"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """Everything a certificate says (Companies Act 2006 s.768), as text."""

    mutual: str
    share_class: str
    class_key: str
    number: int
    holder: str
    shares: str
    paid: str
    entered_on: str
    entry: str
    void: str

    @property
    def title(self) -> str:
        return f"Share certificate {self.number}"


def certificate_sheet(certificate: Certificate, *, mutual: Mutual) -> CertificateSheet:
    """What one certificate says today; ``void`` names the entry that ended it."""
    entry, account = certificate.entry, certificate.account
    terms = share_terms(certificate.class_key, on=entry.effective_on)
    end = certificate.ends.select_related("entry").first()
    if account.membership:
        holder = names_of([account.membership.reference])[account.membership.reference]
    else:
        holder = rulebook_in_force(on=entry.effective_on).label(account.outside_holder)
    count = f"{certificate.units} share" if certificate.units == 1 else f"{certificate.units} shares"
    return CertificateSheet(
        mutual=mutual.name,
        share_class=terms.name,
        class_key=certificate.class_key,
        number=certificate.number,
        holder=holder,
        shares=f"{count} of {pounds(terms.nominal_pence)} each",
        paid=f"{pounds(entry.paid_pence)} paid, or agreed to be treated as paid, on each",
        entered_on=f"{entry.effective_on.day} {entry.effective_on:%B %Y}",
        entry=entry.reference,
        void=f"Void since {end.entry.effective_on:%-d %B %Y} by entry {end.entry.reference}." if end else "",
    )


def certificates_pdf(certificates: Sequence[Certificate], *, mutual: Mutual, name: str) -> HttpResponse:
    """One tagged PDF with a page for each certificate."""
    sheets = [certificate_sheet(certificate, mutual=mutual) for certificate in certificates]
    title = sheets[0].title if len(sheets) == 1 else f"Share certificates of {mutual.name}"
    data = {"title": title, "sheets": [asdict(sheet) for sheet in sheets]}
    return HttpResponse(
        typeset(LAYOUT, data=data),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{mutual.key}-{name}.pdf"'},
    )


def plain_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula.

    >>> plain_cell("=1+1"), plain_cell("Ann Ash")
    ("'=1+1", 'Ann Ash')
    """
    return f"'{text}" if text.startswith(FORMULAS) else text
