"""Hostile words stay words, in every tag."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.test import RequestFactory

from splot.charts import ChartTarget, Point, Series, bar_chart, line_chart, share_chart
from splot.core.languages import Text
from tests.core.components.page import parsed, rendered

HOSTILE = """</title></textarea></svg>"'><script>alert(1)</script><img src=x onerror=alert(1)>"""


class HostileForm(forms.Form):
    name = forms.CharField(label=HOSTILE, help_text="plain")
    kind = forms.ChoiceField(label=HOSTILE, choices=[("a", HOSTILE)], widget=forms.RadioSelect)
    one = forms.ChoiceField(choices=[(HOSTILE, HOSTILE)], required=False)


def hostile_charts() -> list[Any]:
    points = [Point(HOSTILE, Decimal(1), note=HOSTILE), Point(HOSTILE + "2", None)]
    series = [Series(HOSTILE, points), Series(HOSTILE, points, break_before=HOSTILE)]
    targets = [ChartTarget(HOSTILE, Decimal(2))]
    return [
        line_chart(
            title=HOSTILE, series=series, targets=targets, baseline=targets[0], unit=HOSTILE
        ),
        bar_chart(title=HOSTILE, bars=points, target=targets[0], unit=HOSTILE),
        share_chart(title=HOSTILE, parts=points, unit=HOSTILE),
    ]


def context() -> dict[str, Any]:
    way = {
        "label": HOSTILE,
        "url": HOSTILE,
        "current": True,
        "state": "done",
        "code": HOSTILE,
        "name": HOSTILE,
    }
    return {
        "x": HOSTILE,
        "t": Text.of("pl", {"pl": HOSTILE}),
        "counts": [("done", HOSTILE, 1), (HOSTILE, HOSTILE, 2)],
        "labels": [(HOSTILE, HOSTILE)],
        "ways": [{**way, "dir": "ltr"}],
        "form": HostileForm({"name": HOSTILE, "kind": HOSTILE, "one": HOSTILE}),
        "page": Paginator(range(30), 10).get_page(2),
        "request": RequestFactory().get("/", {"q": HOSTILE}),
        "charts": hostile_charts(),
    }


TAGS = [
    "{% text x %}{% text t %}{% text t block=True %}{{ t|plain }}{% markdown x %}{% markdown t %}",
    "{% number x %}{% missing x %}{% language_note t %}",
    "{% status x x %}{% status_bar counts %}{% status_key labels %}{% progress 1 2 label=x %}",
    "{% notice x title=x %}{{ x }}{% endnotice %}{% notice 'info' title=t %}{% endnotice %}",
    "{% card x url=x number=x %}{{ x }}{% endcard %}{% card t %}{% endcard %}",
    "<dl>{% fact x missing=x %}{% endfact %}{% fact t %}{{ x }}{% endfact %}</dl>",
    "{% page_head t kicker=x number=x lead=t %}{{ x }}{% endpage_head %}",
    "{% empty_state x %}{{ x }}{% endempty_state %}{% folded t %}{{ x }}{% endfolded %}",
    "{% table x look=x %}<tbody><tr><td>{{ x }}</td></tr></tbody>{% endtable %}",
    "<ol>{% entry when=x who=t title=x %}{{ x }}{% endentry %}</ol>{% statement label=x %}{{ x }}{% endstatement %}",
    "{% publication by=x behalf=t on=x changed=x %}",
    "{% breadcrumbs x x x t %}{% subnav ways x %}{% steps ways x %}{% language_links ways x %}{% pager page %}",
    "{% form_fields form %}{% filters form %}",
    "{% for each in charts %}{% chart each %}{{ each.svg }}{% endfor %}",
]


def active(tree: Any) -> list[str]:
    """Everything in a tree that a browser would run or fetch."""
    found = [element.tag for element in tree.iter("script", "img", "iframe", "style")]
    return found + [
        name for element in tree.iter() for name in element.attrib if name.startswith("on")
    ]


@pytest.mark.parametrize("source", TAGS)
def test_hostile_words_stay_words(source: str) -> None:
    tree = parsed(source, **context())
    assert active(tree) == []
    assert "alert(1)" in rendered(source, **context()) or "language_note" in source


def test_the_check_can_fail() -> None:
    assert active(parsed("{{ x|safe }}", x=HOSTILE)) == ["script", "img", "onerror"]
