"""Whatever is entered in whatever order: the register on any day is what a plain replay of the entries gives."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from members.register import Entry, Kind, standing
from members.rules import Period, may_run, may_stand

FIRST = date(2026, 1, 1)
days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
NAMES = ("Weaver", "Weft", "Warp")
PARTS = ("nursing", "homecare", "support")


def moment(n):
    return datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(hours=n)


@st.composite
def histories(draw):
    """Entries that the register accepts, in the order of writing; some are corrected, some struck out."""
    written: list[Entry] = []
    for key in range(1, draw(st.integers(1, 14)) + 1):
        kind = draw(st.sampled_from(list(Kind))) if written else Kind.ADMIT
        corrects = None
        if written and (kind is Kind.STRIKE or draw(st.booleans())):
            corrected = draw(st.sampled_from(written))
            corrects, kind = corrected.key, kind if kind is Kind.STRIKE else corrected.kind
        entry = Entry(
            key=key,
            kind=kind,
            effective_on=draw(days),
            entered_at=moment(key),
            constituency_key=draw(st.sampled_from(PARTS)) if kind in (Kind.ADMIT, Kind.RECLASS) else "",
            particulars={"family_name": draw(st.sampled_from(NAMES))} if kind in (Kind.ADMIT, Kind.PARTICULARS) else {},
            corrects=corrects,
        )
        stands = corrects is None or all(corrects != other.corrects for other in written)
        if stands and not (kind is Kind.STRIKE and corrects is None) and may_stand([*written, entry]).allowed:
            written.append(entry)
    return written


def replay(entries, on, known_at):
    """Day by day from the beginning, with what was known: member or not, under which name, where."""
    known = [entry for entry in entries if entry.entered_at <= known_at]
    struck = {entry.corrects for entry in known}
    member, name, part, joined = False, None, None, None
    today = FIRST
    while today <= on:
        for kind in (Kind.ADMIT, Kind.RECLASS, Kind.PARTICULARS, Kind.CEASE):
            for entry in known:
                if entry.effective_on != today or entry.kind is not kind or entry.key in struck:
                    continue
                if kind is Kind.ADMIT:
                    member, name, part, joined = True, entry.particulars["family_name"], entry.constituency_key, today
                elif kind is Kind.RECLASS:
                    part = entry.constituency_key
                elif kind is Kind.PARTICULARS:
                    name = entry.particulars["family_name"]
                else:
                    member = False
        today += timedelta(days=1)
    return (name, part, joined) if member else None


@given(entries=histories(), on=days, known=st.integers(0, 16))
def test_the_register_on_a_day_is_what_a_replay_gives(entries, on, known):
    found = standing(entries, on=on, known_at=moment(known))

    read = (
        (found.particulars["family_name"], found.constituency_key, found.joined_on)
        if found and found.ceased_on is None
        else None
    )
    assert read == replay(entries, on, moment(known))


@given(entries=histories(), on=days, data=st.data())
def test_the_order_in_which_entries_are_read_does_not_matter(entries, on, data):
    shuffled = data.draw(st.permutations(entries))

    assert standing(shuffled, on=on) == standing(entries, on=on)


@given(entries=histories(), on=days, known=st.integers(0, 16))
def test_what_is_entered_later_never_changes_what_was_known_before(entries, on, known):
    before = [entry for entry in entries if entry.entered_at <= moment(known)]

    assert standing(entries, on=on, known_at=moment(known)) == standing(before, on=on)


@given(entries=histories(), on=days)
def test_striking_an_entry_out_leaves_no_trace_in_the_register(entries, on):
    last = entries[-1]
    struck = Entry(key=last.key + 1, kind=Kind.STRIKE, effective_on=FIRST, entered_at=moment(99), corrects=last.key)
    assume(last.corrects is None and last.kind is not Kind.STRIKE)

    assert standing([*entries, struck], on=on) == standing(entries[:-1], on=on)


@given(one=st.tuples(days, st.none() | days), other=st.tuples(days, st.none() | days))
def test_two_memberships_may_run_beside_each_other_only_if_no_day_is_in_both(one, other):
    def period(dates):
        from_on, until_on = dates
        return Period("M-X", from_on, max(from_on, until_on) if until_on else None)

    def members_on(period_):
        last = period_.until_on or FIRST + timedelta(days=60)
        return {period_.from_on + timedelta(days=n) for n in range((last - period_.from_on).days)}

    a, b = period(one), period(other)
    assert may_run(a, beside=[b]).allowed == (not members_on(a) & members_on(b))
