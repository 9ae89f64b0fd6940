"""People: who sits, who stands."""

from django.utils.safestring import SafeString

from .library import component, one_of, register, trimmed


@register.simple_block_tag
def person(
    content: str,
    *,
    name: str,
    role: str = "",
    body: str = "",
    term: str = "",
    href: str = "",
    status: str = "",
) -> SafeString:
    """Somebody who holds a seat. body: for whom; term: in words; status: a rendered status or words."""
    return component(
        "person", content=trimmed(content), name=name, role=role, body=body, term=term, href=href, status=status,
        initials=initials(name),
    )  # fmt: skip


@register.simple_block_tag
def candidate(
    content: str,
    *,
    name: str,
    position: int | None = None,
    body: str = "",
    href: str = "",
    status: str = "",
    tone: str = "plain",
) -> SafeString:
    """Somebody who stands. position: place on the ballot paper or in the result; tone: plain or elected."""
    one_of(tone, ("plain", "elected"), argument="tone")
    return component(
        "candidate", content=trimmed(content), name=name, position=position, body=body, href=href, status=status,
        tone=tone, initials=initials(name),
    )  # fmt: skip


@register.filter
def initials(name: str) -> str:
    """Up to two letters for a person or a mutual: "Bo Ek-Lund" is "BE", "The Weavers' Co-operative" is "WC"."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    told = [word for word in words if word.lower() not in {"the", "of", "and", "for"}] or words
    return "".join(word[0].upper() for word in told[:2])
