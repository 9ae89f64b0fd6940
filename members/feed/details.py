"""What changed in the record of somebody known: names, addresses, numbers."""

from ..rules import in_words
from . import values
from .lines import Line, Terms
from .matching import Known
from .people import Staff


def detail_lines(staff: Staff, known: Known | None, terms: Terms) -> list[Line]:
    """What changed in the record of somebody known. An empty cell takes nothing away."""
    if known is None or not (known.memberships or known.due):
        return []
    lines = []
    names = {
        name: new
        for name in ("given_name", "family_name")
        if (new := getattr(staff, name)) and values.same_name(new) != values.same_name(getattr(known, name))
    }
    if names:
        sentence = (
            f"{known.name} is now {staff.name}, noted from {in_words(terms.on)}. The old name stays in the register."
        )
        data = {"particulars": names, "changed_on": terms.on.isoformat()}
        lines.append(Line("change", sentence, row=staff.row, person=known.pk, rule="CA 2006 s.113(6A)", data=data))
    if fields := _changed_fields(staff, known, terms):
        said = ", ".join(WORDS[name] for name in fields)
        sentence = f"{staff.name}: new {said}."
        lines.append(Line("change", sentence, row=staff.row, person=known.pk, rule="details", data={"fields": fields}))
    return lines


WORDS = {
    "email": "e-mail address",
    "address": "postal address",
    "postcode": "postcode",
    "known_as": "name to be called by",
    "employee_number": "employee number",
    "born_on": "date of birth",
    "insurance_mark": "National Insurance number",
}


def _changed_fields(staff: Staff, known: Known, terms: Terms) -> dict[str, str]:
    told: dict[str, str] = {
        "email": staff.email,
        "address": staff.address,
        "postcode": staff.postcode,
        "known_as": staff.known_as,
        "born_on": staff.born_on.isoformat() if staff.born_on else "",
        "insurance_mark": terms.mark(staff.insurance_number) if staff.insurance_number else "",
    }
    if values.same_number(staff.employee_number) != values.same_number(known.employee_number):
        told["employee_number"] = staff.employee_number
    was = {
        **{name: getattr(known, name) for name in told},
        "born_on": known.born_on.isoformat() if known.born_on else "",
    }
    return {name: new for name, new in told.items() if new and new != was[name]}
