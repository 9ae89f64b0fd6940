"""Text into values."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.forms import TextInput

from mutualgov.core.clock import uk_time
from mutualgov.ui.fields import DateField, Hinted, RankField

from . import rules
from .ballots import Answer
from .lifecycle import Step
from .models import Election, Nomination
from .papers import Keyed, OnPaper, PapersRefused, read_papers, read_typed
from .tally import GROUNDS
from .terms import ElectionTerms


class SeatForm(forms.Form):
    """Which seat is to be filled."""

    heading_field = "seat"

    def __init__(self, *args: Any, seats: Sequence[ElectionTerms], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (
                terms.path,
                Hinted(
                    f"{terms.seat_name}, {terms.body_name}",
                    hint=f"{terms.most} in all. Elected by {terms.electorate_name}, by {terms.method_name}.",
                ),
            )
            for terms in seats
        ]
        self.fields["seat"] = forms.ChoiceField(
            label="Which seats are to be elected?", widget=forms.RadioSelect, choices=choices
        )


class CallForm(forms.Form):
    """How many, and when voting closes."""

    close_on = DateField(label="On which day does voting close?")
    title = forms.CharField(label="What is the election called?", max_length=200)
    contact = forms.CharField(
        label="How do people reach the returning officer?",
        max_length=300,
        help_text="A name with an e-mail address or telephone number. Everybody can see it.",
    )

    def __init__(self, *args: Any, terms: ElectionTerms, earliest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seats"] = forms.IntegerField(
            label="How many seats are vacant?",
            help_text=f"The constitution gives {terms.body_name} {terms.most} of these seats.",
            min_value=1,
            max_value=terms.most,
            widget=TextInput(attrs={"class": "nhsuk-input--width-2", "inputmode": "numeric"}),
        )
        self.order_fields(["seats"])
        self.fields[
            "close_on"
        ].help_text = f"If notice is given today, the earliest day by the rule is {earliest.day} {earliest:%B %Y}."


class DateChangeForm(forms.Form):
    """Another date for one step, and why."""

    step = forms.ChoiceField(label="Which date?", choices=[(s.value, s.label) for s in Step])
    on = DateField(label="The new date")
    at = forms.CharField(
        label="Time of day",
        help_text="For example 17:00",
        widget=TextInput(attrs={"class": "nhsuk-input--width-5", "inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label="Why is it changed?",
        help_text="The reason is published beside the date. Name no person in it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_at(self) -> time:
        try:
            return time.fromisoformat(self.cleaned_data["at"].strip().replace(".", ":"))
        except ValueError:
            raise forms.ValidationError("Write the time as hours and minutes, like 17:00.") from None

    @property
    def moment(self) -> datetime:
        on, at = self.cleaned_data["on"], self.cleaned_data["at"]
        return uk_time(on, at.hour, at.minute)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Why?", widget=forms.Textarea(attrs={"rows": 3}))


class BringForwardForm(ReasonForm):
    step = forms.ChoiceField(choices=[(s.value, s.label) for s in Step], widget=forms.HiddenInput)


class NominationForm(forms.Form):
    """A candidate's own form."""

    name = forms.CharField(
        label="Your name, as it is to stand on the ballot paper",
        max_length=150,
        widget=TextInput(attrs={"autocomplete": "name"}),
    )
    address = forms.CharField(
        label="Your contact address",
        help_text="Only the returning officer and the scrutineer see it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    no_interests = forms.BooleanField(label="I have no interests to declare", required=False)
    interests = forms.CharField(
        label="Your interests",
        required=False,
        help_text="Any financial interest in this organisation, and any political party you belong to. Published.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    statement = forms.CharField(
        label="Your statement to voters",
        required=False,
        help_text=f"Up to {rules.MOST_WORDS} words. Published as you write it.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    declares_eligible = forms.BooleanField(
        label="Neither the law nor the constitution bars me from this seat",
        error_messages={"required": "Confirm that you may hold this seat."},
    )
    signed = forms.BooleanField(
        label="I wish to stand, and what I have written here is true",
        error_messages={"required": "Confirm that you wish to stand."},
    )

    def clean_statement(self) -> str:
        statement: str = self.cleaned_data["statement"]
        ruling = rules.statement_fits(statement)
        if not ruling.allowed:
            raise forms.ValidationError(ruling.reason)
        return statement

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("no_interests") and not (cleaned.get("interests") or "").strip():
            self.add_error("interests", "Write your interests, or say that you have none.")
        return cleaned

    @property
    def form(self) -> rules.NominationForm:
        names = ("name", "address", "interests", "no_interests", "declares_eligible", "signed", "statement")
        return rules.NominationForm(**{name: self.cleaned_data[name] for name in names})


class PaperNominationForm(NominationForm):
    """A form that came on paper, entered as it is: what it lacks is left empty here."""

    member_ref = forms.CharField(
        label="Membership reference",
        help_text="As in the register, like M-7K3QXM2.",
        widget=TextInput(attrs={"class": "nhsuk-input--width-10"}),
    )
    received_on = DateField(label="Day on which the form came in")
    received_time = forms.CharField(
        label="Time at which it came in",
        help_text="For example 09:30",
        widget=TextInput(attrs={"class": "nhsuk-input--width-5"}),
    )
    field_order = ("member_ref", "received_on", "received_time")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "name": "Name, as it is to stand on the ballot paper",
            "address": "Contact address",
            "no_interests": "The form says that there are no interests",
            "interests": "Interests",
            "statement": "Statement to voters",
            "declares_eligible": "The form declares that the candidate may hold the seat",
            "signed": "The form is signed and dated",
        }
        for name, label in words.items():
            self.fields[name].label = label
            self.fields[name].required = name == "name"

    def clean_received_time(self) -> time:
        try:
            return time.fromisoformat(self.cleaned_data["received_time"].strip().replace(".", ":"))
        except ValueError:
            raise forms.ValidationError("Write the time as hours and minutes, like 09:30.") from None

    def clean(self) -> dict[str, Any]:
        return forms.Form.clean(self) or self.cleaned_data

    @property
    def received_at(self) -> datetime:
        at = self.cleaned_data["received_time"]
        return uk_time(self.cleaned_data["received_on"], at.hour, at.minute)


class DecisionForm(forms.Form):
    """Accept, or reject on grounds that the law allows."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("accept", "It stands"), ("reject", "It is rejected")],
        widget=forms.RadioSelect,
    )
    grounds = forms.MultipleChoiceField(
        label="If it is rejected: on which ground?",
        required=False,
        choices=[(ground.value, ground.label) for ground in rules.Ground],
        widget=forms.CheckboxSelectMultiple,
        help_text="There are no others.",
    )

    @property
    def accept(self) -> bool:
        return self.cleaned_data["decision"] == "accept"

    @property
    def named(self) -> tuple[rules.Ground, ...]:
        return tuple(rules.Ground(ground) for ground in self.cleaned_data["grounds"])


class VoteForm(forms.Form):
    """The ballot paper. ``submission`` makes a second press of the button the same vote."""

    def __init__(self, *args: Any, election: Election, candidates: Sequence[Nomination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(candidate.option, candidate.name) for candidate in candidates]
        seats = f"{election.seats} seat{'' if election.seats == 1 else 's'}"
        if election.is_ranked:
            self.fields["chosen"] = RankField(
                label="Number the candidates in the order you prefer them",
                help_text=f"1 is your first choice. Rank as many as you like; {seats} to fill.",
                choices=choices,
            )
        else:
            at_most = election.seats if election.method == "fptp" else len(choices)
            self.fields["chosen"] = forms.MultipleChoiceField(
                label=f"Choose up to {at_most}" if at_most < len(choices) else "Choose everyone you approve of",
                help_text=f"{seats} to fill.",
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.at_most = at_most

    def clean_chosen(self) -> tuple[str, ...]:
        chosen = tuple(self.cleaned_data["chosen"])
        at_most = getattr(self, "at_most", len(chosen))
        if len(chosen) > at_most:
            raise forms.ValidationError(f"You chose {len(chosen)}. Choose no more than {at_most}.")
        return chosen

    @property
    def answer(self) -> Answer:
        return Answer(self.cleaned_data["chosen"])


class EnvelopesForm(forms.Form):
    """Voter numbers from returned envelopes."""

    numbers = forms.CharField(
        label="Voter numbers on the envelopes",
        required=False,
        help_text="Scan or type one to a line.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    everybody = forms.BooleanField(
        label="Everybody on the roll who has not voted yet has sent an envelope back", required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("everybody") and not (cleaned.get("numbers") or "").split():
            self.add_error("numbers", "Scan or type at least one voter number.")
        return cleaned

    @property
    def voter_numbers(self) -> list[str] | None:
        if self.cleaned_data["everybody"]:
            return None
        return [line for line in self.cleaned_data["numbers"].splitlines() if line.strip()]


class PapersForm(forms.Form):
    """A pile of papers, from a file or typed."""

    file = forms.FileField(label="File with the papers", required=False, help_text="A .blt, .csv or .txt file.")
    typed = forms.CharField(
        label="Or type them here, one paper to a line",
        required=False,
        help_text=(
            "Candidates by their number, first preference first: 2 1 3. For a paper without a vote write "
            + ", ".join(GROUNDS)
            + "."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, candidates: Sequence[OnPaper], style: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates, self.style = candidates, style

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, typed = cleaned.get("file"), (cleaned.get("typed") or "").strip()
        if bool(file) == bool(typed):
            raise forms.ValidationError("Choose a file or type the papers: one of the two.")
        try:
            cleaned["keyed"] = (
                read_papers(file.read(), file.name, candidates=self.candidates, style=self.style)
                if file
                else read_typed(typed, candidates=self.candidates, style=self.style)
            )
        except PapersRefused as refusal:
            self.add_error("file" if file else "typed", refusal.reason)
        return cleaned

    @property
    def keyed(self) -> Keyed:
        keyed: Keyed = self.cleaned_data["keyed"]
        return keyed


class LotForm(forms.Form):
    """On whom the lot fell, and how it was drawn."""

    def __init__(self, *args: Any, among: Sequence[tuple[str, str]], places: int, purpose: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["drawn"] = forms.MultipleChoiceField(
            label=f"On whom did the lot fall, {purpose}?",
            choices=among,
            widget=forms.CheckboxSelectMultiple,
            help_text=f"Choose {places}.",
            error_messages={"required": f"Choose {places}."},
        )
        self.fields["how"] = forms.CharField(
            label="How was the lot drawn, and who was there?",
            help_text="Recorded with the result.",
            widget=forms.Textarea(attrs={"rows": 3}),
        )
