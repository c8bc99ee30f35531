"""What changed, as a page and as an Atom feed."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from splot.people.door import page
from splot.people.models import Municipality
from splot.people.rules import anyone

from ..queries import changes_of, public_entries

SHOWN_ON_A_PAGE = 30
SHOWN_IN_THE_FEED = 50


@page(anyone, public=True, query=("page",))
def change_list(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    entries = Paginator(public_entries(municipality.scope), SHOWN_ON_A_PAGE)
    shown = entries.get_page(request.GET.get("page"))
    context = {"page": shown, "changes": changes_of(shown.object_list)}
    return render(request, "changes/what_changed.html", context)


@page(anyone, public=True)
def change_feed(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The newest changes as Atom (RFC 4287), in the language of the address."""
    here = reverse("changes", args=[municipality.slug])
    feed = Atom1Feed(
        title=_("%(municipality)s: what changed") % {"municipality": municipality.name_text},
        link=request.build_absolute_uri(here),
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=request.build_absolute_uri(here),
    )
    for change in changes_of(public_entries(municipality.scope)[:SHOWN_IN_THE_FEED]):
        for entry in change.entries:
            said = filter(None, (str(entry.who), str(entry.detail)))
            feed.add_item(
                title=f"{change.label}: {change.subject}",
                link=request.build_absolute_uri(change.url),
                description=" · ".join(said),
                unique_id=request.build_absolute_uri(f"{here}#{entry.model}-{entry.object_id}"),
                pubdate=entry.at,
                updateddate=entry.at,
                categories=[change.label],
            )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
