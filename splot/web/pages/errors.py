"""What people see when something is not there or went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from splot.core.limits import render_error_page, render_refused_request
from splot.core.unsaved.sent_forms import parse_words_to_copy


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render_refused_request(exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context processors: whatever broke the page must not break this one."""
    return render_error_page("500.html", 500, parse_words_to_copy(request))
