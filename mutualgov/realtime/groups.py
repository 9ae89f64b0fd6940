"""Names of channel groups. Each starts with its mutual, so that no feed can carry another's news."""

from mutualgov.tenancy.models import Mutual


def mutual_group(mutual: Mutual) -> str:
    return f"m{mutual.pk}"


def group(mutual: Mutual, kind: str, reference: str) -> str:
    """``m7.election.EL-7K3QXM``: the mutual's key, the kind of thing, its reference."""
    return f"{mutual_group(mutual)}.{kind}.{reference}"
