"""What the gallery shows: every component in every state, with sample words in English."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain, cycle, islice, repeat

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import override

from splot.charts import Chart, ChartTarget, Point, Series, bar_chart, line_chart, share_chart
from splot.core.assets import COMPONENTS_DIR
from splot.core.languages import Text
from splot.core.unsaved import KeptWords
from splot.implementation.statuses import STATUS_LABELS, STATUS_LOOKS, Status
from splot.parsing.form_fields import CountFormField, DayFormField

MARKDOWN = """## A heading

A paragraph with *stress* and a [link](https://example.org).

- one
- two

> Said by somebody.
"""


def sample_labels() -> list[tuple[str, str]]:
    """(look, label) of every status, in English."""
    with override("en"):
        return [(STATUS_LOOKS[code], str(label)) for code, label in STATUS_LABELS.items()]


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(help_text="As it should stand on the page.")
    words = forms.CharField(label="In your own words", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(
        choices=[("", "Choose one"), ("a", "First kind"), ("b", "Second kind")]
    )
    people = CountFormField(required=False, help_text="Zero is an answer; empty is none.")
    due = DayFormField(label="Until when")
    language = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("pl", "Polish"), ("uk", "Ukrainian"), ("ka", "Georgian")],
    )
    groups = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[("c", "Children"), ("s", "Seniors"), ("f", "Families"), ("y", "Young people")],
        help_text="As many as apply.",
        required=False,
    )
    file = forms.FileField(required=False, help_text="A document of at most 5 MB.")
    agreed = forms.BooleanField(label="I have read how this is used")


class SampleFilters(forms.Form):
    """A row of filters."""

    area = forms.ChoiceField(
        choices=[("", "All"), ("1", "Learning"), ("2", "Housing")], required=False
    )
    state = forms.ChoiceField(choices=lambda: [("", "All"), *sample_labels()], required=False)
    year = forms.ChoiceField(
        choices=[("", "All"), ("2023", "2023"), ("2024", "2024")], required=False
    )


def sample_status_counts(numbers: Iterable[int], silent: int) -> list[tuple[str, str, int]]:
    """The numbers for one status after the other as far as they go, then 0, and that of silence, as
    the status bar takes them.
    """
    counts = [*islice(chain(numbers, repeat(0)), len(Status)), silent]
    return [
        (look, label, number) for (look, label), number in zip(sample_labels(), counts, strict=True)
    ]


def yearly_points(first: int, values: Iterable[int | None]) -> list[Point]:
    """Yearly values from the first year on; None is a year that somebody should have reported."""
    return [
        Point(
            str(first + place),
            None if value is None else Decimal(value),
            status="missing" if value is None else "final",
        )
        for place, value in enumerate(values)
    ]


def sample_charts() -> list[Chart]:
    """Charts in every state: gap, zero, break, target, uncertain and preliminary values, several
    series.
    """
    before = Series("Old definition", yearly_points(2016, [410, 520, None, 610]))
    after = Series(
        "New definition",
        [
            *yearly_points(2020, [0, 480]),
            Point("2022", Decimal(1500), "over", note="Counted at the border only."),
            Point("2023", Decimal(1240), "about"),
            Point("2024", Decimal(1310), status="preliminary"),
        ],
        break_before="since 2020 people with temporary protection are counted too",
    )
    return [
        line_chart(
            title="Since 2021 the number of learners has more than doubled",
            series=[before, after],
            targets=[ChartTarget("Target 2026", Decimal(1600), "2026")],
            baseline=ChartTarget("Start 2016", Decimal(410)),
            unit="people",
        ),
        line_chart(
            title="The gap between the two groups is closing",
            series=[
                Series("Born here", yearly_points(2019, [71, 72, 70, 73, 74])),
                Series("Born elsewhere", yearly_points(2019, [48, 50, 53, 58, 63])),
            ],
            unit="%",
        ),
        bar_chart(
            title="Most visits are about papers and work",
            bars=[
                Point("Papers and stay", Decimal(7500), "over"),
                Point("Work and starting a business", Decimal(5120)),
                Point("School and nursery places", Decimal(2380), "about"),
                Point("Health", Decimal(0), note="The point was closed all year."),
                Point("Housing", None, status="missing"),
                Point("Violence", None, status="secret"),
            ],
            unit="visits",
        ),
        share_chart(
            title="Half of the money comes from the city itself",
            parts=[
                Point("City budget", Decimal(1_250_000)),
                Point("National funds", Decimal(640_000)),
                Point("European funds", Decimal(420_000)),
                Point("Grants of foundations", Decimal(150_000), "about"),
            ],
            unit="PLN",
        ),
    ]


def component_samples() -> list[dict[str, str]]:
    """Every component that has a sample, by name."""
    return [
        {
            "name": path.parent.name.replace("_", " ").capitalize(),
            "template": f"{path.parent.name}/sample.html",
        }
        for path in sorted(COMPONENTS_DIR.glob("*/sample.html"))
    ]


def gallery_samples() -> dict[str, object]:
    """The context of core/gallery.html."""
    return {
        "components": component_samples(),
        "labels": sample_labels(),
        "counts": [
            sample_status_counts([4, 3, 2], silent=5),
            sample_status_counts(cycle([6, 4, 1, 3, 1]), silent=2),  # each status counts something
            sample_status_counts([], silent=7),
            sample_status_counts([], silent=0),
        ],
        "form": SampleForm(),
        "wrong_form": SampleForm({"title": "", "due": "31/31/2024", "people": "-2"}),
        "filters_form": SampleFilters(),
        "conflicted": {
            "conflicts": [("Title", "Evening courses in two places", "Evening courses in May")]
        },
        "unsaved": KeptWords(
            name="1",
            reason="The link had expired when you sent it.",
            words=[["", "The course went on twice a week."], ["Status", "on time"]],
            kept_at=datetime(2024, 5, 21, 14, 5, tzinfo=UTC),
        ),
        "charts": sample_charts(),
        "page": Paginator(range(230), 10).get_page(7),
        "text_current": Text.of("en", {"en": "Everyone who lives here belongs here."}),
        "text_missing": Text.of("ka", {"ka": "ყველა, ვინც აქ ცხოვრობს, აქაურია."}),
        "text_arabic": Text.of("ar", {"ar": "كل من يعيش هنا ينتمي إلى هنا."}),
        "text_machine": Text.of("pl", {"pl": "Tu jest miejsce."}).written(
            "en", "There is a place here.", machine=True
        ),
        "markdown": MARKDOWN,
        "day": date(2024, 5, 21),
        "ways": [
            {"label": "Overview", "url": "#one", "current": True},
            {"label": "Changes", "url": "#two", "current": False},
            {"label": "Documents", "url": "#three", "current": False},
        ],
        "steps": [
            {"label": "Diagnosis", "state": "done", "url": "#diagnosis"},
            {"label": "Draft", "state": "done"},
            {"label": "Consultation", "state": "current"},
            {"label": "Resolution", "state": "ahead"},
            {"label": "Report", "state": "ahead"},
        ],
        "tongues": [
            {"code": "pl", "name": "Polski", "url": "#pl", "dir": "ltr", "current": False},
            {"code": "en", "name": "English", "url": "#en", "dir": "ltr", "current": True},
            {"code": "uk", "name": "Українська", "url": "#uk", "dir": "ltr", "current": False},
            {"code": "ka", "name": "ქართული", "url": "#ka", "dir": "ltr", "current": False},
            {"code": "ar", "name": "العربية", "url": "#ar", "dir": "rtl", "current": False},
        ],
    }
