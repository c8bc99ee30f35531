"""The report as a file in somebody's hand: for the operator's command."""

from splot.people.models import Municipality
from splot.policy.models import Policy

from .documents import render_html, render_pdf
from .facts import annual_report_or_draft

RENDERERS = {"pdf": render_pdf, "html": render_html}


def write_annual_report(
    municipality: Municipality, year: int, form: str, language: str
) -> bytes | None:
    """The annual report of a year as "pdf" or "html", in one language; None when no policy has that
    year.

    Published it is the frozen report, otherwise a draft of what the data say now.
    """
    policies = municipality.policies.filter(starts__lte=year, ends__gte=year).select_related(
        "municipality"
    )
    policy = policies.public().first() or policies.exclude(status__in=Policy.PUBLIC).first()
    if policy is None:
        return None
    facts, draft = annual_report_or_draft(policy, year)
    return RENDERERS[form](facts, language, draft)
