"""A year in three sentences, for who reads nothing else: every count with what it is a part of."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from splot.core.dates import Period
from splot.core.numbers import format_number
from splot.core.values import Json
from splot.implementation.statuses import NOT_REPORTED, Status

from ..figures import Verdict
from .indicators import group_same_targets

Facts = Json


def summary_sentences(facts: Facts) -> list[str]:
    """The sentences in the active language: tasks, targets due in the year, proposals."""
    return [_task_sentence(facts), _target_sentence(facts), _proposal_sentence(facts)]


def _task_sentence(facts: Facts) -> str:
    counts = facts["counts"]
    if not counts["tasks"]:
        return _("No task in %(year)s.") % {"year": facts["year"]}
    statuses = counts["statuses"]
    sentence = ngettext(
        "Of %(tasks)s task: %(done)s done, %(late)s late, %(silent)s without a report.",
        "Of %(tasks)s tasks: %(done)s done, %(late)s late, %(silent)s without a report.",
        counts["tasks"],
    )
    named = {
        "tasks": counts["tasks"],
        "done": statuses[Status.DONE],
        "late": statuses[Status.LATE],
        "silent": statuses[NOT_REPORTED],
    }
    return sentence % {name: format_number(count) for name, count in named.items()}


def _target_sentence(facts: Facts) -> str:
    """Targets that differ in nothing but their task count once, as in the table of their
    indicator.
    """
    year = facts["year"]
    verdicts = []
    for indicator in facts["indicators"]:
        for target, *__ in group_same_targets(indicator["targets"]):
            if Period.parse(target["by"]).end.year == year:
                verdicts.append(target["verdict"])
    if not verdicts:
        return _("No target is due in %(year)s.") % {"year": year}
    met, missed = verdicts.count(Verdict.REACHED), verdicts.count(Verdict.NOT_REACHED)
    counts = {
        "targets": len(verdicts),
        "met": met,
        "missed": missed,
        "unknown": len(verdicts) - met - missed,
    }
    sentence = ngettext(
        "Of %(targets)s target due in %(year)s: %(met)s reached, %(missed)s not reached, "
        "%(unknown)s cannot be told.",
        "Of %(targets)s targets due in %(year)s: %(met)s reached, %(missed)s not reached, "
        "%(unknown)s cannot be told.",
        len(verdicts),
    )
    return sentence % {
        "year": year,
        **{name: format_number(count) for name, count in counts.items()},
    }


def _proposal_sentence(facts: Facts) -> str:
    count = len(facts.get("proposals", []))
    if not count:
        return _("The team proposes no corrections.")
    sentence = ngettext(
        "The team proposes %(count)s correction.", "The team proposes %(count)s corrections.", count
    )
    return sentence % {"count": format_number(count)}
