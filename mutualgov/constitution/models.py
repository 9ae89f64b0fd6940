"""The versions of a constitution that a mutual has adopted."""

from typing import Any, ClassVar

from django.db import models

from mutualgov.core.canonical import canonical_json, sha256_hex
from mutualgov.tenancy.models import TenantModel

from .compiler import Document
from .document.tree import Layer


class ConstitutionVersion(TenantModel):
    """One constitution as adopted, with every other layer it was compiled from: never edited, only followed by another.

    The law packs and the template are kept as they read then, so that a later release cannot change what an old
    version says.
    """

    append_only: ClassVar[bool] = True

    number = models.PositiveIntegerField()
    adopted_on = models.DateField()  # in force from this day
    recorded_at = models.DateTimeField()
    document = models.TextField()  # the constitution itself, as written
    layers: Any = models.JSONField(default=list)  # law packs, template, agreements: [{"layer", "name", "text"}]
    sha256 = models.CharField(max_length=64)  # of document and layers

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("mutual", "number"), name="constitution_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="constitution_numbers_from_one"),
        ]
        indexes = [models.Index(fields=("mutual", "-adopted_on", "-number"), name="constitution_in_force")]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def reference(self) -> str:
        return f"version-{self.number}"

    def documents(self) -> tuple[Document, ...]:
        """Every layer as it was adopted, ready to be compiled."""
        kept = [Document(Layer[layer["layer"]], layer["name"], layer["text"]) for layer in self.layers]
        return (*kept, Document(Layer.CONSTITUTION, "", self.document))


def fingerprint(document: str, layers: list[dict[str, str]]) -> str:
    """The hash that the audit chain keeps of a version."""
    return sha256_hex(canonical_json({"document": document, "layers": layers}))
