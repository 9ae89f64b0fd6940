"""What a leaver's page and a staff file say of shares."""

import pytest

from members.leaving import meanings_of_leaving
from tests.conftest import TODAY
from tests.factories.members import make_member
from tests.factories.shares import adopt_society, allot

pytestmark = pytest.mark.django_db


def test_a_leaver_is_told_with_the_share_and_what_becomes_of_it(in_weavers):
    adopt_society()
    ann, ben = make_member("Ann Holder"), make_member("Ben Without")
    allot(ann)

    said = meanings_of_leaving([ann.reference, ben.reference], on=TODAY)

    assert said[ann.reference] == ["Holds 1 membership share, to be cancelled, its amount going to reserves."]
    assert ben.reference not in said
