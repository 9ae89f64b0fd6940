"""What the first pages show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mutualgov.access.permissions import Role
from mutualgov.access.queries import grants_on
from mutualgov.accounts.models import DemoLogin, User
from mutualgov.accounts.queries import demo_logins
from mutualgov.audit.models import AuditEntry
from mutualgov.audit.words import names_in, sentence, who
from mutualgov.core.clock import uk_date
from mutualgov.duties.needs import Asker, Need, needs_of
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import reading_in


@dataclass(frozen=True, slots=True)
class MyMutual:
    """A mutual that a login may enter: what it is there and what needs it."""

    mutual: Mutual
    roles_in_words: str
    needs: list[Need]


def my_mutuals(user: User, *, at: datetime) -> list[MyMutual]:
    """Every mutual of a login, in order of name."""
    held: dict[Mutual, list[Role]] = {}
    for grant in grants_on(uk_date(at)).filter(user=user).select_related("mutual").order_by("mutual__name"):
        held.setdefault(grant.mutual, []).append(Role(grant.role))
    found = []
    for mutual, roles in held.items():
        with reading_in(mutual):
            needs = needs_of(Asker(user, frozenset(roles), at))
        found.append(MyMutual(mutual, words_for(roles), needs))
    return found


def all_mutuals() -> "QuerySet[Mutual]":
    """Every mutual on the site, for its operators: that they are there, and nothing of what is in them."""
    return Mutual.objects.order_by("name")


@dataclass(frozen=True, slots=True)
class EntryInWords:
    """One entry of the chain as a page shows it."""

    entry: AuditEntry
    sentence: str
    who: str


def in_words(entries: "QuerySet[AuditEntry] | list[AuditEntry]") -> list[EntryInWords]:
    """Entries with names put in for references."""
    found = list(entries)
    names = names_in(found)
    return [EntryInWords(entry, sentence(entry, names=names), who(entry, names=names)) for entry in found]


def words_for(roles: Collection[Role]) -> str:
    """Roles for a sentence: "secretary, chair and member"."""
    words = [role.label.lower() for role in Role if role in roles]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def demo_groups() -> list[tuple[str, list[DemoLogin]]]:
    """The demonstration's one-click logins, by mutual; the site's own operator last."""
    groups: dict[str, list[DemoLogin]] = {}
    for login in demo_logins():
        groups.setdefault(login.mutual.name if login.mutual else "The site", []).append(login)
    return sorted(groups.items(), key=lambda group: group[0] == "The site")
