"""What the register asks of the secretary."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutualgov.access.permissions import Role
from mutualgov.core.clock import uk_date
from mutualgov.duties.needs import Asker, Need, tells_needs
from mutualgov.tenancy.scope import current_mutual

from . import queries
from .feed.queries import missing_from_feeds, waiting_batch
from .rules import in_words


@tells_needs
def register_needs(asker: Asker) -> Iterator[Need]:
    """A batch that waits for approval, people to admit, members whom two files no longer list."""
    if Role.SECRETARY not in asker.roles:
        return
    mutual, today = current_mutual().key, uk_date(asker.at)
    batch = waiting_batch()
    if batch is not None:
        yield Need(
            _("Look at the staff file %(name)s and approve it") % {"name": batch.filename},
            reverse("members:batch", kwargs={"mutual": mutual, "batch": batch.reference}),
            hint=_("Brought in on %(day)s; nothing of it is in the register yet.")
            % {"day": in_words(uk_date(batch.proposed_at))},
        )
    waiting = queries.admissions_waiting()
    due = [each for each in waiting if not each.invited and each.due_on <= today]
    if due:
        yield Need(
            ngettext("Admit %(n)s starter whose day has come", "Admit %(n)s starters whose day has come", len(due))
            % {"n": len(due)},
            reverse("members:admissions", kwargs={"mutual": mutual}),
            hint=_("The first was due on %(day)s.") % {"day": in_words(due[0].due_on)},
        )
    gone = [person for person, _membership in missing_from_feeds() if person.missed_feeds > 1]
    if gone:
        yield Need(
            ngettext(
                "Ask payroll about %(n)s member missing from two files",
                "Ask payroll about %(n)s members missing from two files",
                len(gone),
            )
            % {"n": len(gone)},
            reverse("members:feed", kwargs={"mutual": mutual}),
            hint=_("Nobody leaves by being missing: end the membership once you know the last day of work."),
        )
