"""Acts in the shapes of real plans are read as what they are."""

from pathlib import Path

import pytest

from splot.documents.readers import read_document
from splot.policy.act_mapping import suggest_mapping
from splot.policy.act_mapping.proposal import describe_proposal
from tests.policy.act_shapes import RESOLUTION, SHAPES

CASES = Path(__file__).parents[1] / "documents" / "cases"


def propose(data: bytes, name: str) -> dict:
    document = read_document(data, name)
    return describe_proposal(name, document, suggest_mapping(document))


def case(name: str) -> dict:
    return propose((CASES / name).read_bytes(), name)


def plan_of(proposal: dict) -> list[tuple[str, list[str]]]:
    return [
        (area["name"], [activity["text"] for activity in area["activities"]])
        for area in proposal["areas"]
    ]


@pytest.mark.parametrize("front", ["PROGRAM INTEGRACJI NA LATA 2024-2027\n\n", RESOLUTION])
@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=SHAPES)
def test_a_plan_is_read_in_the_shape_in_which_it_is_written(text, expected, front) -> None:
    proposal = propose((front + text).encode(), "plan.txt")
    assert plan_of(proposal) == expected
    assert [words for words in proposal["problems"] if "no numbering" not in words] == []
