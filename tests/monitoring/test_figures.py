"""What a year's figures may be said to say."""

from typing import Any

import pytest

from splot.monitoring.figures import sum_people_reached, target_of_year, verdict_on_target


def said(value: int | None, qualifier: str = "exact", unit: str = "persons") -> dict[str, Any]:
    return {"reached": value, "reached_qualifier": qualifier, "reached_unit": unit}


def test_persons_and_households_are_never_added_together() -> None:
    assert sum_people_reached([said(10), said(5, unit="households"), said(7)]) == [
        {"unit": "persons", "value": 17, "qualifier": "exact", "tasks": 2},
        {"unit": "households", "value": 5, "qualifier": "exact", "tasks": 1},
    ]


@pytest.mark.parametrize(
    ("qualifiers", "of_the_sum"),
    [
        (("exact", "exact"), "exact"),
        (("exact", "over"), "over"),
        (("over", "exact"), "over"),
        (("up_to", "exact"), "up_to"),
        (("over", "over", "exact"), "over"),
        (("over", "up_to"), "about"),
        (("about", "exact"), "about"),
        (("over", "about"), "about"),
    ],
)
def test_a_sum_is_no_surer_than_its_parts(qualifiers: tuple[str, ...], of_the_sum: str) -> None:
    assert sum_people_reached([said(10, each) for each in qualifiers])[0]["qualifier"] == of_the_sum


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (20_992, "about", 21_000),
        (20_992, "over", 20_000),
        (20_192, "up_to", 21_000),
        (20_992, "exact", 20_992),
        (97, "about", 97),
    ],
)
def test_an_inexact_sum_claims_no_more_digits_than_it_has(
    value: int, qualifier: str, expected: int
) -> None:
    assert sum_people_reached([said(value - 1, qualifier), said(1)])[0]["value"] == expected
    assert sum_people_reached([said(value, qualifier)])[0]["value"] == value, (
        "one task's own figure stays as it was said"
    )


def test_nobody_is_a_number_and_silence_is_not() -> None:
    assert sum_people_reached([said(None)]) == []
    assert sum_people_reached([said(0), said(None)]) == [
        {"unit": "persons", "value": 0, "qualifier": "exact", "tasks": 1}
    ]


def seen(
    value: str | None, period: str = "2023", qualifier: str = "exact", series: int = 1
) -> dict[str, Any]:
    return {
        "period": period,
        "value": value,
        "qualifier": qualifier,
        "series": series,
        "status": "final",
    }


BEFORE = seen("100", "2022")


def judged(
    *later: dict[str, Any],
    direction: str = "higher",
    value: str = "200",
    by: str = "2024",
    baseline: str | None = "100",
    year: int = 2023,
) -> str:
    target = {
        "value": value,
        "by": by,
        "baseline": baseline,
        "baseline_period": "2022" if baseline else "",
    }
    return str(verdict_on_target(direction, target, [BEFORE, *later], year))


@pytest.mark.parametrize(
    ("value", "expected"),
    [("200", "reached"), ("150", "right_way"), ("100", "unchanged"), ("90", "wrong_way")],
)
def test_higher_is_better(value: str, expected: str) -> None:
    assert judged(seen(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("50", "reached"), ("80", "right_way"), ("100", "unchanged"), ("120", "wrong_way")],
)
def test_lower_is_better(value: str, expected: str) -> None:
    assert judged(seen(value), direction="lower", value="60") == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("200", "reached"), ("230", "right_way"), ("320", "wrong_way")]
)
def test_nearer_is_better(value: str, expected: str) -> None:
    assert judged(seen(value), direction="target") == expected


def test_when_the_time_is_up_a_target_is_reached_or_not() -> None:
    assert judged(seen("150"), by="2023") == "not_reached"
    assert judged(seen("200"), by="2023") == "reached"
    assert judged(seen("250", "2023-H1"), by="2023") == "no_value", (
        "the second half is still to come"
    )
    assert judged(seen("150", "2023-H1"), by="2024") == "right_way"


def test_a_target_is_answered_by_its_own_period_and_by_no_later_one() -> None:
    assert judged(seen("250", "2024"), by="2023", year=2024) == "no_value"
    assert judged(seen("150"), seen("250", "2024"), by="2023", year=2024) == "not_reached"
    assert judged(seen("250"), seen("150", "2024"), by="2023", year=2024) == "reached"
    assert judged(seen("250", "2023-Q4"), seen("150"), by="2023") == "not_reached", (
        "the year is not its last quarter"
    )


def test_a_report_speaks_of_the_target_of_its_year() -> None:
    targets = [{"by": by} for by in ("2026", "2023", "2024-H1", "2024")]
    assert [target_of_year(targets, year)["by"] for year in (2022, 2023, 2024, 2025, 2030)] == [
        "2023",
        "2023",
        "2024",
        "2026",
        "2026",
    ]


@pytest.mark.parametrize(
    ("direction", "value", "qualifier", "goal", "expected"),
    [
        ("higher", "200", "over", "200", "reached"),
        ("higher", "190", "over", "200", "unsure"),
        ("higher", "200", "up_to", "200", "unsure"),
        ("higher", "190", "up_to", "200", "not_reached"),
        ("higher", "200", "about", "200", "reached"),
        ("lower", "50", "up_to", "60", "reached"),
        ("lower", "70", "up_to", "60", "unsure"),
        ("lower", "70", "over", "60", "not_reached"),
        ("lower", "50", "over", "60", "unsure"),
        ("target", "210", "over", "200", "not_reached"),
        ("target", "190", "over", "200", "unsure"),
    ],
)
def test_a_value_that_is_not_exact_settles_only_what_it_can(
    direction: str, value: str, qualifier: str, goal: str, expected: str
) -> None:
    assert (
        judged(seen(value, qualifier=qualifier), direction=direction, value=goal, by="2023")
        == expected
    )


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        ("150", "over", "right_way"),
        ("90", "over", "unsure"),
        ("100", "over", "right_way"),
        ("150", "up_to", "unsure"),
    ],
)
def test_a_bound_shows_a_movement_only_on_its_far_side(
    value: str, qualifier: str, expected: str
) -> None:
    assert judged(seen(value, qualifier=qualifier)) == expected


def test_without_a_value_nothing_is_said() -> None:
    assert judged() == "no_value", "the baseline's own year is no progress"
    assert judged(seen(None)) == "no_value"
    assert judged(seen("300", "2022-H1")) == "no_value"


def test_a_new_definition_cannot_be_compared_with_the_old_one() -> None:
    assert judged(seen("250", series=2)) == "not_comparable"
    assert judged(seen("250", series=2), baseline=None) == "reached"


def test_without_direction_or_baseline_no_judgement_is_made_up() -> None:
    assert judged(seen("150"), direction="none") == "no_direction"
    assert judged(seen("150"), baseline=None) == "not_yet"
