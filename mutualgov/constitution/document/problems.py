"""What is wrong with a document, said so that its author can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from mutualgov.core.rulings import Refusal, Ruling


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one place.

    document  which document it is in; empty when there is only one
    line      counted from 1
    key       dotted path, such as ``rules.remove.pass``; empty for the document as a whole
    message   what is wrong
    remedy    what to write instead
    """

    document: str
    line: int
    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.document, f"line {self.line}", self.key) if part)
        return " ".join(part for part in (f"{place}:", self.message, self.remedy) if part)


class Malformed(ValueError):
    """A value that cannot be read; whoever knows the place makes a Problem of it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class WrongConstitution(Refusal):
    """The document cannot be used; every problem found is listed, not the first alone."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        opening = "There is 1 problem" if count == 1 else f"There are {count} problems"
        listed = "\n".join(str(problem) for problem in self.problems)
        super().__init__(Ruling(False, "constitution", f"{opening} in this constitution.\n{listed}"))


def suggestion(word: str, choices: Iterable[str]) -> str:
    """The nearest right word, or the list of right words when it is short enough to read."""
    known = sorted(choices)
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}?"
    if not known:
        return "Nothing of that kind is defined."
    return f"Use one of: {', '.join(known)}." if len(known) <= 12 else f"Known: {', '.join(known[:12])} and more."
