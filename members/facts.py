"""What is known of people that the constitution may ask: from their assignments, and from what was noted of them."""

from collections.abc import Iterable, Sequence
from datetime import date

from mutualgov.constitution.rulebook import Rulebook
from mutualgov.constitution.semantics.eligibility import Fact, Facts
from mutualgov.tenancy.scope import current_mutual

from .feed.people import Post, Words
from .feed.values import key_of
from .models import Assignment, FeedWord, Person


def facts_of(people: Iterable[Person], *, on: date, book: Rulebook) -> dict[int, list[Facts]]:
    """The facts of people on a date, in each of their capacities, by key of the person. Two queries."""
    people = list(people)
    words = words_of(book)
    posts: dict[int, list[Post]] = {}
    for row in Assignment.objects.filter(person__in=people):
        posts.setdefault(row.person_id, []).append(post_of(row))
    return {
        person.pk: [
            {**noted_of(person), **facts} for facts in hats_of(posts.get(person.pk, []), person.born_on, on, words)[0]
        ]
        or [noted_of(person)]
        for person in people
    }


def noted_of(person: Person) -> Facts:
    """What was noted of somebody by hand: where they live, that they use the service. Dates come back as dates."""
    noted = {name: _as_date(value) for name, value in person.facts.items()}
    return {**noted, "born_on": person.born_on}


def _as_date(value: Fact) -> Fact:
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return value


def hats_of(posts: Sequence[Post], born_on: date | None, on: date, words: Words) -> tuple[list[Facts], Facts]:
    """What assignments say of somebody on a date: the facts of each, and those of the primary one."""
    if not posts:
        return [], {}
    began = min(post.continuous_from or post.started_on for post in posts)
    hats: list[Facts] = [{**post.facts(on, words=words), "service": began, "born_on": born_on} for post in posts]
    main = next((facts for post, facts in zip(posts, hats, strict=True) if post.is_primary), hats[0])
    return hats, main


def words_of(book: Rulebook) -> Words:
    """What a person said the feed's words mean; the mutual's own name needs no telling."""
    told: dict[str, dict[str, str]] = {"group": {}, "employer": {}}
    for word in FeedWord.objects.filter(what__in=told):
        told[word.what][key_of(word.said)] = word.meant
    own = {key_of(name): book.mutual.key for name in (book.mutual.name, current_mutual().name)}
    return Words(groups=told["group"], employers=own | told["employer"])


def post_of(row: Assignment) -> Post:
    """An assignment as the feed's own value."""
    return Post(**{name: getattr(row, name) for name in Post.__dataclass_fields__})
