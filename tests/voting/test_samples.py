"""Every page of elections answers the right person, whatever it is given to show."""

import pytest
from django.urls import reverse

from mutualgov.access.permissions import Role
from tests.conftest import make_login
from tests.voting.samples import samples
from voting.urls import urlpatterns

pytestmark = pytest.mark.django_db
PAGES = [p for p in urlpatterns if hasattr(p.callback.view_class, "get") and p.callback.view_class.__dict__.get("get")]


@pytest.fixture
def addresses(ruled):
    return samples(ruled)


def test_every_page_answers_those_who_may_see_it(client, ruled, addresses):
    client.force_login(make_login("Hope Hasall", ruled, *Role))
    answers = {}
    for page in PAGES:
        url = reverse(f"voting:{page.name}", kwargs={"mutual": ruled.key, **addresses.get(f"voting:{page.name}", {})})
        answers[page.name] = client.get(url).status_code

    expected = {name: 200 if code != 405 else 405 for name, code in answers.items()}
    assert answers == expected
    assert sum(code == 200 for code in answers.values()) >= 18
