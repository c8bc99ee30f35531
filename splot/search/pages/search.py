"""The page that finds words in all that the rooms offer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from splot.people.door import page
from splot.people.models import Municipality
from splot.people.rules import anyone

from ..offers import search_kinds
from ..queries import audiences_of, find_entries, searched_words, visible_entries
from ..results import first_results, page_of_results

MAX_QUESTION_LENGTH = 200


@page(anyone, public=True, query=("q", "kind", "page"))
def search(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Results of every kind, or, with `kind`, all of one."""
    question = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:MAX_QUESTION_LENGTH]
    words = searched_words(question)
    found: dict[str, list[int]] = {}
    if words:
        audiences = audiences_of(request.user, municipality)
        found = find_entries(visible_entries(municipality.scope, audiences), words)
    context: dict[str, object] = {
        "question": question,
        "total": sum(map(len, found.values())),
        "kinds": search_kinds(),
    }
    kinds = {kind.code: kind for kind in search_kinds()}
    kind = kinds.get(request.GET.get("kind", ""))
    if kind is not None and kind.code in found:
        results_page, results = page_of_results(found[kind.code], request.GET.get("page"), words)
        context |= {"kind": kind, "page": results_page, "results": results}
    else:
        context["groups"] = first_results(found, words)
    response = render(request, "search/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
