"""What has to stand in a checkout before Splot runs, as checks of Django's."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

CATALOGUES = "catalogues"  # the tag to ask for these checks alone
ADVICE = "Run `make setup`."


@register(CATALOGUES)
def catalogues_are_compiled(**options: Any) -> list[CheckMessage]:
    """A language without its compiled catalogue is English, and nothing says why."""
    found: list[CheckMessage] = []
    for language in [code for code, __ in settings.LANGUAGES if code != "en"]:
        source = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
        compiled = source.with_suffix(".mo")
        if not compiled.exists():
            found.append(Error(f"{compiled} is missing. {ADVICE}", id="splot.E001"))
        elif source.exists() and compiled.stat().st_mtime < source.stat().st_mtime:
            found.append(
                Warning(f"{compiled} is older than {source.name}. {ADVICE}", id="splot.W001")
            )
    return found
