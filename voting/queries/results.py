"""Counts and declarations, for pages and exports."""

from members.queries import names_of

from ..models import Count, Declaration, Election


def latest_count(election: Election) -> Count | None:
    return Count.objects.filter(election=election).last()


def sheet_of(count: Count) -> dict:
    """The stages of a count as stored."""
    return count.sheet


def declared_names(declaration: Declaration) -> list[str]:
    """Who was elected, in order, by the names they stood under; else by the register's."""
    stood = dict(declaration.election.nominations.values_list("member_ref", "name"))
    names = names_of(declaration.elected)
    return [stood.get(reference) or names.get(reference, reference) for reference in declaration.elected]
