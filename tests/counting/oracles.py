"""Second counters, written from the rule books and nothing else, as slow and plain as can be.

Every paper is an object of its own; totals are added up afresh whenever they are asked for. Nothing is shared with
``voting.counting``. A tie that only a lot can settle raises ``NeedsLot``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


class NeedsLot(Exception):
    pass


@dataclass
class Paper:
    ranking: tuple[int, ...]
    value: int
    holder: int | None = None
    batch: int = 0
    first: bool = True


class Count:
    """Papers, who holds them, and the history of totals."""

    def __init__(self, rankings, candidates, seats, one):
        self.papers = [Paper(ranking, one) for ranking in rankings if ranking]
        self.seats, self.one = seats, one
        self.candidates = range(candidates)
        self.hopeful = set(self.candidates)
        self.elected: list[int] = []
        self.fixed: dict[int, int] = {}  # totals of those whose surplus has gone
        self.history: list[list[int]] = []
        self.sheet: list[list[int]] = []
        self.batch = 0
        for paper in self.papers:
            paper.holder = self.next_for(paper)

    def next_for(self, paper):
        after = paper.ranking.index(paper.holder) + 1 if paper.holder is not None else 0
        return next((one for one in paper.ranking[after:] if one in self.hopeful), None)

    def total(self, one):
        if one in self.fixed:
            return self.fixed[one]
        return sum(paper.value for paper in self.papers if paper.holder == one)

    def totals(self):
        return [self.total(one) for one in self.candidates]

    def vacancies(self):
        return self.seats - len(self.elected)

    def end_stage(self):
        self.sheet.append(self.totals())

    def remember(self):
        self.history.append(self.totals())

    def separate(self, tied, *, highest, backwards=False):
        tied = list(tied)
        for totals in reversed(self.history) if backwards else self.history:
            if len(tied) == 1:
                break
            mark = (max if highest else min)(totals[one] for one in tied)
            tied = [one for one in tied if totals[one] == mark]
        if len(tied) > 1:
            raise NeedsLot
        return tied[0]

    def ranked(self):
        return sorted(self.hopeful, key=self.total)

    def elect(self, one):
        self.hopeful.discard(one)
        self.elected.append(one)


def nhs_ft(rankings, candidates, seats):
    """Model Election Rules 2014, STV44 to STV50. Values in hundredths."""
    c = Count(rankings, candidates, seats, 100)
    quota = (len(c.papers) // (seats + 1) + 1) * 100
    owing: set[int] = set()

    def check():
        for one in sorted(c.hopeful, key=lambda one: -c.total(one)):
            if c.total(one) >= quota and c.vacancies():
                c.elect(one)
                if c.total(one) > quota:
                    owing.add(one)

    if seats > 1:
        check()
    c.end_stage()
    c.remember()
    while c.vacancies():
        if len(c.hopeful) <= c.vacancies():
            for one in list(c.hopeful):
                c.elect(one)
            break
        low = c.ranked()
        t = [c.total(one) for one in low]
        loose = sum(c.total(one) - quota for one in owing)
        if c.vacancies() == 1 and t[-1] >= sum(t[:-1]) + loose and t[-1] != t[-2]:
            c.elect(low[-1])
            break
        groups = [k for k in range(2, len(low) - c.vacancies() + 1) if sum(t[:k]) + loose < t[k]]
        if owing and not (loose < t[1] - t[0]) and not groups:
            most = max(c.total(one) for one in owing)
            owner = c.separate([one for one in owing if c.total(one) == most], highest=True)
            owing.discard(owner)
            surplus = c.total(owner) - quota
            last = max(paper.batch for paper in c.papers if paper.holder == owner)
            parcel = [paper for paper in c.papers if paper.holder == owner and paper.batch == last]
            going = [paper for paper in parcel if c.next_for(paper) is not None]
            c.batch += 1
            for paper in going:
                paper.holder, paper.batch, paper.first = c.next_for(paper), c.batch, False
                paper.value = min(paper.value, surplus // len(going))
            c.fixed[owner] = quota
        else:
            if groups:
                out = low[: max(groups)]
            else:
                out = [c.separate([one for one in low if c.total(one) == t[0]], highest=False)]
            c.hopeful -= set(out)
            if len(c.hopeful) == c.vacancies():
                for one in list(c.hopeful):
                    c.elect(one)
                break
            held = [paper for paper in c.papers if paper.holder in out]
            parcels = {}
            for paper in held:
                parcels.setdefault((paper.first, paper.value), []).append(paper)
            for key in sorted(parcels, reverse=True):
                c.batch += 1
                for paper in parcels[key]:
                    paper.holder, paper.batch, paper.first = c.next_for(paper), c.batch, False
                check()
                if not c.vacancies():
                    break
        check()
        c.end_stage()
        c.remember()
    return quota, set(c.elected), c.sheet


def ers97(rankings, candidates, seats):
    """ERS97 section 5. Values in hundredths."""
    c = Count(rankings, candidates, seats, 100)
    state = {"quota": 0}
    owing: set[int] = set()

    def lost():
        return len(c.papers) * 100 - sum(c.totals())

    def set_quota():
        state["quota"] = math.ceil((len(c.papers) * 100 - lost()) / (seats + 1))

    def check():
        c.remember()
        done: set[int] = set()
        while c.vacancies():
            active = len(c.papers) * 100 - lost() - sum(min(c.total(one), state["quota"]) for one in c.elected)
            able = [
                one
                for one in c.hopeful - done
                if c.total(one) and (c.total(one) >= state["quota"] or c.total(one) * (c.vacancies() + 1) >= active)
            ]
            if not able:
                return
            top = max(c.total(one) for one in able)
            equals = [one for one in able if c.total(one) == top]
            if len(equals) > c.vacancies():
                pasts = {one: [totals[one] for totals in c.history] for one in equals}
                cut = sorted(pasts.values(), reverse=True)[c.vacancies()]
                equals = [one for one in equals if pasts[one] > cut]
                if not equals:
                    return
                done |= set(able)
            for one in equals:
                c.elect(one)
                if c.total(one) > state["quota"]:
                    owing.add(one)

    set_quota()
    check()
    c.end_stage()
    while c.vacancies():
        if len(c.hopeful) <= c.vacancies():
            for one in list(c.hopeful):
                c.elect(one)
            break
        low = c.ranked()
        t = [c.total(one) for one in low]
        loose = sum(c.total(one) - state["quota"] for one in owing)
        groups = [k for k in range(2, len(low) - c.vacancies() + 1) if sum(t[:k]) + loose <= t[k] and t[k - 1] < t[k]]
        if owing and not (loose <= t[1] - t[0]) and not groups:
            most = max(c.total(one) for one in owing)
            owner = c.separate([one for one in owing if c.total(one) == most], highest=True)
            owing.discard(owner)
            surplus = c.total(owner) - state["quota"]
            last = max(paper.batch for paper in c.papers if paper.holder == owner)
            going = [
                paper
                for paper in c.papers
                if paper.holder == owner and paper.batch == last and c.next_for(paper) is not None
            ]
            c.batch += 1
            for paper in going:
                paper.holder, paper.batch = c.next_for(paper), c.batch
                if len(going) * paper.value > surplus:
                    paper.value = surplus // len(going)
            c.fixed[owner] = state["quota"]
            check()
        else:
            if groups:
                out = low[: max(groups)]
            else:
                out = [c.separate([one for one in low if c.total(one) == t[0]], highest=False)]
            c.hopeful -= set(out)
            if len(c.hopeful) == c.vacancies():
                for one in list(c.hopeful):
                    c.elect(one)
                break
            held = [paper for paper in c.papers if paper.holder in out]
            for value in sorted({paper.value for paper in held}, reverse=True):
                c.batch += 1
                for paper in [paper for paper in held if paper.value == value]:
                    paper.holder, paper.batch = c.next_for(paper), c.batch
                if not c.elected:
                    set_quota()
                check()
                if not c.vacancies():
                    break
        c.end_stage()
    return state["quota"], set(c.elected), c.sheet


def scottish(rankings, candidates, seats):
    """Scottish rules: every paper of an elected candidate moves. Values in hundred-thousandths."""
    c = Count(rankings, candidates, seats, 100_000)
    quota = (len(c.papers) // (seats + 1) + 1) * 100_000
    owing: set[int] = set()
    while True:
        for one in sorted(c.hopeful, key=lambda one: -c.total(one)):
            if c.total(one) >= quota and c.vacancies():
                c.elect(one)
                if c.total(one) > quota:
                    owing.add(one)
        c.end_stage()
        c.remember()
        if len(c.hopeful) <= c.vacancies():
            for one in list(c.hopeful):
                c.elect(one)
            break
        if not c.vacancies():
            break
        if owing:
            most = max(c.total(one) for one in owing)
            owner = c.separate([one for one in owing if c.total(one) == most], highest=True, backwards=True)
            owing.discard(owner)
            total = c.total(owner)
            for paper in [paper for paper in c.papers if paper.holder == owner]:
                paper.value = (total - quota) * paper.value // total
                paper.holder = c.next_for(paper)
            c.fixed[owner] = quota
        else:
            low = c.ranked()
            equals = [one for one in low if c.total(one) == c.total(low[0])]
            out = c.separate(equals, highest=False, backwards=True)
            c.hopeful.discard(out)
            for paper in [paper for paper in c.papers if paper.holder == out]:
                paper.holder = c.next_for(paper)
    return quota, set(c.elected), c.sheet


# --- Meek -----------------------------------------------------------------------------------------------------------

ONE = 10**9


def _spread(rankings, candidates, keep):
    votes = [0] * candidates
    for ranking in rankings:
        left = ONE
        for one in ranking:
            part = -(-left * keep[one] // ONE)
            votes[one] += part
            left -= part
            if not left:
                break
    return votes


def meek_prf(rankings, candidates, seats):
    """The reference rule of the Proportional Representation Foundation, paper by paper."""
    rankings = [ranking for ranking in rankings if ranking]
    keep = [ONE] * candidates
    hopeful, elected = set(range(candidates)), []
    sheet = []
    while len(elected) < seats and len(elected) + len(hopeful) > seats:
        before = None
        while True:
            votes = _spread(rankings, candidates, keep)
            quota = sum(votes) // (seats + 1) + 1
            reached = {one for one in hopeful if votes[one] >= quota}
            if reached:
                elected += sorted(reached)
                hopeful -= reached
                sheet.append(votes)
                break
            surplus = max(0, sum(votes[one] - quota for one in elected))
            if surplus < 1000 or (before is not None and surplus >= before):
                lowest = min(votes[one] for one in hopeful)
                tied = [one for one in hopeful if votes[one] <= lowest + surplus]
                if len(tied) > 1:
                    raise NeedsLot
                sheet.append(votes)
                hopeful.discard(tied[0])
                keep[tied[0]] = 0
                break
            before = surplus
            for one in elected:
                keep[one] = -(-(-(-keep[one] * quota // ONE) * ONE) // votes[one])
    if len(elected) < seats:
        elected += sorted(hopeful)
    return set(elected), sheet


def meek_nz(rankings, candidates, seats):
    """The New Zealand rule as I. D. Hill's program has it, paper by paper; for two seats or more."""
    rankings = [ranking for ranking in rankings if ranking]
    keep = [ONE] * candidates
    hopeful, elected = set(range(candidates)), []
    past, seen = [], []
    while True:
        votes = _spread(rankings, candidates, keep)
        past.append(votes)
        quota = sum(votes) // (seats + 1) + 1
        if len(hopeful) <= seats - len(elected):
            return set(elected) | hopeful
        reached = sorted(one for one in hopeful if votes[one] >= quota and votes[one])
        elected += reached
        hopeful -= set(reached)
        if len(elected) == seats:
            return set(elected)
        over = [one for one in elected if votes[one] > quota]
        surplus = sum(votes[one] - quota for one in over)
        spare = len(hopeful) - (seats - len(elected))
        low = sorted(hopeful, key=lambda one: votes[one])
        out: list[int] = []
        if spare > 0:
            zero = [one for one in low if not votes[one]]
            if len(low) > 1 and votes[low[1]] - votes[low[0]] > surplus:
                out = low[:1]
            elif surplus < 100_000:
                out = zero if 1 < len(zero) <= spare else [_behind(low, votes, past)]
        for one in over:
            keep[one] = -(-(-(-keep[one] * quota // ONE) * ONE) // votes[one])
        if not reached and not out and keep in seen:
            out = [_behind(low, votes, past)]
        seen = [] if reached or out else [*seen, list(keep)]
        for one in out:
            hopeful.discard(one)
            keep[one] = 0


def _behind(low, votes, past):
    tied = [one for one in low if votes[one] == votes[low[0]]]
    for then in past:
        least = min(then[one] for one in tied)
        tied = [one for one in tied if then[one] == least]
    if len(tied) > 1:
        raise NeedsLot
    return tied[0]


def av(rankings, candidates):
    """More than half of the votes still in play wins; the lowest goes, equals by the earliest round."""
    hopeful = set(range(candidates))
    past = []
    while True:
        votes = [0] * candidates
        for ranking in rankings:
            choice = next((one for one in ranking if one in hopeful), None)
            if choice is not None:
                votes[choice] += 1
        for one in hopeful:
            if votes[one] * 2 > sum(votes) or len(hopeful) == 1:
                return one
        low = sorted(hopeful, key=lambda one: votes[one])
        hopeful.discard(_behind(low, votes, past))
        past.append(votes)
