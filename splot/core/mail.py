"""The outbox: a mail is queued in the transaction of what it is about, and sent at most once by the
background worker.

A message is claimed, handed over, marked. The claim already says "failed, interrupted": whoever
finds it so after a power cut knows that nobody can tell whether it went, and only a person sends it
again. A mail server that certainly did not take it is asked again, after a pause. What was sent is
wiped: a mail can hold the token of a link.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from smtplib import (
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks import task as background

from .actions import NotAudited, Refused, action, in_action, record
from .languages import text_direction
from .models import Message

RETRY_MINUTES = (5, 15, 60, 240)  # minutes before each further attempt
MAX_ATTEMPTS = len(RETRY_MINUTES) + 1
LOST_AFTER = timedelta(days=1)  # longer than all pauses together
INTERRUPTED, NO_ADDRESS = "interrupted", "no address"
REFUSED_BY_SERVER = (
    SMTPResponseException,
    SMTPRecipientsRefused,
    SMTPHeloError,
    SMTPNotSupportedError,
)


@dataclass(frozen=True)
class MailItem:
    """One item of a mail: its text, its link, and why it is in the mail."""

    words: str
    url: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class MailContent:
    """What a mail says, in the active language; rendered as plain text and as HTML."""

    subject: str
    opening: str
    sender: str
    lines: tuple[MailItem, ...] = ()
    button: tuple[str, str] | None = None  # words, address
    closing: str = ""
    why: str = ""
    off: tuple[str, str] | None = field(default=None)  # how to get no more of it: words, address

    @property
    def text(self) -> str:
        return render_to_string("core/mail.txt", {"letter": self}).strip() + "\n"

    @property
    def html(self) -> str:
        language = get_language() or settings.LANGUAGE_CODE
        return render_to_string(
            "core/mail.html",
            {"letter": self, "language": language, "direction": text_direction(language)},
        )


def absolute_url(name: str, *parts: object, language: str | None = None) -> str:
    """The whole address of a page, in the active language or in the one given."""
    if language:
        with override(language):
            return absolute_url(name, *parts)
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, args=parts)


def has_mail_server() -> bool:
    """Does mail leave this installation? Without a server it stands in the worker's output."""
    return bool(settings.EMAIL_HOST)


def queue_mail(
    *, scope: str, key: str, to: str, language: str, subject: str, text: str, html: str
) -> Message | None:
    """Put a mail into the outbox, in the transaction of the action; None when `key` was queued
    before.

    An address that is none makes a failed message, which the coordinator sees, instead of an error
    in all others.
    """
    if not in_action():
        raise NotAudited("queue_mail() belongs inside an action")
    good = is_email_address(to)
    values = {
        "scope": scope,
        "to": to[:254],
        "language": language,
        "subject": " ".join(subject.split())[:200],  # a line break would begin another header
        "text": text,
        "html": html,
        "status": Message.Status.WAITING if good else Message.Status.FAILED,
        "error": "" if good else NO_ADDRESS,
    }
    message, is_new = Message.objects.get_or_create(key=key, defaults=values)
    if not is_new:
        return None
    if good:
        # a row of the same transaction: no mail without what it tells of
        deliver_message.enqueue(message.pk)
    return message


def is_email_address(words: str) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return words == words.strip()


@background()
def deliver_message(message: int) -> str:
    """Send one message, if nobody else has claimed it; gives its status. Raises an error
    after which nobody knows whether it went.
    """
    claimed = Message.objects.filter(pk=message, status=Message.Status.WAITING)
    if not claimed.update(
        status=Message.Status.FAILED, error=INTERRUPTED, attempts=F("attempts") + 1
    ):
        return ""
    row = Message.objects.get(pk=message)
    refusal = _submit_message(row)
    return _record_outcome(row, refusal)


def _submit_message(message: Message) -> str:
    """Submit a mail over SMTP; the server's reason for not taking it, or ""."""
    connection = get_connection()
    try:
        mail = _build_mail(message)
        mail.message()
        connection.open()
    except Exception as error:
        return _format_error(error)
    try:
        connection.send_messages([mail])
    except REFUSED_BY_SERVER as error:
        return _format_error(error)
    finally:
        connection.close()
    return ""


def _build_mail(message: Message) -> EmailMultiAlternatives:
    """The mail with a Message-ID that stays the same if a person sends it again, so that mailboxes
    show it once.
    """
    identity = sha256(f"{settings.SECRET_KEY} {message.key}".encode()).hexdigest()[:32]
    headers = {
        "Message-ID": f"<{identity}@{urlsplit(settings.PUBLIC_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    mail = EmailMultiAlternatives(message.subject, message.text, to=[message.to], headers=headers)
    mail.attach_alternative(message.html, "text/html")
    return mail


def _format_error(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _record_outcome(message: Message, refusal: str) -> str:
    """Write down what became of a claimed message; one that was refused waits for its next attempt,
    if any is left.
    """
    row = Message.objects.filter(pk=message.pk)
    if not refusal:
        row.update(status=Message.Status.SENT, error="", sent_at=timezone.now(), text="", html="")
        return Message.Status.SENT
    if message.attempts >= MAX_ATTEMPTS:
        row.update(error=refusal)
        return Message.Status.FAILED
    with transaction.atomic():
        row.update(status=Message.Status.WAITING, error=refusal)
        pause = timedelta(minutes=RETRY_MINUTES[message.attempts - 1])
        deliver_message.using(run_after=timezone.now() + pause).enqueue(message.pk)
    return Message.Status.WAITING


def requeue_lost_messages() -> int:
    """Queue again the messages that no worker has taken, as after one that was killed; gives their
    number.
    """
    lost = Message.objects.filter(
        status=Message.Status.WAITING, made_at__lt=timezone.now() - LOST_AFTER
    )
    for key in lost.values_list("pk", flat=True):
        deliver_message.enqueue(key)
    return len(lost)


@action
def resend_message(*, by: AbstractBaseUser | None, message: Message) -> Message:
    """A person decides that a failed message goes out once more. Raises Refused."""
    failed = Message.objects.filter(pk=message.pk, status=Message.Status.FAILED).exclude(
        error=NO_ADDRESS
    )
    if not failed.update(status=Message.Status.WAITING, attempts=0, error=""):
        raise Refused(_("This message cannot be sent again."))
    deliver_message.enqueue(message.pk)
    record(by=by, verb="message.sent_again", of=message)
    return message


def messages_of(scope: str) -> "QuerySet[Message]":
    """The outbox of a municipality, the newest first."""
    return Message.objects.filter(scope=scope)


def describe_failure(message: Message) -> str:
    """Why a message is not sent, for the coordinator; what a mail server answered stays as it
    is.
    """
    words = {
        INTERRUPTED: _(
            "The server stopped while this was being sent. Perhaps it arrived, perhaps not."
        ),
        NO_ADDRESS: _("This is not an e-mail address."),
    }
    return words.get(message.error, message.error)
