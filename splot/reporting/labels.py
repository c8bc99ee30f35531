"""The questions of a report, and what was not sent of it in words to be read again."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.implementation.models import Task
from splot.implementation.statuses import STATUS_LABELS

REPORT_LABELS = {
    "status": gettext_lazy("How does the task go?"),
    "narrative": gettext_lazy("What was done?"),
    "obstacles": gettext_lazy("What stood in the way?"),
    "reason": gettext_lazy("Why was it abandoned?"),
    "reached": gettext_lazy("How many were reached?"),
}


def report_words(task: Task | None, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """(question, answer) of what somebody wrote of a task; None for one that is not there."""
    name = _("Task %(number)s") % {"number": task.number} if task else _("Task")
    words = []
    for field, label in REPORT_LABELS.items():
        if answer := values.get(field, "").strip():
            if field == "status":
                answer = str(STATUS_LABELS.get(answer, answer))
            words.append((f"{name} · {label}", answer))
    return words
