"""The membership record beside the register: whom the mutual knows."""

from datetime import datetime
from typing import Any

from django.db import transaction

from mutualgov.audit.actions import record

from ..models import Person

#: The membership record beside the register: no entry is needed to change it.
DETAILS = frozenset(
    {
        "address",
        "born_on",
        "died_on",
        "email",
        "employee_number",
        "facts",
        "insurance_mark",
        "known_as",
        "postcode",
        "title",
    }
)


@transaction.atomic
def add_person(*, given_name: str, family_name: str, by: Any, at: datetime, **fields: Any) -> Person:
    """Note somebody the mutual knows; not yet a member.

    fields  the rest of the membership record: born_on, email, address, postcode, service_address, employee_number, …
    """
    added = Person.objects.create(given_name=given_name.strip(), family_name=family_name.strip(), **fields)
    record("members.person_added", added, by=by, at=at)
    return added


@transaction.atomic
def change_details(*, person: Person, by: Any, at: datetime, **changed: Any) -> Person:
    """Change the membership record of a person: what the mutual needs and the register does not show."""
    unknown = set(changed) - DETAILS
    if unknown:
        raise TypeError(f"not in the membership record: {sorted(unknown)}")
    new = {name: value for name, value in changed.items() if value != getattr(person, name)}
    if new:
        for name, value in new.items():
            setattr(person, name, value)
        person.save(update_fields=list(new))
        record("members.details_changed", person, by=by, at=at, what=sorted(new))
    return person
