"""How values of a rule book read in a sentence: lists, facts, quorums, rules."""

from collections.abc import Mapping

from .document.nouns import Of, Quorum, Rule, Where
from .document.values import Comparison, Duration, fraction_in_words
from .rulebook import Rulebook


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def listed(words: list[str] | tuple[str, ...], *, last: str = "and") -> str:
    """Words as a list in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def where_in_words(book: Rulebook, where: Where) -> str:
    """Facts as a relative clause: ``are employed and have a staff group of …``."""
    groups = [listed([_condition(name, wanted) for name, wanted in group.items()]) for group in where.alternatives]
    return listed(groups, last="or else")


def _condition(name: str, wanted: object) -> str:
    noun = name.replace("_", " ")
    if wanted is True:
        known = {"uses_service": "uses the service", "works_on_site": "works on the site"}
        return known.get(name, f"is {noun}".replace("is registered user", "is a registered user"))
    if wanted is False:
        return f"is not {noun}"
    if isinstance(wanted, Duration):
        return f"has {noun.removesuffix(' within')} within the last {wanted.in_words}"
    if isinstance(wanted, Comparison):
        return f"has {wanted.in_words} of {noun}"
    options = listed(list(wanted), last="or") if isinstance(wanted, tuple) else str(wanted)
    if noun == "org":
        return f"is the {options.replace('_', ' ')}"
    opening = {"lives in": "lives in", "employed by": "is employed by", "contract": "has a contract that is"}
    return f"{opening.get(noun, f'is in the {noun}')} {options.replace('_', ' ')}"


def quorum_in_words(book: Rulebook, quorum: Quorum) -> str:
    if isinstance(quorum, int):
        return f"{quorum} people" if quorum != 1 else "one person"
    if isinstance(quorum, Mapping):
        return listed([f"{share_or_count(part)} of {book.label(key)}" for key, part in quorum.items()])
    return fraction_in_words(quorum)


def rule_in_words(rule: Rule) -> str:
    """How a vote passes: ``at least three quarters of the votes cast, on 14 days of notice``."""
    parts = [_method(rule) if rule.passes is None else f"{rule.passes.in_words} of {BASES[rule.of]}"]
    if rule.turnout:
        parts.append(f"with at least {fraction_in_words(rule.turnout)} of those entitled voting")
    if rule.ballot == "secret":
        parts.append("in a secret ballot")
    if rule.notice:
        clear = "clear " if rule.notice.unit == "d" else ""
        parts.append(f"on {rule.notice.in_words.replace('day', f'{clear}day', 1)}' notice")
    if rule.confirm:
        confirm = rule.confirm
        parts.append(
            f"confirmed by {confirm.passes.in_words} of {BASES[confirm.of]} at a second meeting "
            f"{confirm.after.in_words} to {confirm.within.in_words} later"
        )
    if rule.proxies and not rule.proxies.allowed:
        parts.append("without proxies")
    return ", ".join(parts)


BASES = {Of.CAST: "the votes cast", Of.PRESENT: "those present", Of.ALL: "all who may vote, present or not"}
METHODS = {
    "stv": "ranking the candidates (single transferable vote)",
    "fptp": "most votes",
    "approval": "approving as many as one likes",
}


def _method(rule: Rule) -> str:
    winners = f", {rule.winners} chosen" if rule.winners else ""
    return METHODS.get(rule.method, rule.method) + winners


def share_or_count(part: object) -> str:
    return str(part) if isinstance(part, int) else fraction_in_words(part)  # type: ignore[arg-type]
