"""Renders the report as HTML: content with charts for the page, and one file that needs nothing
else.
"""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from splot.core.assets import current_asset
from splot.core.values import Json

from .content import ReportContent, annual_report_content
from .indicators import indicator_chart


def annual_report_page_content(
    facts: Json, *, draft: bool, decisions: dict[int, Json] | None = None
) -> ReportContent:
    """`annual_report_content` with what only a page has: drawings as SVG, addresses within the
    page.
    """
    paper = annual_report_content(facts, draft=draft, decisions=decisions)
    for indicator in paper["indicators"]:
        indicator["drawing"] = indicator_chart(indicator)
    for area in paper["areas"]:
        area["anchor"] = f"#area-{area['number']}"
    sections = {
        "brief": _("In brief"),
        "assessment": _("The team’s assessment"),
        "numbers": _("The year in numbers"),
        "areas": _("What was done, area by area"),
        "indicators": _("Indicators against targets"),
        "silent": _("What was not reported"),
    }
    paper["contents"] = [{"label": label, "url": f"#{name}"} for name, label in sections.items()]
    paper["area_contents"] = [
        {"label": area["name"], "url": area["anchor"]} for area in paper["areas"]
    ]
    return paper


def render_html(facts: Json, language: str, draft: bool) -> bytes:
    """The report in one language as a single HTML file in UTF-8: its styles inside, no scripts, no
    outside links.
    """
    with override(language):
        paper = annual_report_page_content(facts, draft=draft)
        styles = mark_safe(current_asset("splot.css").body.decode())  # our own style sheet
        return render_to_string(
            "monitoring/report_file.html", {"paper": paper, "styles": styles}
        ).encode()
