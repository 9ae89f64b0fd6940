"""Where mail goes on the embedded default: into the post room, a page on which it can be read."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from mutualgov.core.clock import now

from .models import PostRoomLetter


class PostRoomBackend(BaseEmailBackend):
    """Writes one letter for each addressee; nothing leaves the machine."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        at = now()
        letters = [
            PostRoomLetter(
                posted_at=at,
                to=address,
                sender=message.from_email,
                subject=str(message.subject),
                body=str(message.body),
            )
            for message in email_messages
            for address in message.recipients()
        ]
        PostRoomLetter.objects.bulk_create(letters)
        return len(email_messages)
