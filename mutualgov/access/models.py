"""Who holds which role in which mutual, from when until when."""

from django.conf import settings
from django.db import models

from mutualgov.core.references import new_reference
from mutualgov.tenancy.models import Mutual

from .permissions import Role


def grant_reference() -> str:
    return new_reference("RG", length=8)


class RoleGrant(models.Model):
    """A role of a login in a mutual.

    Not a tenant row: it answers which mutuals a login may enter, before any mutual is in scope. It says nothing of
    anyone's membership, shares or votes.
    """

    reference = models.CharField(max_length=20, unique=True, default=grant_reference, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    mutual = models.ForeignKey(Mutual, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # the last day; open-ended where empty

    class Meta:
        ordering = ("role", "from_on")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="role_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=models.Q(role__in=[r.value for r in Role]), name="role_is_known"),
            models.UniqueConstraint(
                fields=("user", "mutual", "role"),
                condition=models.Q(until_on__isnull=True),
                name="one_open_grant_of_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role} of {self.mutual}"

    @property
    def role_label(self) -> str:
        return Role(self.role).label

    @property
    def period(self) -> str:
        """From when until when, in words: "from 1 May 2026 until further notice"."""
        until = f"until {self.until_on:%-d %B %Y}" if self.until_on else "until further notice"
        return f"from {self.from_on:%-d %B %Y} {until}"
