"""The main job from end to end: a constitution, a staff file, real papers, a declared result, filled seats."""

import io
from datetime import date

import pytest

from members.feed.sample import sample_staff_csv
from mutualgov.audit.models import AuditEntry
from mutualgov.stories.governor_election import play
from mutualgov.stories.narrator import Narrator
from mutualgov.stories.script import Script, StoryRefused
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import reading_in
from voting.counting import read_blt

# Two seats, 30 papers made up here. NHS rules: quota 11; Ada is elected at once, Cy below quota at the end.
PAPERS = b"""4 2
7 1 3 0
5 1 4 0
4 1 0
6 2 4 0
5 3 4 0
3 4 3 0
0
"Ada Ash"
"Ben Beech"
"Cy Cedar"
"Di Dogwood"
"Staff governors"
"""

pytestmark = [pytest.mark.main_path, pytest.mark.django_db(transaction=True)]


def script(papers=PAPERS, *, rows=120, seats=2, rule="nhs-ft", staff=None):
    return Script(
        staff=staff or sample_staff_csv(rows=rows).encode(),
        staff_name="staff.csv",
        papers=read_blt(io.BytesIO(papers)),
        begins_on=date(2026, 6, 1),
        seats=seats,
        rule=rule,
    )


@pytest.fixture
def told():
    return play(script(), narrator=Narrator(quiet=True))


def test_the_story_ends_with_seats_that_agree_with_every_record(told):
    assert told["result"]["elected"] == ["Ada Ash", "Cy Cedar"]
    assert told["result"]["sheet"]["quota"] == "11"
    assert [seat["seat"] for seat in told["council"]] == ["council.staff_governor_nursing"] * 2
    assert told["agree"] == dict.fromkeys(told["agree"], True)


def test_the_timetable_is_the_constitutions(told):
    # 30, 20, 19, 17 and 10 working days before the close, past no bank holiday of June and July 2026
    assert told["election"]["timetable"] == {
        "notice": "2026-06-02T22:59:00+00:00",
        "nominations": "2026-06-16T16:00:00+00:00",
        "statement": "2026-06-17T22:59:00+00:00",
        "withdrawals": "2026-06-19T16:00:00+00:00",
        "poll": "2026-06-29T23:00:00+00:00",
        "close": "2026-07-14T16:00:00+00:00",
        "declare": "2026-07-15T16:00:00+00:00",
    }


def test_every_act_names_the_constitution_it_rests_on(told):
    with reading_in(Mutual.objects.get(key="riverside")):
        unfounded = AuditEntry.objects.filter(constitution=None).values_list("action", flat=True)

        assert list(unfounded) == []


def test_those_who_leave_before_the_declaration_give_their_share_back():
    leaving = sample_staff_csv(rows=120, on=date(2026, 6, 1)).encode()

    told = play(script(staff=leaving), narrator=Narrator(quiet=True))

    assert told["register"]["leavers_settled"] == 1
    assert told["agree"] == dict.fromkeys(told["agree"], True)


def test_papers_beyond_the_constituency_bring_in_voters_and_say_so():
    told = play(script(rows=20), narrator=Narrator(quiet=True))

    assert told["register"]["recruited_by_hand"] > 0
    assert told["election"]["roll"] == told["result"]["papers"] == 30


def test_a_file_with_no_contest_is_refused_before_anything_is_made():
    with pytest.raises(StoryRefused, match=r"^4 candidates for 4 seats: nothing would be counted\."):
        play(script(seats=4), narrator=Narrator(quiet=True))

    assert not Mutual.objects.exists()
