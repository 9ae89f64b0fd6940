"""Whom the mutual knows: the membership record, which nobody may inspect as they may the register."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mutualgov.core.references import new_reference
from mutualgov.tenancy.models import TenantModel


def person_reference() -> str:
    return new_reference("P", length=7)


class Person(TenantModel):
    """Somebody the mutual knows; a member only where a membership says so. Holds what is true now."""

    reference = models.CharField(max_length=12, default=person_reference, editable=False)
    title = models.CharField(max_length=30, blank=True)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    known_as = models.CharField(max_length=120, blank=True)
    born_on = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    service_address = models.TextField(blank=True)  # the one the register shows
    employee_number = models.CharField(max_length=30, blank=True)
    insurance_mark = models.CharField(max_length=64, blank=True)  # keyed hash of the National Insurance number
    facts = models.JSONField(default=dict, blank=True)  # what the constitution asks and no assignment answers
    login = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    died_on = models.DateField(null=True, blank=True)  # stops all letters and mail
    missed_feeds = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("family_name", "given_name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("mutual", "reference"), name="person_reference_once"),
            models.UniqueConstraint(
                fields=("mutual", "login"), condition=Q(login__isnull=False), name="a_login_is_one_person"
            ),
            models.CheckConstraint(condition=~Q(given_name="", family_name=""), name="person_has_a_name"),
        ]
        indexes = [models.Index(fields=("mutual", "employee_number"), name="person_by_employee_number")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
