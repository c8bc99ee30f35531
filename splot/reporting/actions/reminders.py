"""Reminders go out: when the coordinator says so, and every morning by themselves.

The morning's run puts the next one into the queue before it begins, so that a worker that dies ends
no chain; a machine that slept makes up one run when it wakes, not one for each day. Two workers
cannot send a mail twice, because its key is taken once.
"""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from django_tasks import TaskResultStatus
from django_tasks import task as background
from django_tasks_db.models import DBTaskResult, get_date_max

from splot.core.actions import action, record
from splot.core.mail import queue_mail, requeue_lost_messages
from splot.core.unsaved.actions import discard_expired
from splot.people.models import User
from splot.people.queries import all_municipalities
from splot.policy.models import Policy
from splot.policy.queries import running_policies

from ..digests import Digest, next_morning, plan_reminder_run
from ..mails import NewLink, reminder_mail
from ..recipients import COORDINATOR
from .links import make_link

logger = logging.getLogger(__name__)


@action
def send_reminders(*, by: User | None, policy: Policy) -> int:
    """Queue every mail of today's run that is not held back; gives their number. A draft reminds
    nobody.
    """
    digests = plan_reminder_run(policy, timezone.localdate()).to_send if policy.is_public else []
    sent = sum(_send_digest(policy, digest) for digest in digests)
    record(by=by, verb="reminders.sent", of=policy, changes={"letters": [0, sent]})
    return sent


def _send_digest(policy: Policy, digest: Digest) -> bool:
    """One mail with links of its own; where its key was taken meanwhile, no links either."""
    recipient, links = digest.recipient, []
    with transaction.atomic():
        for part in digest.parts:
            if recipient.role != COORDINATOR:
                __, token = make_link(
                    by=None,
                    municipality=policy.municipality,
                    owner=part.recipient.owner,
                    email=part.recipient.email,
                )
                links.append(NewLink(part.recipient, policy.municipality, token))
        with override(recipient.language):
            mail = reminder_mail(digest, policy, links)
            message = queue_mail(
                scope=policy.municipality.slug,
                key=digest.key,
                to=recipient.email,
                language=recipient.language,
                subject=mail.subject,
                text=mail.text,
                html=mail.html,
            )
        if message is None:
            transaction.set_rollback(True)
    return message is not None


@background()
def send_all_reminders() -> int:
    """The morning's run over all municipalities but a demonstration's; how many mails. It also
    throws away what nobody has come back to for 30 days.
    """
    schedule_reminders()
    requeue_lost_messages()
    discard_expired()
    sent = 0
    for municipality in all_municipalities().filter(is_demonstration=False):
        for policy in running_policies(municipality):
            try:
                if plan_reminder_run(policy, timezone.localdate()).to_send:
                    sent += send_reminders(by=None, policy=policy)
            except Exception:  # one town's trouble keeps no other from its mails
                logger.exception(
                    "The reminders of %s %s did not go out", municipality.slug, policy.term
                )
    return sent


def schedule_reminders() -> None:
    """See to it that one morning's run waits in the queue, for the next morning: one that was put
    there while the clock was wrong would wait for years. Called again and again by the server, and
    by each run.
    """
    waiting = DBTaskResult.objects.filter(
        task_path=send_all_reminders.module_path, status=TaskResultStatus.READY
    )
    morning = next_morning(timezone.localtime())
    with transaction.atomic():
        if not waiting.exists():
            send_all_reminders.using(run_after=morning).enqueue()
        waiting.filter(run_after__gt=morning).exclude(run_after=get_date_max()).update(
            run_after=morning
        )
