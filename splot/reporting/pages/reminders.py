"""Reminders: a preview of what would be sent to whom, and why; and what became of the mails that
went.
"""

from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from splot.core.actions import Refused
from splot.core.languages import language_name, text_direction
from splot.core.mail import describe_failure, messages_of, resend_message
from splot.people.door import SignedInRequest, page
from splot.policy.models import Policy
from splot.policy.queries import policy_of
from splot.reporting.actions.reminders import send_reminders
from splot.reporting.digests import Digest, plan_reminder_run
from splot.reporting.mails import HIDDEN_TOKEN, NewLink, reminder_mail
from splot.reporting.rules import can_ask_for_reports

PER_PAGE = 30


@page(can_ask_for_reports, find=policy_of, methods=("GET", "HEAD", "POST"))
def reminders(request: SignedInRequest, policy: Policy) -> HttpResponse:
    if request.method == "POST":
        try:
            _send_now(request, policy)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("reminders", policy.municipality.slug, policy.term)
    run = plan_reminder_run(policy, timezone.localdate())
    outbox = Paginator(messages_of(policy.municipality.slug), PER_PAGE).get_page(
        request.GET.get("page")
    )
    mails, on_hold = [], []
    for digest in run.digests:
        if digest.on_hold:
            on_hold.append(digest)
        else:
            mails.append(_preview_mail(digest, policy))
    context = {
        "policy": policy,
        "mails": mails,
        "on_hold": on_hold,
        "ready": len(mails) if policy.is_public else 0,
        "unreachable": run.unreachable,
        "outbox": outbox,
        "sent": [(message, describe_failure(message)) for message in outbox],
    }
    return render(request, "reporting/reminders.html", context)


def _preview_mail(digest: Digest, policy: Policy) -> dict[str, object]:
    """A mail as it would arrive, in its reader's language, without the token that is made on
    sending.
    """
    language = digest.recipient.language
    with override(language):
        hidden = [NewLink(part.recipient, policy.municipality) for part in digest.parts]
        mail = reminder_mail(digest, policy, hidden)
        shown = {
            "subject": mail.subject,
            "text": mail.text.replace(quote(HIDDEN_TOKEN), HIDDEN_TOKEN),
        }
    return {
        **shown,
        "digest": digest,
        "language": language,
        "language_name": language_name(language),
        "dir": text_direction(language),
    }


def _send_now(request: SignedInRequest, policy: Policy) -> None:
    if key := request.POST.get("message", ""):
        message = (
            messages_of(policy.municipality.slug)
            .filter(pk=key if key.isdecimal() and len(key) < 18 else 0)
            .first()
        )
        if message is not None:
            resend_message(by=request.user, message=message)
            messages.success(request, _("The message goes out once more."))
        return
    if not policy.is_public:
        raise Refused(_("Publish the policy first: a draft reminds nobody."))
    sent = send_reminders(by=request.user, policy=policy)
    confirmation = ngettext(
        "%(number)s letter is on its way.", "%(number)s letters are on their way.", sent
    )
    messages.success(request, confirmation % {"number": sent})
