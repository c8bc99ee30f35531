"""Indicators: unknown, secret, zero and about are four different things, on the page and in the
chart.
"""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from splot.core.actions import Conflict
from splot.indicators.actions import add_indicator, add_observation, change_observation
from splot.indicators.charts import describe_trend, observations_chart
from splot.indicators.models import Indicator, Observation
from splot.people.models import Municipality
from tests.factories import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(town: Municipality) -> Indicator:
    return add_indicator(by=None, municipality=town, name=text("Kursanci"), unit=text("osoby"))


def observe(indicator: Indicator, period: str, value: int | None, **more) -> Observation:
    return add_observation(
        by=None,
        indicator=indicator,
        period=period,
        value=None if value is None else Decimal(value),
        **more,
    )


def test_a_value_says_how_sure_it_is(indicator: Indicator) -> None:
    with override("en"):
        assert observe(indicator, "2021", 7500, qualifier="over").in_words == "over 7,500"
        assert observe(indicator, "2022", 0).in_words == "0"
        assert observe(indicator, "2023", None, status="missing").in_words == "missing"
        assert observe(indicator, "2024", None, status="secret").in_words == "secret"


def test_missing_with_a_number_and_final_without_one_are_refused(indicator: Indicator) -> None:
    for value, status in ((5, "missing"), (None, "final"), (0, "secret")):
        with pytest.raises(ValidationError):
            observe(indicator, "2023", value, status=status)
        with pytest.raises(IntegrityError), transaction.atomic():  # and by the database itself
            Observation.objects.create(
                municipality=indicator.municipality,
                indicator=indicator,
                period="2023",
                value=value,
                status=status,
            )
    assert not Observation.objects.exists()


def test_a_period_has_one_value_in_a_series(indicator: Indicator) -> None:
    observe(indicator, "2023", 5)
    with pytest.raises(ValidationError):
        observe(indicator, "2023", 6)
    observe(indicator, "2023", 6, series=2)


def test_the_finding_never_compares_across_a_changed_definition(indicator: Indicator) -> None:
    with override("en"):
        assert describe_trend(indicator, []) == "Kursanci: no value yet"
        rows = [observe(indicator, "2021", 900), observe(indicator, "2022", 100, series=2)]
        assert describe_trend(indicator, rows) == "Kursanci: 100 in 2022"
        rows.append(observe(indicator, "2023", 150, series=2, qualifier="about"))
        assert (
            describe_trend(indicator, rows) == "Kursanci: 100 in 2022, about 150 in 2023"
        )  # no verb for an uncertain value
        rows.append(observe(indicator, "2024", 160, series=2))
        assert describe_trend(indicator, rows) == "Kursanci: up from 100 in 2022 to 160 in 2024"
        rows.append(observe(indicator, "2024-Q1", 20, series=2))
        assert describe_trend(indicator, rows) == "Kursanci: up from 100 in 2022 to 160 in 2024"


def test_a_chart_breaks_where_the_definition_changed(indicator: Indicator) -> None:
    observe(indicator, "2021", 900)
    observe(indicator, "2022", 100, series=2, note=text("liczymy osoby, nie wizyty"))
    chart = observations_chart(indicator, list(indicator.observations.all()))
    assert "liczymy osoby, nie wizyty" in chart.summary + "".join(
        str(note) for note in chart.notes
    ) + str(chart.svg())


def test_the_latest_value_is_of_the_newest_series(indicator: Indicator) -> None:
    observe(indicator, "2024", 900)
    newest = observe(indicator, "2023", 100, series=2)
    assert indicator.latest == newest


def test_a_value_corrected_twice_at_once_is_noticed(indicator: Indicator) -> None:
    first = observe(indicator, "2023", 5)
    change_observation(by=None, observation=Observation.objects.get(), version=1, value=Decimal(6))
    with pytest.raises(Conflict):
        change_observation(by=None, observation=first, version=1, value=Decimal(7))
    assert Observation.objects.get().value == 6


def test_the_coordinator_enters_values_and_bad_ones_are_explained(
    indicator: Indicator, coordinator, signed_in
) -> None:
    client, address = signed_in(coordinator), f"/en/poznan/indicators/{indicator.pk}/"
    form = {"period": "2023", "status": "final", "qualifier": "about", "value": "40", "series": "1"}
    assert client.post(f"{address}values/add/", form).status_code == 302
    for wrong, field in (
        ({"value": ""}, "value"),
        ({"period": "23"}, "period"),
        ({"status": "missing"}, "value"),
    ):
        assert client.post(f"{address}values/add/", {**form, **wrong}).context["form"].errors[field]
    repeated = client.post(f"{address}values/add/", form)
    assert repeated.context["form"].non_field_errors()
    assert Observation.objects.count() == 1
    page = Client().get(address).content.decode()
    assert "about 40" in page
    assert "<svg" in page


def test_the_list_takes_as_many_queries_for_thirty_as_for_one(indicator: Indicator) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            Client().get("/en/poznan/indicators/")
        return len(captured)

    observe(indicator, "2023", 5)
    one = queries()
    for number in range(29):
        other = add_indicator(
            by=None,
            municipality=indicator.municipality,
            name=text(f"Wskaźnik {number}"),
            unit=text("osoby"),
        )
        observe(other, "2023", number)
    assert queries() == one
