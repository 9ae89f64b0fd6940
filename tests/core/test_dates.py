"""Dates as statutes count them. Vectors are published timetables and statutory examples."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutualgov.core import dates
from mutualgov.core.dates import Nation

EW = Nation.ENGLAND_AND_WALES
#: A slow machine may take its time to think of examples.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONDON = ZoneInfo("Europe/London")


def before(close: date, *days: int) -> list[date]:
    return [dates.working_days_before(close, count, nation=EW).on for count in days]


def test_royal_free_2018_timetable_is_found_from_its_close():
    close = date(2018, 3, 29)  # Royal Free London NHS Foundation Trust, notice of election 2018

    assert before(close, 40, 28, 27, 25, 15) == [
        date(2018, 2, 1),
        date(2018, 2, 19),
        date(2018, 2, 20),
        date(2018, 2, 22),
        date(2018, 3, 8),
    ]


@pytest.mark.parametrize(
    ("close", "published"),
    [  # Royal United Hospitals Bath: nominations close, withdrawals close, notice of poll
        (date(2017, 12, 20), [date(2017, 11, 10), date(2017, 11, 15), date(2017, 11, 29)]),
        (date(2024, 7, 29), [date(2024, 6, 19), date(2024, 6, 24), date(2024, 7, 8)]),
        (date(2025, 10, 31), [date(2025, 9, 23), date(2025, 9, 26), date(2025, 10, 10)]),
    ],
)
def test_bath_timetables_agree(close, published):
    assert before(close, 28, 25, 15) == published


def test_a_bank_holiday_is_passed_over_and_named():
    close = date(2020, 9, 24)

    assert before(close, 40, 28, 27, 25, 15) == [
        date(2020, 7, 29),
        date(2020, 8, 14),
        date(2020, 8, 17),
        date(2020, 8, 19),
        date(2020, 9, 3),
    ]
    assert dates.working_days_before(close, 28, nation=EW).explanation == (
        "28 working days before Thursday 24 September 2020, not counting that day, weekends or bank "
        "holidays in England and Wales. Passed over: Monday 31 August 2020 (Late Summer Bank Holiday)."
    )


def test_scotland_keeps_its_own_holidays():
    assert dates.working_days_after(date(2025, 12, 31), 1, nation=EW).on == date(2026, 1, 2)
    assert dates.working_days_after(date(2025, 12, 31), 1, nation=Nation.SCOTLAND).on == date(2026, 1, 5)


def test_a_day_of_mourning_may_be_closed_by_hand():
    closed = {date(2026, 6, 3)}

    found = dates.working_days_after(date(2026, 6, 2), 1, nation=EW, closed=closed)

    assert found.on == date(2026, 6, 4)
    assert found.explanation.endswith("Passed over: Wednesday 3 June 2026 (closed by the returning officer).")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (dates.days_after(date(2026, 3, 1), 14), date(2026, 3, 15)),
        (dates.days_beginning_with(date(2026, 3, 1), 28), date(2026, 3, 28)),
        (dates.months_after(date(2026, 1, 31), 1), date(2026, 2, 28)),
        (dates.months_after(date(2028, 1, 31), 1), date(2028, 2, 29)),
        (dates.months_beginning_with(date(2026, 3, 10), 2), date(2026, 5, 9)),
        (dates.months_beginning_with(date(2026, 12, 31), 2), date(2027, 2, 28)),
        (dates.months_after_year_end(date(2026, 2, 28), 9), date(2026, 11, 30)),
        (dates.months_after_year_end(date(2026, 3, 31), 7), date(2026, 10, 31)),
        (dates.months_after_year_end(date(2026, 4, 5), 9), date(2027, 1, 5)),
        (dates.clear_days_after(date(2026, 3, 1), 14), date(2026, 3, 16)),
        (dates.clear_days_before(date(2026, 3, 16), 14), date(2026, 3, 1)),
    ],
)
def test_statutory_phrases(found, expected):
    assert found.on == expected


def test_the_explanation_says_what_was_counted():
    assert dates.clear_days_after(date(2026, 3, 1), 14).explanation == (
        "14 clear days after notice given on Sunday 1 March 2026: neither the day of notice "
        "nor the day itself is counted."
    )


@pytest.mark.parametrize(
    ("meeting", "cut_off"),
    [
        (
            datetime(2026, 6, 9, 10, tzinfo=LONDON),
            datetime(2026, 6, 5, 10, tzinfo=LONDON),
        ),  # Tuesday to Friday
        (datetime(2026, 6, 11, 18, tzinfo=LONDON), datetime(2026, 6, 9, 18, tzinfo=LONDON)),
        (
            datetime(2026, 6, 13, 10, tzinfo=LONDON),
            datetime(2026, 6, 11, 0, tzinfo=LONDON),
        ),  # a Saturday meeting
    ],
)
def test_proxies_close_48_working_hours_before(meeting, cut_off):
    assert dates.hours_before(meeting, 48, nation=EW).at == cut_off


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_the_next_year_end(on, expected):
    assert dates.year_end_after(on, month=3, day=31) == expected


@patient
@given(
    start=st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    days=st.integers(1, 60),
    nation=st.sampled_from(Nation),
)
def test_working_days_there_and_back(start, days, nation):
    there = dates.working_days_after(start, days, nation=nation).on
    back = dates.working_days_before(there, days, nation=nation).on

    assert dates.is_working_day(there, nation=nation)
    assert back <= start or not dates.is_working_day(start, nation=nation)
    assert there - start >= timedelta(days=days)


@patient
@given(given_on=st.dates(date(2000, 1, 1), date(2060, 1, 1)), days=st.integers(0, 60))
def test_clear_days_mirror(given_on, days):
    meeting = dates.clear_days_after(given_on, days).on

    assert dates.clear_days_before(meeting, days).on == given_on
