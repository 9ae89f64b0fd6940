"""The demonstration: three mutuals of invented people, with elections at every stage, and a login per role.

A staff society (Riverside) with a declared election, an open poll and open nominations; a small company (Lantern) whose
poll has closed and waits to be counted; a foundation trust (Fenland) with public and patient members. Everything is
done through the actions that the pages call, in the order of time, so that the demonstration's own record is whole.
"""

import heapq
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from django.conf import settings
from django.db import transaction

from councils import queries as seated
from councils.actions import fill_seat, sync_seats
from members import actions as register
from members import queries as registered
from members.feed import actions as feed
from members.feed.sample import sample_staff_csv
from members.models import Person
from mutualgov.access.actions import grant_role
from mutualgov.access.permissions import Role
from mutualgov.accounts.actions import make_login, offer_demo_login
from mutualgov.accounts.models import User
from mutualgov.audit import news
from mutualgov.constitution.actions import found_mutual, start_text
from mutualgov.core.clock import uk_date, uk_time
from mutualgov.core.dates import Nation, working_days_after, working_days_before
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from shares.actions import allot_shares
from shares.queries import members_without_share
from voting.lifecycle import Stage

from .narrator import Advance, Narrator
from .people import names
from .scenes import Cast, Moment, Plan, Scene, an_election

DOMAIN = "demo.example"


@dataclass
class Place:
    """One mutual of the demonstration while it is being made."""

    mutual: Mutual
    cast: Cast
    today: date
    draw: random.Random
    plans: list[Plan] = field(default_factory=list)


def wanted() -> bool:
    """Whether the site is for this machine only and holds no mutual yet."""
    return bool(settings.EMBEDDED) and not Mutual.objects.exists()


def seed(*, at: datetime, narrator: Narrator) -> None:
    """Make the demonstration, as of a moment."""
    today = uk_date(at)
    for name, make in (
        ("Riverside Care Society", _riverside),
        ("Lantern Wound Care CIC", _lantern),
        ("Fenland Community NHS Foundation Trust", _fenland),
    ):
        with narrator.step(f"Making {name}, with invented people") as advance:
            place = make(today)
            _play_side_by_side(place, advance)
            news.deliver(place.mutual)
    operator = make_login(email=f"operator@{DOMAIN}", name="Olu Operator", site_operator=True)
    offer_demo_login(user=operator, key="operator", label="Site operator", position=99)


# --- the three mutuals -----------------------------------------------------------------------------------------------


def _riverside(today: date) -> Place:
    founded_on = _back(today, 80)
    place = _found("riverside", "Riverside Care Society", founded_on=founded_on, today=today, seed=1)
    with acting_in(place.mutual), transaction.atomic():
        at = uk_time(founded_on, 11)
        batch = feed.propose_staff_feed(
            file=sample_staff_csv(rows=150, on=founded_on).encode(),
            filename="staff-first.csv",
            by=place.cast.secretary,
            at=at,
        )
        feed.approve_batch(batch=batch, by=place.cast.secretary, at=at + timedelta(minutes=20), despite=_first(batch))
        _allot_to_all(place, class_key="membership", at=at + timedelta(minutes=40))
        _appoint(
            place,
            {
                "council.authority_governor": ["Councillor Pat Quill", "Councillor Dev Rana"],
                "council.gp_governor": ["Dr Mo Sadler"],
                "council.community_governor": ["Grace Tully", "Hal Unwin", "Ines Vane"],
                "board.chair": ["Jo Winter"],
                "board.ned": ["Kit Yates", "Lou Abbas"],
                "board.chief_executive": ["Max Brook"],
                "board.executive": ["Nia Cole", "Oz Drew"],
            },
            from_on=founded_on,
        )
    for seat, electorate, seats, closes, until, share_voting in (
        ("council.staff_governor_homecare", "homecare", 3, _back(today, 15), Stage.DECLARED, 60),
        ("council.staff_governor_nursing", "nursing", 3, _on(today, 4), Stage.OPEN, 25),
        ("council.staff_governor_support", "support", 2, _on(today, 26), Stage.NOTICE_GIVEN, 0),
    ):
        _add_election(place, seat, electorate, seats=seats, closes=closes, days=30, until=until, voting=share_voting)
    _member_login(place, "nursing", name="a nurse, with a vote to cast", key="member")
    _member_login(place, "support", name="support staff, who may stand", key="member-2")
    return place


def _lantern(today: date) -> Place:
    founded_on = _back(today, 60)
    place = _found("lantern", "Lantern Wound Care CIC", founded_on=founded_on, today=today, seed=2)
    with acting_in(place.mutual), transaction.atomic():
        _admit(place, 18, class_key="staff", constituency_key="clinical", on=founded_on, **_employed("clinical"))
        _admit(place, 8, class_key="staff", constituency_key="office", on=founded_on, **_employed("office"))
        _allot_to_all(place, class_key="one_pound", at=uk_time(founded_on, 12))
        _appoint(
            place,
            {
                "board.chair": ["Rae Keeling"],
                "board.ned": ["Sam Lister"],
                "board.chief_executive": ["Tia Mott"],
                "board.operations_director": ["Uri Nash"],
            },
            from_on=founded_on,
        )
    _add_election(
        place, "board.staff_director", "staff", seats=2, closes=_back(today, 1), days=20, until=Stage.CLOSED, voting=70
    )
    _member_login(place, "clinical", name="an owner", key="member")
    return place


def _fenland(today: date) -> Place:
    founded_on = _back(today, 90)
    place = _found("fenland", "Fenland Community NHS Foundation Trust", founded_on=founded_on, today=today, seed=3)
    with acting_in(place.mutual), transaction.atomic():
        for area, many in (("north", 40), ("south", 30), ("city", 35)):
            _admit(place, many, class_key="public", constituency_key=area, on=founded_on, lives_in=area)
        _admit(place, 25, class_key="patient", on=founded_on, attended=founded_on.isoformat())
        _admit(place, 30, class_key="staff", constituency_key="clinical", on=founded_on, **_employed("clinical"))
        _admit(place, 12, class_key="staff", constituency_key="nonclinical", on=founded_on, **_employed("nonclinical"))
        _appoint(
            place,
            {
                "council.authority_governor": ["Councillor Vic Orme"],
                "council.university_governor": ["Professor Wyn Pike"],
                "council.voluntary_governor": ["Xan Quade"],
            },
            from_on=founded_on,
        )
    for seat, electorate, seats, closes, until, voting in (
        ("council.public_north", "north", 4, _back(today, 10), Stage.DECLARED, 45),
        ("council.public_south", "south", 4, _on(today, 6), Stage.OPEN, 20),
        ("council.staff_clinical", "clinical", 3, _on(today, 32), Stage.NOTICE_GIVEN, 0),
    ):
        _add_election(place, seat, electorate, seats=seats, closes=closes, days=40, until=until, voting=voting)
    _member_login(place, "south", name="a public member, with a vote to cast", key="member")
    return place


# --- how each is made ------------------------------------------------------------------------------------------------


def _found(key: str, name: str, *, founded_on: date, today: date, seed: int) -> Place:
    """Found a mutual from the template of the same key, with a login for each office."""
    people = iter(names(random.Random(seed * 1000)))
    logins = {}
    for position, role in enumerate((Role.SECRETARY, Role.RETURNING_OFFICER, Role.SCRUTINEER, Role.CHAIR)):
        user = make_login(email=f"{role.value.replace('_', '-')}@{key}.{DOMAIN}", name=" ".join(next(people)))
        logins[role] = (user, position)
    secretary = logins[Role.SECRETARY][0]
    mutual = found_mutual(
        text=start_text(key, key=key, name=name), founded_on=founded_on, by=secretary, at=uk_time(founded_on, 9)
    )
    with acting_in(mutual), transaction.atomic():
        for role, (user, position) in logins.items():
            grant_role(user=user, role=role, from_on=founded_on, by=secretary, at=uk_time(founded_on, 9, 30))
            _offer(
                user, mutual, key=role.value.replace("_", "-"), label=f"{role.label}: {user.name}", position=position
            )
    cast = Cast(secretary, logins[Role.RETURNING_OFFICER][0], logins[Role.SCRUTINEER][0])
    return Place(mutual, cast, today, random.Random(seed))


def _offer(user: User, mutual: Mutual, *, key: str, label: str, position: int) -> None:
    offer_demo_login(user=user, key=f"{mutual.key}-{key}", label=label, mutual=mutual, position=position)


def _employed(group: str) -> Mapping[str, object]:
    return {"employed": True, "contract": "permanent", "group": group}


def _admit(place: Place, many: int, *, class_key: str, on: date, constituency_key: str = "", **facts: object) -> None:
    at = uk_time(on, 11)
    taken = set(Person.objects.values_list("given_name", "family_name"))
    fresh = (pair for pair in names(place.draw) if pair not in taken)
    admissions = [
        register.Admission(
            person=register.add_person(
                given_name=given,
                family_name=family,
                born_on=date(
                    1960 + place.draw.randrange(40), 1 + place.draw.randrange(12), 1 + place.draw.randrange(28)
                ),
                facts=dict(facts),
                by=place.cast.secretary,
                at=at,
            ),
            class_key=class_key,
            constituency_key=constituency_key,
            effective_on=on,
        )
        for _, (given, family) in zip(range(many), fresh, strict=False)
    ]
    register.admit_many(
        admissions=admissions, authority="Board minute 2: first members", by=place.cast.secretary, at=at
    )


def _allot_to_all(place: Place, *, class_key: str, at: datetime) -> None:
    allot_shares(
        memberships=members_without_share(class_key=class_key, on=uk_date(at)),
        class_key=class_key,
        units=1,
        effective_on=uk_date(at),
        authority="Board minute 3: one share to each member",
        by=place.cast.secretary,
        at=at,
    )


def _appoint(place: Place, holders: Mapping[str, Sequence[str]], *, from_on: date) -> None:
    """Fill seats that are appointed or named by others."""
    at = uk_time(from_on, 15)
    sync_seats(on=from_on, by=place.cast.secretary, at=at)
    for path, people in holders.items():
        body_key, _, seat_key = path.partition(".")
        for number, holder in enumerate(people, start=1):
            fill_seat(
                seat=seated.seat(body_key=body_key, seat_key=seat_key, number=number),
                from_on=from_on,
                source=f"Letter or minute of {from_on:%-d %B %Y}",
                holder_name=holder,
                by=place.cast.secretary,
                at=at,
            )


def _add_election(
    place: Place, seat: str, electorate: str, *, seats: int, closes: date, days: int, until: Stage, voting: int
) -> None:
    """One election that closes on a date, with notice ``days`` working days before; ``voting`` is the turnout in %."""
    with acting_in(place.mutual), transaction.atomic():
        notice_on = min(_back(closes, days), place.today)
        lines = registered.members_in(by=[electorate], on=notice_on)
    lines = sorted(lines, key=lambda line: place.draw.random())
    standing = lines[: min(len(lines) // 2, seats + 3)] if until is not Stage.NOTICE_GIVEN else lines[:2]
    candidates = [(line.name, line.reference, place.draw.choice(STATEMENTS)) for line in standing]
    voters = lines[len(standing) :][: len(lines) * voting // 100]
    votes = [
        (line.reference, place.draw.sample([name for name, *_ in candidates], k=place.draw.randint(1, len(candidates))))
        for line in voters
    ]
    plan = Plan(
        seat=seat, seats=seats, notice_on=notice_on, close_on=closes, standing=candidates, votes=votes, until=until
    )
    place.plans.append(plan)


STATEMENTS = (
    "I have worked here for nine years and I want the night teams to be heard as clearly as the day teams.",
    "I will bring your questions to every meeting and tell you what was answered, also when the answer is no.",
    "Our members should see where the money goes. I will ask for accounts that a person can read.",
    "I came for a year and stayed for twelve. I would look after what makes people stay.",
    "More of us should take part. I will hold a drop-in before each council meeting, on a different site each time.",
)


def _member_login(place: Place, electorate: str, *, name: str, key: str) -> None:
    """A login for a member who neither stands nor has voted: the last of the constituency by number."""
    with acting_in(place.mutual), transaction.atomic():
        busy = {reference for plan in place.plans for reference in _busy(plan)}
        lines = [line for line in registered.members_in(by=[electorate], on=place.today) if line.reference not in busy]
        line = max(lines, key=lambda line: line.number)
        user = make_login(email=f"{key}@{place.mutual.key}.{DOMAIN}", name=line.name)
        register.link_login(
            membership=registered.membership(line.reference),
            user=user,
            by=place.cast.secretary,
            at=uk_time(line.joined_on, 17),
        )
        position = 10 + int(key[-1]) if key[-1].isdigit() else 10
        _offer(user, place.mutual, key=key, label=f"Member: {line.name}, {name}", position=position)


def _busy(plan: Plan) -> set[str]:
    return {reference for _, reference, _ in plan.standing} | {reference for reference, _ in plan.votes}


def _first(batch: object) -> str:
    return "The first file of a new society" if getattr(batch, "alarm", "") else ""


def _play_side_by_side(place: Place, advance: Advance) -> None:
    """Every scene's acts in the order of time, up to now."""
    turns = count()
    with acting_in(place.mutual):
        due: list[tuple[datetime, int, Moment, Scene]] = []
        for scene in [an_election(plan, cast=place.cast) for plan in place.plans]:
            moment = next(scene)
            heapq.heappush(due, (moment.at, next(turns), moment, scene))
        while due:
            at, turn, moment, scene = heapq.heappop(due)
            advance(turn, turn + len(due) + 1)
            try:
                following = scene.send(at)
            except StopIteration:
                continue
            heapq.heappush(due, (max(following.at, at), next(turns), following, scene))


def _back(today: date, working_days: int) -> date:
    return working_days_before(today, working_days, nation=Nation.ENGLAND_AND_WALES).on


def _on(today: date, working_days: int) -> date:
    return working_days_after(today, working_days, nation=Nation.ENGLAND_AND_WALES).on
