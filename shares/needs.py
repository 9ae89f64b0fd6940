"""What the ledger asks of the secretary now."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutualgov.access.queries import may
from mutualgov.core.clock import uk_date
from mutualgov.duties.needs import Asker, Need, tells_needs
from mutualgov.tenancy.scope import current_mutual

from . import permissions, queries


@tells_needs
def shares_to_allot(asker: Asker) -> list[Need]:
    """Members who have joined and hold no share yet."""
    if not may(asker.roles, permissions.MOVE):
        return []
    return [
        Need(
            title=ngettext("Allot a share to %d member", "Allot shares to %d members", total.without) % total.without,
            url=reverse("shares:without", kwargs={"mutual": current_mutual().key, "class_key": total.class_key}),
            hint=_("They are on the register and do not hold a %s yet.") % total.name,
        )
        for total in queries.share_totals(on=uk_date(asker.at))
        if total.without
    ]


@tells_needs
def shares_to_settle(asker: Asker) -> list[Need]:
    """Former members who still hold a share. Told one by one up to five, then as a number."""
    if not may(asker.roles, permissions.MOVE):
        return []
    mutual, leavers = current_mutual().key, queries.leavers_with_shares(on=uk_date(asker.at))
    if len(leavers) > 5:
        return [
            Need(
                title=_("Settle the shares of %d former members") % len(leavers),
                url=reverse("shares:register", kwargs={"mutual": mutual}),
                hint=_("They have left and still hold a share. The register marks them."),
            )
        ]
    return [
        Need(
            title=_("Settle the share of %s") % leaver.name,
            url=reverse("shares:holder", kwargs={"mutual": mutual, "reference": leaver.reference}),
            hint=_("The membership has ended; the constitution says what becomes of the share."),
        )
        for leaver in leavers
    ]
