"""Rows of this room in a mutual, over which the sweeps look for leaks."""

from mutualgov.access.permissions import Role
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from tests.conftest import make_login
from tests.factories import voting as make
from tests.factories.members import make_members
from voting import actions
from voting.ballots import Answer
from voting.lifecycle import Step
from voting.queries import dates_of
from voting.urls import urlpatterns

ABOUT_A_NOMINATION = {"stand", "nominate", "my_nomination", "withdraw_mine", "nominations", "nomination", "decide",
                      "withdraw", "paper_nomination", "enter_nomination", "close_nominations"}  # fmt: skip


def samples(mutual: Mutual) -> dict[str, dict[str, str]]:
    """Arguments by name of address: an election with a nomination to decide, and a closed one with a batch.

    The mutual has adopted the riverside template.
    """
    officer = make_login(f"Officer Of {mutual.key}", mutual, Role.RETURNING_OFFICER)
    with acting_in(mutual):
        members = make_members(4, constituency_key="nursing")
        noticed = make.give_notice(make.make_election())
        nomination = make.make_nomination(noticed, members[0])
        closed = make.open_poll(make.close_nominations(make.give_notice(make.make_election()), members[:3]))
        actions.mark_paper_returns(election=closed, by=officer, at=dates_of(closed)[Step.POLL])
        closed = make.close_poll(closed)
        papers = [Answer(("c1", "c2")), Answer(("c2",))]
        batch = actions.key_paper_batch(election=closed, papers=papers, by=officer, at=dates_of(closed)[Step.CLOSE])
    about = {"reference": noticed.reference, "nomination": nomination.reference}
    found = {}
    for pattern in urlpatterns:
        wanted = set(pattern.pattern.converters)
        first = pattern.name in ABOUT_A_NOMINATION | {"give_notice", "public"}
        values = about if first else {"reference": closed.reference, "batch": batch.reference}
        if wanted:
            found[f"voting:{pattern.name}"] = {name: values[name] for name in wanted}
    return found
