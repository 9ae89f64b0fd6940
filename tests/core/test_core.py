"""The plain parts that every room leans on."""

import doctest
from datetime import UTC, date, datetime

import pytest

from mutualgov.core import canonical, clock, money, references
from mutualgov.core.rulings import Refusal, Ruling


@pytest.mark.parametrize("module", [money, references], ids=lambda m: m.__name__)
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


def test_a_refusal_carries_the_ruling_that_made_it():
    ruling = Ruling(False, "rules.remove", "12 of 15 governors must vote for it; 11 did.")

    refusal = Refusal(ruling)

    assert (refusal.rule, refusal.reason, str(refusal)) == ("rules.remove", ruling.reason, ruling.reason)


def test_the_uk_date_turns_at_uk_midnight():
    assert clock.uk_date(datetime(2026, 6, 1, 23, 30, tzinfo=UTC)) == date(2026, 6, 2)
    assert clock.uk_date(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)


def test_five_in_the_afternoon_is_five_in_summer_and_in_winter():
    assert clock.uk_time(date(2026, 6, 1), 17).astimezone(UTC).hour == 16
    assert clock.uk_time(date(2026, 12, 1), 17).astimezone(UTC).hour == 17


def test_one_value_has_one_spelling():
    assert canonical.canonical_json({"b": [1, "é"], "a": None}) == b'{"a":null,"b":[1,"\\u00e9"]}'


@pytest.mark.parametrize("value", [1.0, [0.5], {"a": {"b": (2.5,)}}])
def test_a_float_is_refused_however_deep_it_hides(value):
    with pytest.raises(TypeError, match="no single spelling"):
        canonical.canonical_json(value)


def test_references_differ_and_can_be_read_aloud():
    made = {references.new_reference("EL") for _ in range(200)}

    assert len(made) == 200
    assert all(set(reference[3:]) <= set(references.ALPHABET) and reference.startswith("EL-") for reference in made)
