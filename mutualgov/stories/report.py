"""What came of a played election, and whether every record of it agrees with every other."""

from datetime import date
from typing import Any

from django.db import transaction

from councils.models import Term
from members.models import FeedBatch
from members.queries import members_in, names_of, register_entries
from mutualgov.audit.models import AuditEntry
from mutualgov.audit.queries import chain_faults
from mutualgov.constitution.queries import constitution_versions
from mutualgov.tenancy.models import Mutual
from shares.models import ShareEntry
from shares.queries import holdings, ledger_faults, share_totals
from voting.models import Count, Election, RollEntry
from voting.queries.elections import candidates, dates_of
from voting.queries.results import latest_count
from voting.queries.roll import marks_by_channel

from .script import Script


@transaction.atomic
def of(
    script: Script,
    *,
    mutual: Mutual,
    batch: FeedBatch,
    recruited: int,
    settled: int,
    entry: ShareEntry,
    election: Election,
    on: date,
) -> dict[str, Any]:
    """The report, in JSON's types. ``agree`` names each comparison; ``agree.all`` is whether every one holds."""
    election.refresh_from_db()
    return {
        "story": "governor-election",
        "mutual": {"key": mutual.key, "name": mutual.name, "founded_at": mutual.founded_at.isoformat()},
        "constitution": [
            {"version": v.number, "adopted_on": v.adopted_on.isoformat(), "sha256": v.sha256}
            for v in constitution_versions()
        ],
        "staff_file": _staff_file(batch),
        "register": {
            "on": on.isoformat(),
            "members": len(register_entries(on=on)),
            "recruited_by_hand": recruited,
            "leavers_settled": settled,
        },
        "shares": [
            {
                "class": total.class_key,
                "issued": total.issued,
                "nominal_pence": total.nominal_pence,
                "holders": total.holders,
                "entry": entry.reference,
            }
            for total in share_totals(on=on)
        ],
        "election": _election(election),
        "result": _result(election),
        "council": [
            {
                "seat": f"{term.seat.body_key}.{term.seat.seat_key}",
                "name": name,
                "membership": term.membership.reference,
                "from": term.from_on.isoformat(),
                "until": term.until_on.isoformat() if term.until_on else None,
                "because": term.because,
            }
            for term, name in _seated(election)
        ],
        "audit": {"entries": AuditEntry.objects.count(), "faults": [fault.what for fault in chain_faults()]},
        "agree": _agreement(script, election, on=on),
    }


def _staff_file(batch: FeedBatch) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for kind in batch.lines.values_list("kind", flat=True):
        counts[kind] = counts.get(kind, 0) + 1
    return {"name": batch.filename, "batch": batch.reference, "lines": dict(sorted(counts.items()))}


def _election(election: Election) -> dict[str, Any]:
    return {
        "reference": election.reference,
        "title": election.title,
        "seats": election.seats,
        "count_rule": election.count_rule,
        "constitution_version": election.constitution_version,
        "stage": election.stage,
        "timetable": {step.value: at.isoformat() for step, at in dates_of(election).items()},
        "candidates": [candidate.name for candidate in candidates(election)],
        "roll": RollEntry.objects.filter(election=election).count(),
        "votes_by_channel": marks_by_channel(election),
    }


def _result(election: Election) -> dict[str, Any]:
    count = _count_of(election)
    declaration = election.declaration
    stood = dict(election.nominations.values_list("member_ref", "name"))
    return {
        "elected": [stood[reference] for reference in declaration.elected],
        "declared_on": declaration.declared_on.isoformat(),
        "papers": count.ballots,
        "valid": count.valid,
        "rejected": count.rejected,
        "lots": [{"event": lot.event, "drawn": lot.drawn, "how": lot.how} for lot in election.lots.all()],
        "sheet": count.sheet,
    }


def _seated(election: Election) -> list[tuple[Any, str]]:
    """Terms that came of the election, with the names of the register."""
    terms = list(Term.objects.filter(source=election.reference).select_related("seat", "membership").order_by("id"))
    names = names_of([term.membership.reference for term in terms])
    return [(term, names[term.membership.reference]) for term in terms]


def _agreement(script: Script, election: Election, *, on: date) -> dict[str, bool]:
    """Every record against every other that should say the same."""
    members = {line.reference for line in register_entries(on=on)}
    totals = share_totals(on=on)
    count, declaration = _count_of(election), election.declaration
    marked = sum(marks_by_channel(election).values())
    found = {
        "register_and_share_register_name_the_same_members": members == {line.reference for line in holdings(on=on)},
        "one_share_each": all(total.issued == total.holders == len(members) for total in totals),
        "ledger_entries_match_their_digests": ledger_faults() == [],
        "roll_is_the_constituency_on_the_record_date": _roll(election) == _constituency(election),
        "as_many_marks_as_papers": marked == count.ballots == script.papers_cast,
        "papers_are_valid_or_rejected": count.ballots == count.valid + sum(count.rejected.values()),
        "declared_as_counted": [c.option for c in _in_order(election)] == count.elected,
        "seats_are_held_by_those_declared": [t.membership.reference for t, _ in _seated(election)]
        == list(declaration.elected),
        "audit_chain_is_whole": chain_faults() == [],
    }
    return {"all": all(found.values()), **found}


def _roll(election: Election) -> set[str]:
    return set(RollEntry.objects.filter(election=election).values_list("member_ref", flat=True))


def _count_of(election: Election) -> Count:
    if (count := latest_count(election)) is None:
        raise ValueError(f"{election} has not been counted")
    return count


def _constituency(election: Election) -> set[str]:
    if election.record_on is None:
        raise ValueError(f"{election} has no record date")
    return {line.reference for line in members_in(by=election.electorate, on=election.record_on)}


def _in_order(election: Election) -> list[Any]:
    standing = {candidate.member_ref: candidate for candidate in candidates(election)}
    return [standing[reference] for reference in election.declaration.elected]
