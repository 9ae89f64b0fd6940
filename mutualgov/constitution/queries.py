"""The rules in force on a date, and the versions there have been."""

from collections import OrderedDict
from datetime import date
from threading import Lock

from django.db.models import QuerySet

from mutualgov.core.clock import uk_date
from mutualgov.core.dates import long_date
from mutualgov.core.rulings import Refusal
from mutualgov.tenancy.scope import current_mutual

from .compiler import compile_documents
from .models import ConstitutionVersion
from .rulebook import Rulebook


class NoConstitution(Refusal):
    """Nothing can be decided on a date on which no version was in force."""


_kept: "OrderedDict[tuple[str, int, date], Rulebook]" = OrderedDict()
_keeping = Lock()
MOST_KEPT = 256


def constitution_versions() -> "QuerySet[ConstitutionVersion]":
    """Every version of the mutual in scope, newest first."""
    return ConstitutionVersion.objects.order_by("-number")


def version_in_force(*, on: date) -> ConstitutionVersion | None:
    """The version in force on a date, without its texts; None before the first."""
    return (
        ConstitutionVersion.objects.filter(adopted_on__lte=on)
        .order_by("-adopted_on", "-number")
        .defer("document", "layers")
        .first()
    )


def number_in_force(on: date) -> int | None:
    """Number of the version in force on a date; None before the first."""
    version = version_in_force(on=on)
    return version.number if version else None


def rulebook_in_force(*, on: date) -> Rulebook:
    """The rules of the mutual in scope on a date. Raises NoConstitution where there are none.

    ``version`` of what comes back is the number that acts record.
    """
    version = version_in_force(on=on)
    if version is None:
        name = current_mutual().name
        raise NoConstitution(
            f"{name} has no constitution in force on {long_date(on)}. Adopt one from that date or earlier.",
            rule="constitution",
        )
    return rulebook_of(version)


def rulebook_of(version: ConstitutionVersion) -> Rulebook:
    """The rules as one version states them, compiled once and kept in memory by the version's hash."""
    key = (version.sha256, version.number, version.adopted_on)
    with _keeping:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    compilation = compile_documents(version.documents(), on=version.adopted_on, adopted=True)
    book = compilation.or_refuse().numbered(version.number)
    with _keeping:
        _kept[key] = book
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return book


def adopted_late(version: ConstitutionVersion) -> bool:
    """Whether a version was put on record after the day from which it holds."""
    return uk_date(version.recorded_at) > version.adopted_on
