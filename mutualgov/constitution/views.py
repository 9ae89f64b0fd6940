"""Our rule book: the rules in force in plain English, the versions there have been, a new one put on record."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView
from mutualgov.core.rulings import Refusal

from . import queries
from .actions import adopt_constitution
from .changes import changes
from .compiler import compile_text
from .diagram import diagram
from .document.problems import WrongConstitution
from .explain import explain
from .forms import NewVersionForm
from .models import ConstitutionVersion
from .permissions import ADOPT_RULES, SEE_RULES
from .rulebook import Rulebook


class RuleBook(MutualView):
    """The rules in force today."""

    access = SEE_RULES

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        version = queries.version_in_force(on=request.today)
        if version is None:
            return self.page("constitution/none.html", may_adopt=self.allows(ADOPT_RULES))
        return self.page(
            "constitution/rules.html",
            version=version,
            in_force=True,
            may_adopt=self.allows(ADOPT_RULES),
            **in_words(queries.rulebook_of(version)),
        )


class Versions(MutualView):
    """Every version there has been, newest first."""

    access = SEE_RULES

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.page(
            "constitution/versions.html",
            versions=queries.constitution_versions().defer("document", "layers"),
            in_force=queries.number_in_force(request.today),
            may_adopt=self.allows(ADOPT_RULES),
        )


class Version(MutualView):
    """One version, and what it changed in the one before."""

    access = SEE_RULES

    def get(self, request: PageRequest, number: int, **kwargs: Any) -> HttpResponse:
        version = version_or_404(number)
        before = queries.constitution_versions().filter(number=number - 1).first()
        book = queries.rulebook_of(version)
        return self.page(
            "constitution/rules.html",
            version=version,
            in_force=queries.number_in_force(request.today) == number,
            before=before,
            changes=changes(queries.rulebook_of(before), book) if before else (),
            **in_words(book),
        )


class DocumentText(MutualView):
    """One version as it was written, to read, to keep or to start the next from."""

    access = SEE_RULES

    def get(self, request: PageRequest, number: int, **kwargs: Any) -> HttpResponse:
        version = version_or_404(number)
        answer = HttpResponse(version.document, content_type="text/plain; charset=utf-8")
        name = f"{self.mutual.key}-constitution-{version.number}.yaml"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


class NewVersion(MutualView):
    """Asks for the text of the next version, starting from the one in force."""

    access = ADOPT_RULES

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        latest = queries.constitution_versions().first()
        day = f"{request.today.day} {request.today.month} {request.today.year}"
        form = NewVersionForm(initial={"text": latest.document if latest else "", "adopted_on": day})
        return self.page("constitution/new.html", form=form, latest=latest)


class AdoptVersion(MutualView):
    """Puts a version on record; asked to check only, says what would change and keeps nothing."""

    access = ADOPT_RULES

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        form = NewVersionForm(request.POST)
        latest = queries.constitution_versions().first()
        if not form.is_valid():
            return self.page("constitution/new.html", form=form, latest=latest, status=422)
        text, adopted_on = form.cleaned_data["text"], form.cleaned_data["adopted_on"]
        try:
            if request.POST.get("only") == "check":
                book = compile_text(text, on=adopted_on).or_refuse()
                changed = changes(queries.rulebook_of(latest), book) if latest else ()
                return self.page("constitution/new.html", form=form, latest=latest, checked=book, changes=changed)
            version = adopt_constitution(text=text, adopted_on=adopted_on, by=request.user, at=request.now)
        except WrongConstitution as wrong:
            return self.page("constitution/new.html", form=form, latest=latest, problems=wrong.problems, status=422)
        except Refusal as refusal:
            return self.page("constitution/new.html", form=form, latest=latest, refusal=refusal, status=409)
        messages.success(request, _("Version %(number)s is on record.") % {"number": version.number})
        return redirect("constitution:version", mutual=self.mutual.key, number=version.number)


def version_or_404(number: int) -> ConstitutionVersion:
    """A version of the mutual in scope by its number."""
    version = queries.constitution_versions().filter(number=number).first()
    if version is None:
        raise Http404(f"no version {number}")
    return version


def in_words(book: Rulebook) -> dict[str, Any]:
    """What the rule-book page shows of a rulebook."""
    drawn = diagram(book)
    return {
        "book": book,
        "sections": explain(book),
        "picture": mark_safe(drawn.svg),  # the diagram escapes every word it is given
        "picture_in_words": drawn.sentences,
    }
