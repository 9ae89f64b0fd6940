"""What people write in forms, and what they are told when it cannot be read."""

import copy
import pickle
from datetime import date

import pytest
from django import forms

from mutualgov.ui.components.forms import errors_of, first_control_id
from mutualgov.ui.fields import DateField, Hinted, PoundsField, RankField

STANDING = [("ada", "Ada Okafor"), ("bo", "Bo Lindqvist"), ("cai", "Cai Rhys")]


class Form(forms.Form):
    joined_on = DateField(label="Joined")
    paid = PoundsField(label="Paid", at_least=100, at_most=10_000_000)
    ballot = RankField(label="Your choices", choices=STANDING, at_least=1, at_most=2)


def written(**changes: str) -> Form:
    good = {
        "joined_on_day": "4", "joined_on_month": "3", "joined_on_year": "2026", "paid": "25", "ballot_bo": "1",
    }  # fmt: skip
    return Form(good | changes)


def told(form: Form, name: str) -> list[str]:
    return [str(error) for error in form.errors.get(name, [])]


def test_a_good_form_gives_values():
    form = written(ballot_ada="2")

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"joined_on": date(2026, 3, 4), "paid": 2500, "ballot": ("bo", "ada")}


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", " MARCH "])
def test_a_month_may_be_a_number_or_a_word(month):
    form = written(joined_on_month=month)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["joined_on"] == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("", "", ""), "Enter the date."),
        (("4", "", "2026"), "The date must include a month."),
        (("4", "", ""), "The date must include a month and a year."),
        (("4", "3", "26"), "The year must be four digits, like 2026."),
        (("31", "February", "2026"), "31 February 2026 is not a date in the calendar."),
        (("4", "Ma", "2026"), "4 Ma 2026 is not a date in the calendar."),
        (("four", "3", "2026"), "four 3 2026 is not a date in the calendar."),
        (("4", "3", "٢٠٢٦"), "The year must be four digits, like 2026."),
    ],
)
def test_a_date_that_cannot_be_read_says_why(parts, message):
    day, month, year = parts

    form = written(joined_on_day=day, joined_on_month=month, joined_on_year=year)

    assert told(form, "joined_on") == [message]


@pytest.mark.parametrize(("text", "pence"), [("25", 2500), ("£25.50", 2550), ("1,000.05", 100005), (" 1 ", 100)])
def test_pounds_are_read_as_pence(text, pence):
    form = written(paid=text)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["paid"] == pence


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("25.5", "Enter an amount in pounds, like 25 or 25.50."),
        ("-5", "Enter an amount in pounds, like 25 or 25.50."),
        ("1e3", "Enter an amount in pounds, like 25 or 25.50."),
        ("0.99", "The amount must be £1.00 or more."),
        ("100000.01", "The amount must be £100000.00 or less."),
    ],
)
def test_pounds_that_cannot_be_taken_say_why(text, message):
    assert told(written(paid=text), "paid") == [message]


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"ballot_bo": ""}, "You ranked 0. Rank at least 1."),
        ({"ballot_ada": "1"}, "You gave 1 to both Ada Okafor and Bo Lindqvist. Use each number once."),
        ({"ballot_ada": "3"}, "You did not use the number 2. Number your choices 1, 2, 3 without a gap."),
        ({"ballot_ada": "2", "ballot_cai": "3"}, "You ranked 3. Rank no more than 2."),
        ({"ballot_ada": "x"}, "Ada Okafor: write a whole number, 1 for your first choice, not “x”."),
        ({"ballot_ada": "0"}, "Ada Okafor: write a whole number, 1 for your first choice, not “0”."),
        ({"ballot_ada": "²"}, "Ada Okafor: write a whole number, 1 for your first choice, not “²”."),
    ],
)
def test_an_order_that_cannot_be_read_says_why(numbers, message):
    assert told(written(**numbers), "ballot") == [message]


def test_an_order_may_be_left_out_where_none_is_asked_for():
    class Free(forms.Form):
        ballot = RankField(choices=STANDING)

    form = Free({})

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"ballot": ()}


def test_an_order_comes_back_into_its_boxes():
    class Again(forms.Form):
        ballot = RankField(choices=STANDING, initial=["cai", "ada"])

    lines = Again()["ballot"].subwidgets[0].data["lines"]

    assert [(line["label"], line["value"]) for line in lines] == [
        ("Ada Okafor", "2"),
        ("Bo Lindqvist", ""),
        ("Cai Rhys", "1"),
    ]


def test_each_form_has_its_own_candidates():
    form, other = Form(), Form()

    form.fields["ballot"].widget.choices = [("dee", "Dee")]

    assert [key for key, _label in other.fields["ballot"].widget.choices] == ["ada", "bo", "cai"]


def test_a_hinted_label_survives_copying():
    label = Hinted("Staff", hint="On contract")

    assert [(made, made.hint) for made in (copy.deepcopy(label), pickle.loads(pickle.dumps(label)))] == [
        ("Staff", "On contract")
    ] * 2


def test_each_error_leads_to_the_first_box_it_is_about():
    form = Form({})

    assert errors_of(form) == [
        ("Enter the date.", "#id_joined_on_day"),
        ("Fill in “Paid”", "#id_paid"),
        ("You ranked 0. Rank at least 1.", "#id_ballot_0"),
    ]
    shown = str(form)
    assert all(f'id="{first_control_id(form[name])}"' in shown for name in form.fields)


def test_a_form_says_its_errors_once_at_the_top_and_once_at_each_field():
    form = Form({})

    shown = str(form)

    assert shown.count("There is a problem") == 1
    assert shown.count("Enter the date.") == 2


def test_boxes_are_tied_to_their_labels_hints_and_errors():
    class Asked(forms.Form):
        name = forms.CharField(label="Full name", help_text="As in the register.")

    shown = str(Asked({}))

    assert '<label class="nhsuk-label mg-label" for="id_name">Full name</label>' in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'id="id_name_helptext"' in shown
    assert 'id="id_name_error"' in shown


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (forms.CharField(label="Name"), "Fill in “Name”"),
        (forms.BooleanField(label="I agree"), "Tick “I agree” to go on"),
        (forms.FileField(label="Staff file"), "Choose a file for “Staff file”"),
        (forms.ChoiceField(label="Class", choices=[("a", "A")]), "Choose an answer for “Class”"),
        (
            forms.ChoiceField(label="Class", choices=[("a", "A")], widget=forms.RadioSelect),
            "Choose an answer for “Class”",
        ),
    ],
)
def test_what_is_missing_is_named(field, message):
    form = type("Asked", (forms.Form,), {"it": field})({})

    assert [said for said, _href in errors_of(form)] == [message]


def test_a_heading_field_gives_the_page_its_heading():
    class Question(forms.Form):
        heading_field = "name"
        name = forms.CharField(label="What is your name?")

    assert '<h1 class="mg-title-label"><label class="nhsuk-label" for="id_name">What is your name?</label></h1>' in str(
        Question()
    )
