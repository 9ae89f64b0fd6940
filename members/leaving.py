"""What leaving means: upper rooms say what a leaver still holds, and the pages show it before anybody decides.

The register does not know of shares or seats; the rooms that do register a function here:

    @tells_what_leaving_means
    def shares_of_leavers(references, on):
        return {"M-7K3QXM2": ["Holds 1 membership share, to be cancelled to reserves."]}
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

MeaningTeller = Callable[[Sequence[str], date], Mapping[str, Sequence[str]]]
_tellers: list[MeaningTeller] = []


def tells_what_leaving_means(teller: MeaningTeller) -> MeaningTeller:
    """Register a function of an upper room: references of memberships and a date in, sentences by reference out."""
    _tellers.append(teller)
    return teller


def meanings_of_leaving(references: Iterable[str], *, on: date) -> dict[str, list[str]]:
    """What each of these memberships would leave behind on a date; one asking of each room for all."""
    wanted = list(references)
    found: dict[str, list[str]] = {}
    for teller in _tellers if wanted else ():
        for reference, sentences in teller(wanted, on).items():
            found.setdefault(reference, []).extend(sentences)
    return found
