"""People, memberships, the entries of the register, and what the staff feed keeps.

The register is its entries: they are written once, each with the date it takes effect and the moment it was entered,
so the register can be read as it stood on any date and as it was known at any moment.
"""

from .feed import AdmissionDue, Assignment, FeedBatch, FeedLine, FeedWord, LineKind, OptOut, Stage
from .people import Person
from .register import Membership, RegisterEntry, RegisterHead

__all__ = [
    "AdmissionDue",
    "Assignment",
    "FeedBatch",
    "FeedLine",
    "FeedWord",
    "LineKind",
    "Membership",
    "OptOut",
    "Person",
    "RegisterEntry",
    "RegisterHead",
    "Stage",
]
