"""A translator that speaks the protocol of LibreTranslate: POST /translate and GET /languages, in
JSON.
"""

import json
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.core.exceptions import ImproperlyConfigured

from . import TranslatorFailed, TranslatorUnreachable

# for one request; a processor without a graphics card needs a second for a long sentence
TIMEOUT_SECONDS = 120
MAX_TEXTS = 25  # in one request
MAX_CHARACTERS = 4000
MAX_RESPONSE_BYTES = 5_000_000  # of an answer
PROTOCOL_CODES = {"fil": "tl"}  # where the protocol names a language otherwise than we


class LibreTranslate:
    """A server at an address such as "http://127.0.0.1:5000"."""

    def __init__(self, url: str, seconds: float = TIMEOUT_SECONDS) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ImproperlyConfigured(
                f"SPLOT_TRANSLATOR_URL is written as http://127.0.0.1:5000, not {url!r}"
            )
        self.url, self.seconds = url.rstrip("/"), seconds

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        languages = {
            "source": PROTOCOL_CODES.get(source, source),
            "target": PROTOCOL_CODES.get(target, target),
            "format": "html",
        }
        translated: list[str] = []
        for batch in _split_batches(texts):
            translated += self._translated(batch, languages)
        return translated

    def languages(self) -> set[str] | None:
        """What it translates into from any language."""
        answer = self._asked("/languages")
        codes: set[str] = set()
        try:
            for row in answer:
                codes |= {row["code"], *row.get("targets", ())}
        except (AttributeError, KeyError, TypeError) as error:
            raise TranslatorFailed("the list of languages cannot be read") from error
        return codes | {code for code, its_code in PROTOCOL_CODES.items() if its_code in codes}

    def _translated(self, texts: list[str], languages: dict[str, str]) -> list[str]:
        answer = self._asked("/translate", {"q": texts, **languages})
        translated = answer.get("translatedText") if isinstance(answer, dict) else None
        translations = translated if isinstance(translated, list) else []
        are_words = all(isinstance(answered, str) for answered in translations)
        if len(translations) != len(texts) or not are_words:
            raise TranslatorFailed("the answer does not hold one translation for each text")
        return translations

    def _asked(self, path: str, data: object = None) -> Any:
        body = None if data is None else json.dumps(data).encode()
        request = Request(
            self.url + path,
            body,
            {"Content-Type": "application/json", "Accept": "application/json"},
        )
        try:
            with urlopen(request, timeout=self.seconds) as response:
                return json.loads(response.read(MAX_RESPONSE_BYTES))
        except HTTPError as error:
            raise TranslatorFailed(_describe_http_error(error)) from error
        except (OSError, HTTPException) as error:
            raise TranslatorUnreachable(f"{self.url}: {error}") from error
        except ValueError as error:
            raise TranslatorFailed("the answer is not JSON") from error


def _describe_http_error(error: HTTPError) -> str:
    """What the server says is wrong, in its own words where it has any."""
    try:
        reason = json.loads(error.read(10_000))["error"]
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        reason = error.reason
    return f"{error.code} {str(reason)[:200]}"


def _split_batches(texts: list[str]) -> Iterator[list[str]]:
    """Neighbours together, as many as one request may hold; a very long text goes alone."""
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == MAX_TEXTS or sum(map(len, batch)) + len(text) > MAX_CHARACTERS):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch
