"""The staff feed: upload a file, look at what it would do, approve it once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView
from mutualgov.core.rulings import Refusal

from ..feed import actions, queries
from ..feed.files import MOST_BYTES
from ..forms import ApproveForm, ColumnsForm, GroupForm, UploadForm
from ..models import FeedBatch
from ..permissions import BRING_IN_STAFF


class StaffFeed(MutualView):
    """Files brought in so far, and bringing in the next."""

    access = BRING_IN_STAFF

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.show(UploadForm())

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        file = form.cleaned_data["file"]
        if file.size > MOST_BYTES:
            form.add_error("file", _("The file is larger than 25 MB. Leave out columns that are not needed."))
            return self.show(form, status=422)
        try:
            batch = actions.propose_staff_feed(
                file=file,
                filename=file.name,
                by=request.user,
                at=request.now,
                effective_on=form.cleaned_data["effective_on"],
            )
        except Refusal as refusal:
            form.add_error("file", refusal.reason)
            return self.show(form, status=422)
        return redirect("members:batch", mutual=self.mutual.key, batch=batch.reference)

    def show(self, form: UploadForm, *, status: int = 200) -> HttpResponse:
        return self.page(
            "members/feed.html",
            status=status,
            form=form,
            batches=queries.batches(),
            missing=queries.missing_from_feeds(),
        )


class AboutBatch(MutualView, abstract=True):
    """A page about the batch in the address; 404 where there is none."""

    def batch(self) -> FeedBatch:
        found = queries.batch(self.kwargs["batch"])
        if found is None:
            raise Http404(f"no batch {self.kwargs['batch']}")
        return found

    def show(self, batch: FeedBatch, *, status: int = 200, **context: Any) -> HttpResponse:
        shown = queries.batch_in_words(batch)
        return self.page(
            "members/batch.html",
            status=status,
            batch=batch,
            shown=shown,
            columns_form=context.pop("columns_form", None) or ColumnsForm(columns=batch.columns),
            group_form=GroupForm(said=shown.open_groups, known=shown.known_groups) if shown.open_groups else None,
            approve_form=ApproveForm(),
            **context,
        )


class BatchPage(AboutBatch):
    """What a file would do: who joins where, who leaves and still holds a share, what is held back."""

    access = BRING_IN_STAFF

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.show(self.batch())


class BatchVerb(AboutBatch, abstract=True):
    """One act on a batch; a refusal is shown on the batch itself."""

    def act(self, batch: FeedBatch) -> str:
        """Do it; returns what to say afterwards."""
        raise NotImplementedError

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        batch = self.batch()
        try:
            said = self.act(batch)
        except Refusal as refusal:
            return self.show(self.batch(), status=409, refusal=refusal)
        messages.success(request, said)
        return redirect("members:batch", mutual=self.mutual.key, batch=batch.reference)


class ApproveBatch(BatchVerb):
    """Write the batch into the register: all of it, once."""

    access = BRING_IN_STAFF

    def act(self, batch: FeedBatch) -> str:
        form = ApproveForm(self.request.POST)
        despite = form.cleaned_data["despite"] if form.is_valid() else ""
        actions.approve_batch(batch=batch, despite=despite, by=self.request.user, at=self.request.now)
        return _("The file is approved and written into the register.")


class DiscardBatch(BatchVerb):
    """Put the batch aside."""

    access = BRING_IN_STAFF

    def act(self, batch: FeedBatch) -> str:
        actions.discard_batch(batch=batch, by=self.request.user, at=self.request.now)
        return _("The file is put aside. Nothing of it was written.")


class CompareBatch(BatchVerb):
    """Compare the file with the register as it is now."""

    access = BRING_IN_STAFF

    def act(self, batch: FeedBatch) -> str:
        actions.compare_again(batch=batch, by=self.request.user, at=self.request.now)
        return _("Compared with the register as it is now.")


class AnswerBatch(BatchVerb):
    """Decide what the batch asks about one person."""

    access = BRING_IN_STAFF

    def act(self, batch: FeedBatch) -> str:
        actions.answer_question(
            batch=batch,
            question=self.request.POST.get("question", ""),
            answer=self.request.POST.get("answer", ""),
            by=self.request.user,
            at=self.request.now,
        )
        return _("Your answer is kept, and the file was compared again.")


class TeachBatch(BatchVerb):
    """Say what the feed's staff groups are called here."""

    access = BRING_IN_STAFF

    def act(self, batch: FeedBatch) -> str:
        shown = queries.batch_in_words(batch)
        form = GroupForm(self.request.POST, said=shown.open_groups, known=shown.known_groups)
        if form.is_valid() and form.words:
            actions.learn_words(what="group", words=form.words, by=self.request.user, at=self.request.now)
        actions.compare_again(batch=batch, by=self.request.user, at=self.request.now)
        return _("The staff groups are remembered, and the file was compared again.")


class MapBatch(AboutBatch):
    """Say which column is which."""

    access = BRING_IN_STAFF

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        batch = self.batch()
        form = ColumnsForm(request.POST, columns=batch.columns)
        if not form.is_valid():
            return self.show(batch, status=422, columns_form=form, form=form)
        try:
            actions.map_columns(batch=batch, words=form.words, by=request.user, at=request.now)
        except Refusal as refusal:
            return self.show(self.batch(), status=409, refusal=refusal)
        messages.success(request, _("The columns are remembered, and the file was compared again."))
        return redirect("members:batch", mutual=self.mutual.key, batch=batch.reference)
