"""What people see when something is not there or went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from splot.core.limits import plain_page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain_page("400.html", 400)


def failed(request: HttpRequest) -> HttpResponse:
    """Without context processors: whatever broke the page must not break this one."""
    return plain_page("500.html", 500)
