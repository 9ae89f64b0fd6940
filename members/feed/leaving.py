"""A member who is in the file: stays, moves to another constituency, or leaves."""

from datetime import date, timedelta

from ..eligibility import Place
from ..rules import in_words
from .joining import join_line, no_constituency
from .lines import Line, Terms, post_data, question
from .matching import Known, KnownMembership
from .people import Staff


def staying_or_leaving(staff: Staff, known: Known, held: KnownMembership, terms: Terms) -> list[Line]:
    """What the file proposes for a member; nothing where all is as the register has it.

    The day after the last day of work is the first on which membership has ceased.
    """
    last = staff.last_day_on
    if last is not None:
        return _leaving(staff, known, held, last + timedelta(days=1), terms)
    if all(post.over_without_date or post.last_day_on for post in staff.posts):
        status = staff.main_post.status
        sentence = f"{staff.name} has the status {status} and no termination date. Payroll should say since when."
        return [Line("conflict", sentence, row=staff.row, person=known.pk, rule="no leaving date")]
    starts = terms.on if staff.runs(terms.on) else staff.first_start_after(terms.on) or terms.on
    place = terms.place(staff, starts)
    if place.class_key != held.class_key:
        return _no_longer_eligible(staff, known, held, place, terms)
    if held.ceased_on is not None:
        return _end_withdrawn(staff, known, held, terms)
    if not place.constituency_key and place.reason:
        return [no_constituency(staff, known, place)]
    if place.constituency_key != held.constituency_key:
        return [_moving(staff, known, held, place, terms)]
    return []


def _leaving(staff: Staff, known: Known, held: KnownMembership, ceases_on: date, terms: Terms) -> list[Line]:
    ceases_on = max(ceases_on, held.joined_on)
    if held.ceased_on == ceases_on:
        return []
    last = in_words(ceases_on - timedelta(days=1))
    reason = next((post.leaving_reason for post in staff.posts if post.leaving_reason), "")
    if staff.died:
        sentence = (
            f"{staff.name} died in service on {last}. No more letters or mail; a share passes by the rules on death, "
            "to a nominee or personal representatives."
        )
    elif ceases_on > terms.on:
        sentence = f"{staff.name} leaves after {last}; membership ceases on {in_words(ceases_on)}."
    else:
        sentence = f"{staff.name} left on {last}; membership ceased on {in_words(ceases_on)}."
    lines = [
        Line(
            "leave",
            sentence + (f" Reason given: {reason}." if reason and not staff.died else ""),
            row=staff.row,
            person=known.pk,
            rule="death in service" if staff.died else "left employment",
            data={
                "membership": held.reference,
                "from": ceases_on.isoformat(),
                "reason": "died in service" if staff.died else "left employment",
                "died_on": (ceases_on - timedelta(days=1)).isoformat() if staff.died else None,
                "posts": [post_data(post) for post in staff.posts],
            },
        )
    ]
    late = (terms.on - ceases_on).days
    if late > 0:
        lines.append(
            Line(
                "warning",
                f"{staff.name}'s leaving is told {late} {'day' if late == 1 else 'days'} late. A vote whose electorate "
                "was fixed in between keeps it; the returning officer should look at it.",
                row=staff.row,
                person=known.pk,
                rule="back-dated leaving",
            )
        )
    return lines


def _no_longer_eligible(staff: Staff, known: Known, held: KnownMembership, place: Place, terms: Terms) -> list[Line]:
    ends_on = max(_qualified_until(staff, terms.on), held.joined_on)
    why = f": {place.reason}" if not place.class_key else " now belongs to another class."
    leave = Line(
        "leave",
        f"{staff.name}{why} Membership ceases on {in_words(ends_on)}.",
        row=staff.row,
        person=known.pk,
        rule=place.rule,
        data={
            "membership": held.reference,
            "from": ends_on.isoformat(),
            "reason": "no longer eligible",
            "posts": [post_data(post) for post in staff.posts],
        },
    )
    return [leave, join_line(staff, known, place, terms.on, terms)] if place.class_key else [leave]


def _qualified_until(staff: Staff, on: date) -> date:
    """The day after the last post that ended, else the day the present one began: then it no longer qualified."""
    ended = [post.last_day_on for post in staff.posts if post.last_day_on and post.last_day_on < on]
    if ended:
        return max(ended) + timedelta(days=1)
    return min(on, max((post.started_on for post in staff.posts if post.runs(on)), default=on))


def _end_withdrawn(staff: Staff, known: Known, held: KnownMembership, terms: Terms) -> list[Line]:
    answer = terms.answers.get(f"stays {staff.employee_number}", "")
    ends = in_words(held.ceased_on) if held.ceased_on else ""
    if answer == "stays":
        sentence = f"{staff.name} stays; the entry that ends membership on {ends} is struck out."
        data = {"stays": held.reference, "posts": [post_data(post) for post in staff.posts]}
        return [Line("change", sentence, row=staff.row, person=known.pk, rule="leaving withdrawn", data=data)]
    if answer == "goes":
        return []
    sentence = f"The register ends {staff.name}'s membership on {ends}; the file no longer has a termination date."
    answers = (("stays", "Stays: strike the entry out"), ("goes", "Leaves all the same"))
    return [question("stays", staff, "leaving withdrawn", sentence, known, answers)]


def _moving(staff: Staff, known: Known, held: KnownMembership, place: Place, terms: Terms) -> Line:
    post = staff.main_post
    same_post = any((post.number, post.started_on) == (was.number, was.started_on) for was in known.posts)
    # A new post moves its holder from the day it began; a post that is only called otherwise now, from now.
    moved_on = terms.on if same_post or not known.posts else max(held.joined_on, min(post.started_on, terms.on))
    left = terms.called(held.constituency_key) or "no constituency"
    return Line(
        "change",
        f"{staff.name} moves from {left} to {terms.called(place.constituency_key)} on {in_words(moved_on)}.",
        row=staff.row,
        person=known.pk,
        rule=place.rule,
        data={
            "membership": held.reference,
            "constituency": place.constituency_key,
            "moved_on": moved_on.isoformat(),
            "posts": [post_data(post) for post in staff.posts],
        },
    )
