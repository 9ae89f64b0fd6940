"""May this seat be filled so? Answers over plain values."""

from mutualgov.constitution.document.nouns import How, Seat
from mutualgov.core.rulings import Ruling

ROUTES = {
    How.ELECTED: "elected by {by}",
    How.APPOINTED: "appointed by {by}",
    How.NOMINATED: "named by {by}",
    How.EX_OFFICIO: "held by whoever is {by}",
    How.CO_OPTED: "chosen by the body itself",
}
EVIDENCE = {
    How.ELECTED: "the election and the place in its count",
    How.APPOINTED: "the minute or resolution of the body that appoints",
    How.NOMINATED: "the nominator's notice",
    How.CO_OPTED: "the minute of the body itself",
}


def seat_rule(seat: Seat, part: str = "") -> str:
    """Where members find the rule: ``bodies.council.seats.gp_governor.how``."""
    return f"bodies.{seat.body}.seats.{seat.key}" + (f".{part}" if part else "")


def may_be_filled_by_hand(seat: Seat, *, name: str, by: str) -> Ruling:
    """Whether the secretary may enter who takes a seat.

    by  who fills it, in words
    """
    if seat.how is How.EX_OFFICIO:
        return Ruling(
            False,
            seat_rule(seat, "how"),
            f"The seat of {name} goes with an office: it is held by whoever is {by}. Fill that seat instead.",
        )
    if seat.how is How.ELECTED and seat.vacancy != "next_highest":
        return Ruling(
            False, seat_rule(seat, "how"), f"The seat of {name} is elected by {by}. Call an election to fill it."
        )
    return Ruling(True, seat_rule(seat, "how"))


def may_take(seat: Seat, *, name: str, is_member: bool, eligible: bool, eligible_from: str) -> Ruling:
    """Whether a person may take a seat that is open to some only.

    eligible       the register has the person in one of the classes or constituencies the seat is open to
    eligible_from  those, in words; empty where anyone may
    """
    if not eligible_from:
        return Ruling(True, seat_rule(seat, "from"))
    if not is_member:
        return Ruling(
            False,
            seat_rule(seat, "from"),
            f"This seat is open to {eligible_from} only. Choose a member on the register.",
        )
    if not eligible:
        return Ruling(
            False, seat_rule(seat, "from"), f"{name} is not one of {eligible_from}, whom this seat is open to."
        )
    return Ruling(True, seat_rule(seat, "from"))
