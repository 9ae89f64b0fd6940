"""Everything that can be done to people, memberships and the register.

Whoever writes holds the register's head: one writer at a time in a mutual, so numbers have no gaps and two that admit
the same person are not both let in. What can be done with a staff file is in ``members.feed.actions``.
"""

from .admitting import Admission, AdmissionRefused, Progress, admit_due, admit_many, admit_member
from .entries import (
    EntryRefused,
    change_constituency,
    change_particulars,
    correct_entry,
    hold_register,
    lock_register,
    strike_entry,
)
from .leaving import cease_membership, record_opt_out
from .logins import LoginRefused, link_login
from .people import add_person, change_details

__all__ = [
    "Admission",
    "AdmissionRefused",
    "EntryRefused",
    "LoginRefused",
    "Progress",
    "add_person",
    "admit_due",
    "admit_many",
    "admit_member",
    "cease_membership",
    "change_constituency",
    "change_details",
    "change_particulars",
    "correct_entry",
    "hold_register",
    "link_login",
    "lock_register",
    "record_opt_out",
    "strike_entry",
]
