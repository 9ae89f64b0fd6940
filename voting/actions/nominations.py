"""Standing, deciding, withdrawing, closing."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from members.queries import members_in, membership
from mutualgov.access.permissions import Role
from mutualgov.access.queries import roles_of
from mutualgov.audit.actions import record
from mutualgov.core.clock import uk_date
from mutualgov.core.references import new_reference
from mutualgov.tenancy.scope import current_mutual

from .. import rules
from ..lifecycle import Stage, Step, Verb
from ..models import Election, Nomination
from ..queries.elections import dates_of
from .common import ElectionRefused, changed, locked, login_or_none, move, refuse_candidates, refuse_obstacles

LIVE = (Nomination.State.UNDECIDED, Nomination.State.STANDS)


@transaction.atomic
def nominate(
    *,
    election: Election,
    member_ref: str,
    form: rules.NominationForm,
    by: Any,
    at: datetime,
    channel: str = Nomination.Channel.WEB,
    received_at: datetime | None = None,
) -> Nomination:
    """Enter a member's nomination: their own on the site, or a paper form that the returning officer has received.

    received_at  when a paper form came in; the site's own is received when it is entered

    On the site the form must be whole. A paper form is entered as it is, late or lacking, and then decided.
    Raises ElectionRefused; LookupError for a member who is not here.
    """
    election = locked(election)
    on_paper = channel == Nomination.Channel.PAPER
    received = received_at if on_paper and received_at else at
    refuse_obstacles(Verb.DECIDE_NOMINATION if on_paper else Verb.NOMINATE, election, at=at)
    _refuse_unless_may_stand(election, member_ref=member_ref, at=at)
    fits = rules.statement_fits(form.statement)
    if not fits.allowed:
        raise ElectionRefused(fits)
    lacking = rules.lawful_grounds(form, received_at=received, closed_at=dates_of(election)[Step.NOMINATIONS])
    if lacking and not on_paper:
        raise ElectionRefused(f"The form is not complete. {lacking[0].label}.", rule="voting.nomination_grounds")
    nomination = Nomination.objects.create(
        reference=new_reference("N"),
        election=election,
        member_ref=member_ref,
        name=" ".join(form.name.split()),
        sort_name=_sort_name(form.name),
        address=form.address.strip(),
        interests=form.interests.strip(),
        no_interests=form.no_interests,
        declares_eligible=form.declares_eligible,
        signed=form.signed,
        statement=form.statement.strip(),
        channel=channel,
        received_at=received,
        entered_by=login_or_none(by),
    )
    changed(election)
    record(
        "voting.nominated", nomination, by=by, at=at, rule=election.rule, election=election.reference, channel=channel
    )
    return nomination


@transaction.atomic
def decide_nomination(
    *, nomination: Nomination, accept: bool, by: Any, at: datetime, grounds: Collection[rules.Ground] = ()
) -> Nomination:
    """The returning officer's decision. Rejecting needs a lawful ground that holds; accepting needs that none does."""
    election = locked(nomination.election)
    refuse_obstacles(Verb.DECIDE_NOMINATION, election, at=at)
    refuse_candidates(election, by=by, at=at)
    nomination.refresh_from_db()
    if nomination.state != Nomination.State.UNDECIDED:
        raise ElectionRefused(f"This nomination is decided already: {nomination.get_state_display().lower()}.")
    true = grounds_of(nomination)
    ruling = rules.may_decide(accept=accept, named=grounds, true=true)
    if not ruling.allowed:
        raise ElectionRefused(ruling)
    nomination.state = Nomination.State.STANDS if accept else Nomination.State.REJECTED
    nomination.grounds = [] if accept else [ground.value for ground in true if ground in set(grounds)]
    nomination.decided_by, nomination.decided_at = login_or_none(by), at
    nomination.save(update_fields=("state", "grounds", "decided_by", "decided_at"))
    changed(election)
    record(
        "voting.nomination_decided",
        nomination,
        by=by,
        at=at,
        rule=ruling.rule,
        election=election.reference,
        decision=nomination.state,
        grounds=nomination.grounds,
    )
    return nomination


@transaction.atomic
def withdraw_nomination(*, nomination: Nomination, by: Any, at: datetime) -> Nomination:
    """The candidate takes the nomination back, until the last moment for it."""
    election = locked(nomination.election)
    refuse_obstacles(Verb.WITHDRAW_NOMINATION, election, at=at)
    nomination.refresh_from_db()
    if nomination.state not in LIVE:
        raise ElectionRefused(f"This nomination cannot be withdrawn: {nomination.get_state_display().lower()}.")
    nomination.state, nomination.withdrawn_at = Nomination.State.WITHDRAWN, at
    nomination.save(update_fields=("state", "withdrawn_at"))
    changed(election)
    record("voting.nomination_withdrawn", nomination, by=by, at=at, rule=election.rule, election=election.reference)
    return nomination


@transaction.atomic
def close_nominations(*, election: Election, by: Any, at: datetime) -> Election:
    """Fix who stands, in the order of the ballot paper. No more candidates than seats: declared without a vote."""
    election = locked(election)
    refuse_obstacles(Verb.CLOSE_NOMINATIONS, election, at=at)
    refuse_candidates(election, by=by, at=at)
    standing = list(election.nominations.filter(state=Nomination.State.STANDS))
    for number, nomination in enumerate(standing, start=1):
        nomination.number = number
        nomination.save(update_fields=("number",))
    move(election, Stage.NOMINATIONS_CLOSED)
    record(
        "voting.nominations_closed",
        election,
        by=by,
        at=at,
        rule=election.rule,
        candidates=[nomination.member_ref for nomination in standing],
        contested=len(standing) > election.seats,
    )
    return election


def grounds_of(nomination: Nomination) -> tuple[rules.Ground, ...]:
    """The lawful grounds that hold for a nomination; none where it must be accepted."""
    return rules.lawful_grounds(
        rules.NominationForm(
            name=nomination.name,
            address=nomination.address,
            interests=nomination.interests,
            no_interests=nomination.no_interests,
            declares_eligible=nomination.declares_eligible,
            signed=nomination.signed,
        ),
        received_at=nomination.received_at,
        closed_at=dates_of(nomination.election)[Step.NOMINATIONS],
    )


def _refuse_unless_may_stand(election: Election, *, member_ref: str, at: datetime) -> None:
    on = uk_date(at)
    login = membership(member_ref).person.login
    held = {line.reference for line in members_in(by=election.eligible, on=on)}
    ruling = rules.may_stand(
        is_eligible=member_ref in held,
        is_returning_officer=login is not None
        and Role.RETURNING_OFFICER in roles_of(login, mutual=current_mutual(), on=on),
        already_standing=election.nominations.filter(member_ref=member_ref, state__in=LIVE).exists(),
        eligible_name=election.electorate_name,
        rule=election.rule,
    )
    if not ruling.allowed:
        raise ElectionRefused(ruling)


def _sort_name(name: str) -> str:
    """Surname first, for the order of the ballot paper."""
    *given, family = name.split() or [""]
    return " ".join([family, *given]).casefold()
