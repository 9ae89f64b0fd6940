"""How the chain's entries about roles read."""

from collections.abc import Mapping

from mutualgov.audit.words import says


def granted(said: Mapping[str, str]) -> str:
    """From when until when in one sentence."""
    last = said["until_on"]
    until = f"until {last}" if last[:1].isdigit() else "until further notice"
    return f"{said['login']} was given the role of {role(said)} from {said['from_on']} {until}."


def ended(said: Mapping[str, str]) -> str:
    """The last day, which a grant that had not begun yet has too."""
    return f"{said['login']}’s role of {role(said)} ends; its last day is {said['last_on']}."


def role(said: Mapping[str, str]) -> str:
    return said["role"].replace("_", " ")


says("access.role_granted", granted)
says("access.role_ended", ended)
