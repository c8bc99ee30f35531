"""What people see when something is not there or went wrong."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Without context processors: whatever broke the page must not break this one."""
    return HttpResponse(render_to_string("500.html"), status=500)
