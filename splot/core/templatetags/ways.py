"""Ways around: addresses of assets, breadcrumbs, sub-navigation, pages of a list, steps of a long
way.
"""

from collections.abc import Iterable

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import RequestContext

from splot.core import assets

register = template.Library()

NEIGHBOURS = 1


@register.simple_tag
def asset_url(name: str) -> str:
    """The address of an asset such as "splot.css"."""
    return assets.hashed_asset_url(name)


@register.inclusion_tag("mark/htmx.html")
def htmx() -> dict[str, object]:
    """What a page's `htmx` block holds when the page uses htmx: its settings and its script."""
    return {}


@register.inclusion_tag("mark/mark.html")
def mark(size: int = 32) -> dict[str, object]:
    """The woven mark, decorative: the name stands beside it."""
    return {"size": size}


@register.inclusion_tag("breadcrumbs/breadcrumbs.html")
def breadcrumbs(*ways: object) -> dict[str, object]:
    """The way to this page, without the page itself: {% breadcrumbs url label url label %}."""
    return {"ways": list(zip(ways[::2], ways[1::2], strict=True))}


@register.inclusion_tag("subnav/subnav.html")
def subnav(items: Iterable[dict[str, object]], label: object) -> dict[str, object]:
    """Pages of one thing side by side. `items`: {label, url, current}; `label` names the set for
    screen readers.
    """
    return {"items": items, "label": label}


@register.inclusion_tag("steps/steps.html")
def steps(items: Iterable[dict[str, object]], label: object) -> dict[str, object]:
    """Stages of a long way. `items`: {label, state: "done", "current" or "ahead", url
    (optional)}.
    """
    return {"items": items, "label": label}


@register.inclusion_tag("language_links/language_links.html")
def language_links(languages: Iterable[dict[str, object]], label: object = "") -> dict[str, object]:
    """The same page in each language, every name in its own script. `languages`: {code, name, url,
    current, dir}.
    """
    return {"languages": languages, "label": label}


@register.inclusion_tag("pager/pager.html", takes_context=True)
def pager(
    context: RequestContext,
    page: "Page[object]",
    parameter: str = "page",
) -> dict[str, object]:
    """Pages of a list, keeping the rest of the query; nothing for a single page."""
    around = page.paginator.get_elided_page_range(page.number, on_each_side=NEIGHBOURS, on_ends=1)
    query: QueryDict | None = context["request"].GET.copy() if "request" in context else None

    def address(number: int) -> str:
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return "?" + query.urlencode()

    links = [(each, address(each) if isinstance(each, int) else "") for each in around]
    return {
        "page": page,
        "links": links,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
