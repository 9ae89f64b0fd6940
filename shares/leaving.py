"""What a leaver still holds, said on the register's pages before anybody decides."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Sum

from members.leaving import tells_what_leaving_means

from .book import share_classes
from .models import ShareLine


@tells_what_leaving_means
def shares_of_leavers(references: Sequence[str], on: date) -> dict[str, list[str]]:
    """How many shares each holds, and what the constitution makes of them. One query for all."""
    terms = {each.key: each for each in share_classes(on=on)}
    held = (
        ShareLine.objects.filter(account__membership__reference__in=references)
        .values_list("account__membership__reference", "account__class_key")
        .annotate(units=Sum("units"))
        .order_by("account__membership__reference", "account__class_key")
    )
    found: dict[str, list[str]] = {}
    for reference, class_key, units in held:
        if units:
            share = terms.get(class_key)
            noun = f"{share.name if share else class_key}{'' if units == 1 else 's'}"
            becomes = f", to be {share.leaving_in_words}" if share and share.leaving_in_words else ""
            found.setdefault(reference, []).append(f"Holds {units} {noun}{becomes}.")
    return found
