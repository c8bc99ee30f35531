"""The interface is complete in every language that it offers."""

import pytest

from splot.core import gettext_catalogues


@pytest.mark.parametrize("language", gettext_catalogues.TRANSLATED_LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    assert gettext_catalogues.catalogue_faults(language) == []


def test_a_missing_translation_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = gettext_catalogues.read_catalogue("pl")
    first = next(message for message in kept if message.id)
    first.string = ""
    monkeypatch.setattr(gettext_catalogues, "read_catalogue", lambda language: kept)
    assert len(gettext_catalogues.catalogue_faults("pl")) >= 1
