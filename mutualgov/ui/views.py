"""Help, accessibility, and the kit page: every component in every state, for those who build and test pages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from mutualgov.access.permissions import OPERATE_SITE, PUBLIC
from mutualgov.access.views import SiteView
from mutualgov.core.rulings import Refusal, Ruling

from .components.facts import progress
from .fields import DateField, Hinted, PoundsField, RankField

STANDING = (("ada", "Ada Okafor"), ("bo", "Bo Lindqvist"), ("cai", "Cai Rhys-Jones"), ("dee", "Dee Marsh"))
RANKED = tuple((key, Hinted(name, hint="Staff, Community nursing")) for key, name in STANDING)


class SampleForm(forms.Form):
    """One of each field."""

    name = forms.CharField(label="Full name", help_text="As the register should show it.")
    email = forms.EmailField(label="E-mail address", required=False)
    born_on = DateField(label="Date of birth", help_text="For example, 27 3 1985")
    subscribed = PoundsField(label="Amount paid", at_least=100, help_text="Each share is £1.")
    member_class = forms.ChoiceField(
        label="Class of member",
        widget=forms.RadioSelect,
        choices=[
            ("staff", Hinted("Staff", hint="People with a contract on the record date")),
            ("community", Hinted("Community", hint="People who live in the area")),
        ],
    )
    formats = forms.MultipleChoiceField(
        label="Which formats do you need?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("large", "Large print"), ("braille", "Braille"), ("bsl", "British Sign Language")],
    )
    constituency = forms.ChoiceField(label="Constituency", choices=[("", "Choose one"), ("n", "North"), ("s", "South")])
    statement = forms.CharField(label="Statement", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    search = forms.CharField(label="Find a member", widget=forms.SearchInput, required=False)
    roll = forms.FileField(label="Staff file", help_text="A CSV file, up to 5 MB.")
    agreed = forms.BooleanField(label="I have read the rule book")
    order = RankField(
        label="Rank the candidates",
        choices=RANKED,
        at_least=1,
        help_text="Write 1 beside your first choice, 2 beside your second, and so on. You may stop at any point.",
    )


class RankForm(forms.Form):
    """A ballot with two choices made."""

    ballot = RankField(label="Your choices", choices=RANKED, initial=["bo", "dee"])


class Help(SiteView):
    """Whom to ask, and for what."""

    access = PUBLIC
    template_name = "ui/help.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page()


class Accessibility(SiteView):
    """What everybody can do here, what we measure ourselves by, and the other way."""

    access = PUBLIC
    template_name = "ui/accessibility.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page()


class KitPage(SiteView):
    """Every component in every state."""

    access = OPERATE_SITE
    template_name = "ui/kit.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        wrong = {"born_on_day": "31", "born_on_month": "February", "born_on_year": "1985", "order_ada": "1"}
        data = {**wrong, "order_bo": "1", "subscribed": "a pound"} if "wrong" in request.GET else None
        form = SampleForm(data)
        return self.page(form=form, **_samples())


class KitProgress(SiteView):
    """What a page of long work answers when its bar asks how far it is: here, that it is done."""

    access = OPERATE_SITE

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(progress(value=800, maximum=800, label="Checking the staff file", note="Done."))


def _samples() -> dict[str, Any]:
    return {
        "rank_form": RankForm(prefix="sample"),
        "navigation": [(label, "#", label == "Elections") for label in _sections()],
        "signed_in_roles": ["Secretary", "Member"],
        "demonstration": True,
        "trail": [("Weavers Mutual", "#"), ("Elections", "#")],
        "progress_url": reverse("kit_progress"),
        "refused_act": Refusal(Ruling(False, "elections.notice", "The poll opens in 9 days; the rules ask for 14.")),
        "opens_on": date(2026, 6, 15),
        "register": list(_register()),
        "sheet": Paginator(range(812), 50).page(4),
        "first_preferences": [
            ("Ada Okafor", 148, "Elected"),
            ("Bo Lindqvist", 96, ""),
            ("Cai Rhys-Jones", 61, ""),
            ("Dee Marsh", 17, ""),
        ],
        "turnout_parts": ["On line", "By post", "In person"],
        "turnout": [("Staff", [212, 84, 16]), ("Community", [96, 140, 9])],
    }


def _sections() -> Iterator[str]:
    yield from ("Home", "Elections", "Council", "Register", "Shares", "Rule book", "Documents", "Duties", "Audit")


def _register() -> Iterator[tuple[str, str, str, date, int]]:
    yield ("M-7K3QXM", "Ada Okafor", "Staff", date(2024, 4, 1), 1)
    yield ("M-2B8WPD", "Bo Lindqvist", "Staff", date(2025, 11, 17), 1)
    yield ("M-9XT4CR", "Cai Rhys-Jones", "Community", date(2026, 3, 4), 25)
