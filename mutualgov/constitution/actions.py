"""Founding a mutual from its constitution, and adopting a version after another."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mutualgov.audit.actions import record
from mutualgov.core.dates import long_date
from mutualgov.core.rulings import Refusal
from mutualgov.tenancy.models import RESERVED_KEYS, Mutual
from mutualgov.tenancy.scope import acting_in, current_mutual

from .compiler import Document, compile_text, template_keys
from .document.problems import suggestion
from .document.tree import Layer
from .models import ConstitutionVersion, fingerprint


class AdoptionRefused(Refusal):
    """A version cannot be put on record."""


class FoundingRefused(Refusal):
    """A mutual cannot be founded so."""


@transaction.atomic
def found_mutual(*, text: str, founded_on: date, by: Any, at: datetime, further: Sequence[Document] = ()) -> Mutual:
    """Make the mutual that a constitution describes and adopt that constitution as its first version.

    founded_on  from when the constitution holds

    Raises WrongConstitution with every problem, FoundingRefused when the key is taken or cannot be an address.
    """
    book = compile_text(text, on=founded_on, further=further).or_refuse()
    mutual = Mutual(key=book.mutual.key, name=book.mutual.name, founded_at=at)
    if Mutual.objects.filter(key=mutual.key).exists():
        raise FoundingRefused(f"There already is a mutual “{mutual.key}” here. Choose another key.", rule="mutual.key")
    if mutual.key in RESERVED_KEYS:
        raise FoundingRefused(
            f"“{mutual.key}” is an address of the site itself. Choose another key.", rule="mutual.key"
        )
    mutual.full_clean()
    mutual.save()
    with acting_in(mutual):
        adopt_constitution(text=text, adopted_on=founded_on, by=by, at=at, further=further)
        record("constitution.founded", mutual, by=by, at=at, founded_on=founded_on.isoformat())
    return mutual


@transaction.atomic
def adopt_constitution(
    *, text: str, adopted_on: date, by: Any, at: datetime, further: Sequence[Document] = ()
) -> ConstitutionVersion:
    """Put the next version of the constitution of the mutual in scope on record, in force from a date.

    text     the constitution; the template and law packs it names are kept with it as they read now
    further  agreements and standing orders that hold beside it

    Versions are never edited; a mistake is followed by another version. Raises WrongConstitution with every problem,
    AdoptionRefused for another mutual's document, a version that changes nothing, or a date before the last one's.
    """
    mutual = Mutual.objects.select_for_update().get(pk=current_mutual().pk)  # numbers are given one at a time
    compilation = compile_text(text, on=adopted_on, further=further)
    book = compilation.or_refuse()
    if book.mutual.key != mutual.key:
        raise AdoptionRefused(
            f"This is the constitution of “{book.mutual.key}”, not of “{mutual.key}”. Check mutual: key:.",
            rule="mutual.key",
        )
    layers = [_kept(document) for document in compilation.documents if document.layer is not Layer.CONSTITUTION]
    latest = ConstitutionVersion.objects.order_by("-number").first()
    _refuse_out_of_turn(latest, adopted_on=adopted_on, sha256=fingerprint(text, layers))
    version = ConstitutionVersion.objects.create(
        number=latest.number + 1 if latest else 1,
        adopted_on=adopted_on,
        recorded_at=at,
        document=text,
        layers=layers,
        sha256=fingerprint(text, layers),
    )
    record(
        "constitution.adopted",
        version,
        by=by,
        at=at,
        rule="constitution",
        number=version.number,
        adopted_on=adopted_on.isoformat(),
        sha256=version.sha256,
    )
    return version


def start_text(template_key: str, *, key: str, name: str) -> str:
    """The text of a constitution that starts from a template, to be founded as it is or changed first.

    Raises FoundingRefused for a template that does not ship.
    """
    if template_key not in template_keys():
        hint = suggestion(template_key, template_keys())
        raise FoundingRefused(f"There is no template “{template_key}”. {hint}", rule="template")
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'template: {template_key}\nmutual:\n  key: {key}\n  name: "{quoted}"\n'


def _kept(document: Document) -> dict[str, str]:
    text = document.text if isinstance(document.text, str) else document.text.decode("utf-8-sig")
    return {"layer": document.layer.name, "name": document.name, "text": text}


def _refuse_out_of_turn(latest: ConstitutionVersion | None, *, adopted_on: date, sha256: str) -> None:
    if latest is None:
        return
    if adopted_on < latest.adopted_on:
        raise AdoptionRefused(
            f"Version {latest.number} holds from {long_date(latest.adopted_on)}; the next cannot hold from "
            f"{long_date(adopted_on)}. Choose that day or a later one.",
            rule="constitution.adopted_on",
        )
    if sha256 == latest.sha256:
        raise AdoptionRefused(
            f"This says exactly what version {latest.number} says. There is nothing to adopt.",
            rule="constitution.unchanged",
        )
