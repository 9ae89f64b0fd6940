"""How the ledger's facts read in the audit chain."""

from mutualgov.audit.words import says

says("shares.allotted", "{units} shares ({share_class}) were allotted to {holders} holders from {effective_on}.")
says("shares.transferred", "{units} shares ({share_class}) were transferred on {effective_on}.")
says("shares.cancelled", "{units} shares ({share_class}) of a leaver were cancelled to reserves on {effective_on}.")
says("shares.repaid", "{units} shares ({share_class}) of a leaver were withdrawn and repaid on {effective_on}.")
says("shares.reversed", "Share entry {reverses} was reversed by {subject}, from {effective_on}.")
