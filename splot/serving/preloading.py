"""Loads before the processes part what all of them need: their memory is then the same memory, as
long as nobody writes to it.
"""

import gc
from importlib import import_module

from django.conf import settings
from django.db import connections
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver
from django.utils import translation

COMPONENTS = settings.BASE_DIR / "splot/core/components"


def preload_application() -> None:
    """Load the application, the pages behind all addresses, their templates and the interface's
    languages. Opens no connection and starts no thread.
    """
    import_module("splot.serving.application")
    _load_addresses()
    for language, __ in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Search")
    _load_templates()
    connections.close_all()
    gc.collect()
    gc.freeze()  # a look for rubbish would write to every page of it


def _load_addresses() -> None:
    resolver = get_resolver()
    with translation.override(settings.LANGUAGE_CODE):
        resolver.reverse_dict  # noqa: B018  (worked out and kept)


def _load_templates() -> None:
    for folder in [COMPONENTS, *get_app_template_dirs("templates")]:
        for path in folder.rglob("*.html"):
            try:
                engines["django"].get_template(path.relative_to(folder).as_posix())
            except (TemplateDoesNotExist, TemplateSyntaxError):  # a part of another one
                continue
