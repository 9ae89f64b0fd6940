"""Sending notices: a row first, as proof; then the post."""

import smtplib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from mutualgov.accounts.models import User
from mutualgov.audit.actions import actor_reference
from mutualgov.core.canonical import sha256_hex
from mutualgov.core.clock import now
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in, current_mutual

from .addressees import addressee_of
from .letters import Letter, kind_of, written
from .models import Notice, NoticeEvent

EMAIL = "email"


def send_notice(
    *, to: User | str, template: str, context: Mapping[str, Any] | None = None, by: Any, at: datetime
) -> Notice:
    """Queue one notice; it is posted after the commit.

    to        a login, or a reference such as a membership's
    template  key of a declared kind of notice
    context   references and figures the letter is written from; no names, no addresses

    Sending again is a new notice. A notice whose post failed keeps the failure as proof; ``post`` may be tried again.
    """
    kind_of(template)
    notice = Notice.objects.create(
        to=to if isinstance(to, str) else actor_reference(to),
        template=template,
        context=dict(context or {}),
        queued_at=at,
        queued_by=actor_reference(by),
    )
    transaction.on_commit(partial(_hand_over, current_mutual(), notice.pk))
    return notice


def post(notice: Notice, *, at: datetime) -> NoticeEvent:
    """Write the letter and hand it to the mail server. A notice that was sent already is not sent again.

    Returns what became of it; an address that is missing or a server that refuses is an event, not an error.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice.pk)
        sent = notice.events.filter(kind=NoticeEvent.Kind.SENT).first()
        return sent or _post_once(notice, at=at)


def _post_once(notice: Notice, *, at: datetime) -> NoticeEvent:
    addressee = addressee_of(notice.to)
    if addressee is None or not addressee.email:
        why = "Nobody of this reference is known any more." if addressee is None else "No e-mail address is known."
        return _event(notice, NoticeEvent.Kind.FAILED, at=at, reason=why)
    letter = written(notice.template, notice.context, mutual=notice.mutual, name=addressee.name)
    try:
        _message(letter, to=addressee.email, reference=notice.reference).send()
    except (smtplib.SMTPException, OSError) as error:
        reason = f"The mail server did not take it: {error}"[:300]
        return _event(notice, NoticeEvent.Kind.FAILED, at=at, letter=letter, reason=reason)
    return _event(notice, NoticeEvent.Kind.SENT, at=at, letter=letter)


def _message(letter: Letter, *, to: str, reference: str) -> EmailMessage:
    return EmailMessage(letter.subject, letter.text, to=[to], headers={"X-Notice": reference})


def _event(notice: Notice, kind: str, *, at: datetime, letter: Letter | None = None, reason: str = "") -> NoticeEvent:
    return NoticeEvent.objects.create(
        notice=notice,
        kind=kind,
        at=at,
        channel=EMAIL,
        subject=letter.subject[:200] if letter else "",
        digest=sha256_hex(letter.text.encode()) if letter else "",
        reason=reason,
    )


def _hand_over(mutual: Mutual, notice_id: int) -> None:
    """Post at once where the post room is in the same database; a mail server may be slow, and waits in a task."""
    if settings.EMBEDDED:
        with acting_in(mutual), transaction.atomic():
            post(Notice.objects.get(pk=notice_id), at=now())
    else:
        from django_q.tasks import async_task

        async_task("mutualgov.notices.tasks.post_notice", mutual.pk, notice_id)
