"""The facts of elections. Ballots are not among them: they lie in the box, in a database of their own."""

from .election import Election, ElectionDate
from .nomination import Nomination
from .result import Count, Declaration, Lot
from .roll import Mark, PaperBatch, RollEntry

__all__ = ["Count", "Declaration", "Election", "ElectionDate", "Lot", "Mark", "Nomination", "PaperBatch", "RollEntry"]
