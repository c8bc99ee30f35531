"""Frames around content: notices, cards, facts, tables, histories, empty states. Most are block
tags.
"""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from splot.core.templatetags.words import missing as missing_marker

register = template.Library()

KINDS = ("info", "success", "warning", "error")


@register.simple_block_tag
def notice(content: str, kind: str, title: object = "") -> SafeString:
    """A notice of one of KINDS; its kind is said in words unless a title says more."""
    kind = notice_kind(kind)
    kinds = {
        "info": "",
        "success": _("Done"),
        "warning": _("Please note"),
        "error": _("Something is wrong"),
    }
    context = {"kind": kind, "title": title or kinds[kind], "content": content}
    return render_to_string("notice/notice.html", context)


@register.filter
def notice_kind(level: str) -> str:
    """The kind of notice for a message's level ("debug" and unknown ones are info)."""
    return level if level in KINDS else KINDS[0]


@register.simple_block_tag
def card(
    content: str,
    title: object,
    url: str = "",
    number: object = "",
    level: int = 3,
) -> SafeString:
    """A card whose heading is the link; `number` is a printed number, `level` the heading's."""
    context = {
        "title": title,
        "url": url,
        "number": number,
        "heading": f"h{level}",
        "content": content,
    }
    return render_to_string("card/card.html", context)


@register.simple_block_tag
def fact(content: str, label: object, missing: str = "") -> SafeString:
    """One line of <dl class="facts">. Empty content shows as missing, in the words given or "not
    given".
    """
    shown = mark_safe(content.strip()) or missing_marker(missing)
    return render_to_string("facts/fact.html", {"label": label, "content": shown})


@register.simple_block_tag
def page_head(
    content: str,
    title: object,
    kicker: object = "",
    number: object = "",
    lead: object = "",
) -> SafeString:
    """The page's h1 with what stands above it, its lead, and (the content) its actions."""
    context = {
        "title": title,
        "kicker": kicker,
        "number": number,
        "lead": lead,
        "content": mark_safe(content.strip()),
    }
    return render_to_string("page_head/page_head.html", context)


@register.simple_block_tag
def empty_state(content: str, title: object) -> SafeString:
    """What a list says when it is empty: what would be here, and how it gets here."""
    return render_to_string("empty_state/empty_state.html", {"title": title, "content": content})


@register.simple_block_tag
def table(content: str, label: object, look: str = "") -> SafeString:
    """A table that scrolls in its own region. `look`: "cards" on a phone, "wide" with sticky head
    and column.
    """
    classes = " ".join(f"table--{each}" for each in look.split())
    return render_to_string(
        "table/table.html", {"label": label, "classes": classes, "content": content}
    )


@register.simple_block_tag
def entry(content: str, when: object = "", who: object = "", title: object = "") -> SafeString:
    """One entry of <ol class="history">: when, by whom, and (the content) what."""
    return render_to_string(
        "history/entry.html", {"when": when, "who": who, "title": title, "content": content}
    )


@register.simple_block_tag
def statement(content: str, label: object = "") -> SafeString:
    """The band across the page for a sentence that deserves it: the content holds its h1 or
    blockquote.
    """
    return render_to_string("statement/statement.html", {"label": label, "content": content})


@register.simple_block_tag
def folded(content: str, summary: object, opened: bool = False) -> SafeString:
    """Something folded away behind its summary (a <details>)."""
    return render_to_string(
        "folded/folded.html", {"summary": summary, "opened": opened, "content": content}
    )


@register.inclusion_tag("publication/publication.html")
def publication(
    by: object = "",
    behalf: object = "",
    on: object = "",
    changed: object = "",
    body: object = "",
    made: object = "",
    changes: str = "",
) -> dict[str, object]:
    """The label of a public page: the body that publishes it, who answers for the content, who
    entered it, when it was made, published and last changed; `changes` is the address that tells
    what changed.
    """
    return {
        "by": by,
        "behalf": behalf,
        "on": on,
        "changed": changed,
        "body": body,
        "made": made,
        "changes": changes,
    }
