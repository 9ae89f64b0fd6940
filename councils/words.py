"""How this room's facts read in the audit chain."""

from mutualgov.audit.words import says

says("councils.seat_opened", "Seat {subject} was opened from {on}.")
says("councils.seat_closed", "Seat {subject} was closed from {on}.")
says("councils.seat_filled", "Seat {subject} was filled from {from_on} until {until_on}, on {source}: {membership}.")
says("councils.term_ended", "The term in seat {subject} ended: not held from {ended_on} by {membership}.")
says("councils.seat_lapsed", "Seat {subject} lapsed on {ended_on} with what it rested on: {membership}.")
says("councils.elected_without_seat", "{membership} was elected in {source} and could not take seat {subject}.")
