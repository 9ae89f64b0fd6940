"""How a notice finds a member: the name and address of today, by the reference of the membership."""

from mutualgov.notices.addressees import Addressee, finds_addressee

from .queries import NoSuchMember, membership


@finds_addressee
def member(reference: str) -> Addressee | None:
    """A member by membership reference; None for references of another kind."""
    if not reference.startswith("M-"):
        return None
    try:
        person = membership(reference).person
    except NoSuchMember:
        return None
    return Addressee(person.name, person.email)
