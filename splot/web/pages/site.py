"""Pages of the whole installation: choice of language, list of municipalities, gallery."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_from_request

from splot.people.door import SignedInRequest, page
from splot.people.queries import all_municipalities, first_municipality_of
from splot.people.rules import anyone, is_signed_in
from splot.web.gallery import gallery_samples


@page(anyone)
def choose_language(request: HttpRequest, __: None) -> HttpResponse:
    """The bare address: to the visitor's own language, where Splot speaks it."""
    return redirect(f"/{get_language_from_request(request)}/")


@page(is_signed_in)
def own_desk(request: SignedInRequest, __: None) -> HttpResponse:
    """The short address of the desk: the signed-in person's own municipality."""
    municipality = first_municipality_of(request.user)
    if municipality is None:
        return redirect("municipalities")
    language = request.user.language if request.user.language in dict(settings.LANGUAGES) else "pl"
    return redirect(f"/{language}/{municipality.slug}/desk/")


@page(anyone, public=True)
def municipality_list(request: HttpRequest, __: None) -> HttpResponse:
    return render(request, "web/municipalities.html", {"municipalities": all_municipalities()})


@page(anyone, public=True)
def component_gallery(request: HttpRequest, __: None) -> HttpResponse:
    """Every component in every state; the accessibility test visits it too."""
    return render(request, "core/gallery.html", gallery_samples())
