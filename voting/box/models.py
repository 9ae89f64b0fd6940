"""What lies in the box. No user, session, address, time or sequence: a column that is not there cannot be read.

``mutual`` is a plain number here, because mutuals live in the other database; the scope and row-level security hold
all the same.
"""

from typing import Any, ClassVar

from django.db import models

from mutualgov.tenancy.models import Mutual, TenantModel, tenant_manager
from mutualgov.tenancy.scope import current_mutual_id


class BoxModel(TenantModel):
    """A tenant's row in the database of the box."""

    mutual = models.ForeignKey(
        Mutual,
        on_delete=models.DO_NOTHING,
        default=current_mutual_id,
        editable=False,
        related_name="+",
        db_constraint=False,
    )

    objects: ClassVar[Any] = tenant_manager()

    class Meta:
        abstract = True
        default_manager_name = "objects"


class Urn(BoxModel):
    """One election's box: its own random key, whether it is sealed. The row that writers lock."""

    key = models.CharField(max_length=32, primary_key=True)
    sealed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.key


class Ballot(BoxModel):
    """One ballot: a random name, the box it lies in, its style, and a body as long as every other of the style."""

    leaf = models.CharField(max_length=64, primary_key=True)
    urn = models.CharField(max_length=32, db_index=True)
    style = models.CharField(max_length=80)
    body = models.BinaryField()

    class Meta:
        ordering = ("leaf",)

    def __str__(self) -> str:
        return self.leaf[:12]


class Pile(BoxModel):
    """Papers that one person has keyed, kept out of everybody's sight until a second person's copy agrees.

    name    what the desk calls the batch, hashed with the key of the box
    papers  what was keyed, in the order of the pile; emptied once the ballots lie in the box
    secret  from which the ballots' own names are made, so that an interrupted deposit ends as one deposit
    """

    name = models.CharField(max_length=64, primary_key=True)
    papers = models.JSONField(default=list)
    secret = models.CharField(max_length=64)
    deposited = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name[:12]
