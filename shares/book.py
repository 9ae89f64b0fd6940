"""What the constitution says about share classes, as plain ``ShareTerms``."""

from datetime import date

from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.constitution.rulebook import Rulebook
from mutualgov.core.rulings import Refusal

from .law import ways_out
from .models import ShareEntry
from .rules import ShareTerms


class UnknownShareClass(Refusal):
    """The constitution has no such share class."""


def share_classes(*, on: date) -> list[ShareTerms]:
    """Every share class of the constitution in force, and any older one of which the ledger still speaks."""
    book = rulebook_in_force(on=on)
    known = [_terms(book, key) for key in book.shares]
    older = ShareEntry.objects.exclude(class_key__in=book.shares).filter(effective_on__lte=on)
    return known + [share_terms(key, on=on) for key in sorted(set(older.values_list("class_key", flat=True)))]


def share_terms(class_key: str, *, on: date) -> ShareTerms:
    """Terms of one class on a date; of a class that the constitution has dropped, those of its last entry's date.

    Raises UnknownShareClass.
    """
    book = rulebook_in_force(on=on)
    if class_key not in book.shares:
        last = ShareEntry.objects.filter(class_key=class_key, effective_on__lte=on).order_by("-effective_on").first()
        if last is not None:
            book = rulebook_in_force(on=last.effective_on)
    if class_key not in book.shares:
        raise UnknownShareClass(f"The constitution has no share class “{class_key}”.", rule="shares")
    return _terms(book, class_key)


def member_classes_with(class_key: str, *, on: date) -> list[str]:
    """Classes of members that hold this share."""
    return [key for key, members in rulebook_in_force(on=on).classes.items() if members.share == class_key]


def _terms(book: Rulebook, key: str) -> ShareTerms:
    share = book.shares[key]
    leaving = share.on_leaving
    return ShareTerms(
        key=key,
        name=_name(book.label(key)),
        nominal_pence=share.nominal.pence,
        currency=share.nominal.currency,
        fewest=share.hold.at_least,
        most=share.hold.at_most,
        transferable=share.transferable,
        withdrawable=share.withdrawable,
        leaving=leaving.act if leaving else "",
        leaving_to=leaving.to if leaving else "",
        leaving_name=book.label(leaving.to) if leaving and leaving.to else "",
        ways_out=ways_out(book.mutual.packs),
        version=book.version,
    )


def _name(label: str) -> str:
    """The class as a noun: “membership share”.

    >>> _name("Membership"), _name("A share")
    ('membership share', 'A share')
    """
    if label.lower().endswith("share"):
        return label
    return f"{label[:1].lower()}{label[1:]} share"
