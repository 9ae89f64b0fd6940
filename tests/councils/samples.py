"""Rows of this room in a mutual, over which the sweeps look for leaks."""

from councils.actions import fill_seat, sync_seats
from councils.models import Seat
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON, TODAY


def samples(mutual: Mutual) -> dict[str, dict[str, str]]:
    """Arguments by name of address: a seat that somebody sits in. The mutual's constitution has an appointed seat."""
    with acting_in(mutual):
        sync_seats(on=TODAY, by="tests", at=NOON)
        seat = Seat.objects.filter(body_key="board", seat_key="chair").get()
        fill_seat(seat=seat, holder_name="Sam Seat", from_on=TODAY, source="Minute 1", by="tests", at=NOON)
    where = {"body_key": seat.body_key, "seat_key": seat.seat_key, "number": str(seat.number)}
    return {
        "councils:body": {"body_key": seat.body_key},
        "councils:seat": where,
        "councils:fill": where,
        "councils:end": where,
    }
