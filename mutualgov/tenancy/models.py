"""The tenant, and what every tenant's row inherits."""

from typing import Any, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django_scopes import ScopedManager

from .scope import current_mutual_id

KEY_SHAPE = RegexValidator(
    r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$",
    "Use small letters, digits and single hyphens, starting with a letter.",
)
#: First parts of addresses that are the site's own.
RESERVED_KEYS = frozenset(
    {"accounts", "admin", "api", "demo", "help", "kit", "media", "post-room", "site", "start", "static", "verify", "ws"}
)


class Mutual(models.Model):
    """A tenant: one mutual, under its own constitution."""

    key = models.CharField(max_length=60, unique=True, validators=[KEY_SHAPE])
    name = models.CharField(max_length=200)
    founded_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=~models.Q(key__in=sorted(RESERVED_KEYS)), name="mutual_key_not_reserved")
        ]

    def __str__(self) -> str:
        return self.name


def tenant_manager() -> Any:
    """``objects`` of a tenant model: rows of the mutual in scope; raises ScopeError with none in scope."""
    return ScopedManager(mutual="mutual")


class TenantModel(models.Model):
    """A row that belongs to one mutual.

    ``mutual`` is taken from the scope when a row is made and is the first column of every tenant's uniqueness.
    ``objects`` sees the mutual in scope only. ``everywhere`` is for migrations and the few reports that span mutuals;
    each use says why. On PostgreSQL row-level security says the same (guards.py).
    """

    mutual = models.ForeignKey(
        Mutual, on_delete=models.PROTECT, default=current_mutual_id, editable=False, related_name="+"
    )

    objects: ClassVar[Any] = tenant_manager()
    everywhere: ClassVar[models.Manager[Self]] = models.Manager()

    #: True where the database itself refuses UPDATE and DELETE.
    append_only: ClassVar[bool] = False

    class Meta:
        abstract = True
        default_manager_name = "objects"
