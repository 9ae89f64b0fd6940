"""Somebody of the file who is not a member: joins, is invited, joins later, or stays outside, and why."""

from datetime import date, timedelta

from ..eligibility import Place
from ..rules import in_words
from .lines import Line, Terms, outside, person_data, post_data, question
from .matching import Known
from .people import Staff


def joining_line(staff: Staff, known: Known | None, terms: Terms) -> Line | None:
    """What the file proposes for somebody who is not a member; None where there is nothing to say."""
    on = terms.on
    if known is not None and known.memberships and not staff.runs(on) and staff.first_start_after(on) is None:
        return None  # left before, and the register says so already
    if staff.died:
        return outside(staff, known, "died in service before joining", "death in service")
    starts = on if staff.runs(on) else staff.first_start_after(on)
    if starts is None:
        last = staff.last_day_on
        left = f"left on {in_words(last)}" if last else f"has the status {staff.main_post.status}"
        return outside(staff, known, f"{left} and was not a member", "left")
    place = terms.place(staff, starts)
    if not place.class_key:
        if place.eligible_on:
            starts, place = place.eligible_on, terms.place(staff, place.eligible_on)
        if not place.class_key:
            under = f" ({category})" if (category := staff.main_post.category) else ""
            return Line("outside", f"{staff.name}{under}: {place.reason}", row=staff.row, rule=place.rule)
    if known is not None and (said := _already_settled(staff, known, place, starts, terms)) is not None:
        return said[0] if said else None
    if not place.constituency_key and place.reason:
        return no_constituency(staff, known, place)
    if (
        known is not None
        and _was_member(known, place.class_key)
        and terms.answers.get(f"again {staff.employee_number}") != "yes"
    ):
        return _ask_again(staff, known, place, terms)
    return join_line(staff, known, place, starts, terms)


def no_constituency(staff: Staff, known: Known | None, place: Place) -> Line:
    """A question that teaching the staff group answers for everybody in it."""
    return Line(
        "conflict",
        f"{staff.name}: {place.reason}",
        row=staff.row,
        person=known.pk if known else None,
        rule=place.rule,
        data={"group": staff.main_post.staff_group},
    )


def _already_settled(staff: Staff, known: Known, place: Place, starts: date, terms: Terms) -> list[Line] | None:
    """What is left to say of somebody who waits already or said no; None where the person may join."""
    if place.class_key in known.opted_out:
        return [outside(staff, known, "said no to membership; that stands until they say otherwise", "opted out")]
    if place.class_key in known.due and (known.due[place.class_key] or starts > terms.on):
        return []
    return None


def join_line(staff: Staff, known: Known | None, place: Place, starts: date, terms: Terms) -> Line:
    where = f" in {terms.called(place.constituency_key)}" if place.constituency_key else ""
    invited = place.join in ("apply", "appointed")
    if starts > terms.on:
        kind, sentence = (
            "schedule",
            f"{staff.name} will qualify from {in_words(starts)}{where}: admitted then, not before.",
        )
    elif invited:
        kind, sentence = "invite", f"{staff.name} may join{where} and is invited to."
    else:
        until = f" until {in_words(staff.last_day_on)}" if staff.last_day_on else ""
        kind, sentence = "join", f"{staff.name} joins{where}{until}."
    return Line(
        kind,
        sentence,
        row=staff.row,
        person=known.pk if known else None,
        rule=place.rule,
        data={
            "new": None if known else person_data(staff, terms),
            "posts": [post_data(post) for post in staff.posts],
            "class": place.class_key,
            "constituency": place.constituency_key,
            "from": starts.isoformat(),
            "until": (staff.last_day_on + timedelta(days=1)).isoformat() if staff.last_day_on else None,
            "invited": invited,
        },
    )


def _was_member(known: Known, class_key: str) -> bool:
    return any(held.class_key == class_key for held in known.memberships)


def _ask_again(staff: Staff, known: Known, place: Place, terms: Terms) -> Line:
    before = max((held for held in known.memberships if held.class_key == place.class_key), key=lambda h: h.joined_on)
    ended = in_words(before.ceased_on) if before.ceased_on else ""
    if terms.answers.get(f"again {staff.employee_number}") == "no":
        return outside(staff, known, "was a member before and is left out of this batch", "left out")
    return question(
        "again",
        staff,
        "joins again",
        f"{staff.name} was a member until {ended} ({before.reference}) and works here again. "
        "Joining again gives a new membership with a new number. Admit again?",
        known,
        (("yes", "Yes, admit again"), ("no", "No, leave out")),
    )
