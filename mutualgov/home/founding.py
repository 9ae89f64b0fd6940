"""Starting a mutual in the browser: choose a template, name it, change its rules, check, found.

The answers lie in the session until then: nothing of the mutual exists before the last button.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mutualgov.access.requests import PageRequest
from mutualgov.access.views import SiteView
from mutualgov.constitution.actions import FoundingRefused, start_text
from mutualgov.constitution.compiler import Compilation, compile_text, template_keys, template_text
from mutualgov.constitution.document.problems import WrongConstitution
from mutualgov.constitution.explain import explain
from mutualgov.ui.fields import Hinted

from .actions import start_mutual
from .forms import NameForm, RulesForm, TemplateForm
from .permissions import START_MUTUAL
from .queries import may_start_mutuals

STEPS = 4


@lru_cache(maxsize=64)
def template_choice(key: str) -> tuple[str, str]:
    """A template as a choice: its key; its title, and whom it suits."""
    about = compile_text(template_text(key), on=date.max).or_refuse().about
    return key, Hinted(about.title, hint=f"{about.for_whom}. {about.sentence}")


class _Step(SiteView, abstract=True):
    """One page of the way. A page whose answers are not there yet leads back to the first."""

    needs: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated and not may_start_mutuals(user):
            raise PermissionDenied(self.access.label)
        self.answers: dict[str, str] = dict(request.session.get("founding", {}))
        if any(need not in self.answers for need in self.needs):
            return redirect("site:start")
        return super().dispatch(request, *args, **kwargs)

    def keep(self, **answers: str) -> None:
        self.request.session["founding"] = self.answers | answers

    def compiled(self) -> Compilation:
        return compile_text(self.answers["text"], on=self.request.today)


class ChooseTemplate(_Step):
    """Which of the constitutions that ship is most like yours."""

    access = START_MUTUAL

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.asked(self.form(initial={"template": self.answers.get("template")}))

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.asked(form, status=422)
        if form.cleaned_data["template"] != self.answers.get("template"):
            self.answers.pop("text", None)
        self.keep(template=form.cleaned_data["template"])
        return redirect("site:start-name")

    def form(self, *args: Any, **kwargs: Any) -> TemplateForm:
        return TemplateForm(*args, choices=[template_choice(key) for key in template_keys()], **kwargs)

    def asked(self, form: TemplateForm, **more: Any) -> HttpResponse:
        return self.page("home/start_question.html", form=form, step=1, steps=STEPS, back="site:front", **more)


class NameMutual(_Step):
    """What it is called."""

    access = START_MUTUAL
    needs = ("template",)

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.asked(NameForm(initial=self.answers))

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        form = NameForm(request.POST)
        if not form.is_valid():
            return self.asked(form, status=422)
        named = form.cleaned_data
        if any(self.answers.get(answer) != value for answer, value in named.items()):
            self.answers.pop("text", None)
        self.keep(**named)
        return redirect("site:start-rules")

    def asked(self, form: NameForm, **more: Any) -> HttpResponse:
        return self.page("home/start_name.html", form=form, step=2, steps=STEPS, **more)


class WriteRules(_Step):
    """The constitution as a document, with what is wrong with it, or as it would read."""

    access = START_MUTUAL
    needs = ("template", "name", "key")

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        start = start_text(self.answers["template"], key=self.answers["key"], name=self.answers["name"])
        return self.asked(RulesForm(initial={"text": self.answers.get("text", start)}))

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        form = RulesForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.asked(form, status=422)
        source = form.source()
        compilation = compile_text(source, on=request.today)
        text = source.decode("utf-8-sig", errors="replace")
        if compilation.problems:
            again = RulesForm(initial={"text": text})
            return self.asked(again, problems=compilation.problems, status=422)
        self.keep(text=text)
        return redirect("site:start-check")

    def asked(self, form: RulesForm, **more: Any) -> HttpResponse:
        return self.page(
            "home/start_rules.html",
            form=form,
            step=3,
            steps=STEPS,
            template=self.answers["template"],
            template_text=template_text(self.answers["template"]),
            **more,
        )


class CheckAnswers(_Step):
    """Everything once more, the rule book in plain English included."""

    access = START_MUTUAL
    needs = ("template", "name", "key", "text")

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.shown()

    def shown(self, **more: Any) -> HttpResponse:
        compilation = self.compiled()
        if compilation.rulebook is None:  # the law has changed since the page before
            return redirect("site:start-rules")
        return self.page(
            "home/start_check.html",
            book=compilation.rulebook,
            template=template_choice(self.answers["template"])[1],
            sections=explain(compilation.rulebook),
            warnings=compilation.warnings,
            step=4,
            steps=STEPS,
            **more,
        )


class Found(CheckAnswers):
    """Founds the mutual."""

    access = START_MUTUAL
    http_method_names = ["post"]

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        try:
            mutual = start_mutual(text=self.answers["text"], by=request.user, at=request.now)
        except (FoundingRefused, WrongConstitution) as refusal:
            return self.shown(refusal=refusal, status=409)
        del request.session["founding"]
        messages.success(request, _("%(mutual)s is founded, and you are its secretary.") % {"mutual": mutual})
        return redirect("home:landing", mutual=mutual.key)
