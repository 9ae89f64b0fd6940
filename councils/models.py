"""Seats and the terms served in them. That no seat is held by two at once is the database's word too (guards.py)."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from mutualgov.tenancy.models import TenantModel


class How(models.TextChoices):
    """How somebody came to hold a seat."""

    ELECTED = "elected", "Elected"
    APPOINTED = "appointed", "Appointed"
    NOMINATED = "nominated", "Nominated"
    CO_OPTED = "co_opted", "Co-opted"
    NEXT_HIGHEST = "next_highest", "Next in the count"


class Seat(TenantModel):
    """One place in a body, made from the constitution in force; places of the same name are told apart by number.

    ``closed_on`` is the first day on which the constitution no longer has it. The row stays: its history is kept.
    """

    body_key = models.CharField(max_length=60)
    seat_key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ("body_key", "seat_key", "number")
        constraints = [
            models.UniqueConstraint(fields=("mutual", "body_key", "seat_key", "number"), name="one_seat_of_a_number"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="seat_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def path(self) -> str:
        """The seat as the constitution names it: ``council.staff_governor_nursing``."""
        return f"{self.body_key}.{self.seat_key}"

    @property
    def reference(self) -> str:
        return f"{self.path}.{self.number}"


class Term(TenantModel):
    """One holder's time in a seat.

    until_on  the last day of the term as the constitution counts it; None where the seat has no term
    because   how that day was reached, in a sentence
    source    what it rests on: an election's reference, a minute, a nominator's letter
    ended_on  the first day the holder no longer sat, where that came before the term ran out

    A member's name is read from the register; an outsider's is kept here.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    membership = models.ForeignKey("members.Membership", null=True, on_delete=models.PROTECT, related_name="terms")
    holder_name = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=20, choices=How.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    because = models.TextField(blank=True)
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    constitution = models.PositiveIntegerField(null=True)  # number of the version it rests on
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("from_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=False, holder_name="")
                | (Q(membership__isnull=True) & ~Q(holder_name="")),
                name="term_has_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="term_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_on")),
                name="term_is_ended_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(how__in=How.values), name="term_how_is_known"),
        ]
        indexes = [models.Index(fields=("mutual", "seat", "from_on"), name="term_by_seat")]

    def __str__(self) -> str:
        return f"{self.seat} from {self.from_on}"

    @property
    def over_on(self) -> date | None:
        """The first day on which the seat is no longer held under this term; None where it goes on."""
        if self.ended_on is not None:
            return self.ended_on
        return self.until_on + timedelta(days=1) if self.until_on else None

    def runs_on(self, on: date) -> bool:
        return self.from_on <= on and (self.over_on is None or on < self.over_on)
