"""A municipality of the demonstration while it is being made, and the files that it is made of."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

from splot.core.languages import Text
from splot.core.values import Json
from splot.people.models import Municipality, User
from splot.policy.models import Policy

DATA_DIR = Path(__file__).parent / "data"


@dataclass
class DemoMunicipality:
    """A municipality of the demonstration while it is being made."""

    slug: str
    name: dict[str, str]
    teryt: str
    executive: str
    council: str
    municipality: Municipality = field(init=False)
    policy: Policy = field(init=False)
    coordinator: User = field(init=False)
    leaders: dict[str, User] = field(default_factory=dict)
    known: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def read(self, name: str) -> Any:
        return json.loads((DATA_DIR / self.slug / name).read_text("utf-8"))

    def read_if_there(self, name: str) -> Json:
        """The content of a file that not every municipality has."""
        found: Json = self.read(name) if (DATA_DIR / self.slug / name).exists() else {}
        return found

    def task_rows(self) -> list[Json]:
        """The rows of the table, by number."""
        rows: list[Json] = []
        for file in sorted((DATA_DIR / self.slug).glob("tasks-*.json")):
            rows += json.loads(file.read_text("utf-8"))
        return sorted(rows, key=lambda row: row["number"])


def polish_text(texts: dict[str, str] | None) -> Text:
    """A Polish text with its translations; an empty Text for none."""
    return Text.of("pl", texts) if texts else Text()


def noon_of(iso: str) -> datetime:
    """Noon of a day, in the installation's time zone."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(iso), time(12)))
