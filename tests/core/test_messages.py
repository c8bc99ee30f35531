"""The interface is complete in every language that it offers."""

import pytest

from splot.core import messages


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    assert messages.faults(language) == []


def test_a_missing_translation_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = messages.read_catalogue("pl")
    first = next(message for message in kept if message.id)
    first.string = ""
    monkeypatch.setattr(messages, "read_catalogue", lambda language: kept)
    assert len(messages.faults("pl")) >= 1
