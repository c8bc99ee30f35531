"""Acts in the shapes of real plans, as text, Word file and PDF: read right, or a problem says why
not; never wrong in silence.
"""

from functools import cache

import pytest
from django.utils import translation

from splot.core.values import Json
from splot.documents.readers import read_document
from splot.policy.act_mapping import suggest_mapping
from splot.policy.act_mapping.proposal import describe_proposal
from tests.policy.act_answers import ACTS, FORMATS, Answer, act_in, read_answer

NAMES = sorted(path.stem for path in ACTS.glob("*.answer"))
ANSWERS = {name: read_answer(name) for name in NAMES}
FILES = [(name, form) for name, answer in ANSWERS.items() for form in answer.formats]
LEAST_READ = 0.6  # of the acts in each format


@cache
def propose(name: str, form: str) -> Json:
    with translation.override("en"):
        document = read_document(act_in(form, name), f"{name}.{form}")
        return describe_proposal(name, document, suggest_mapping(document))


@pytest.mark.parametrize(("name", "form"), FILES)
def test_an_act_is_read_as_what_it_is_or_a_problem_says_why_not(name: str, form: str) -> None:
    answer, proposal = ANSWERS[name], propose(name, form)
    wrong = answer.differences(proposal) + answer.unexpected(proposal["problems"])
    if form in answer.doubtful:
        assert wrong, "no longer doubtful: take the format off the answer"
        named = answer.doubtful[form]
        assert named and any(named in problem for problem in proposal["problems"]), wrong
    else:
        assert wrong == []


@pytest.mark.parametrize("form", FORMATS)
def test_most_acts_are_read_without_a_doubt(form: str) -> None:
    tried = [name for name, answer in ANSWERS.items() if form in answer.formats]
    read = [name for name in tried if is_read_without_doubt(name, form)]
    assert len(tried) > 50
    assert len(read) >= LEAST_READ * len(tried)


def is_read_without_doubt(name: str, form: str) -> bool:
    """Whether an act is read as the answer says, and no problem is named but that of its form."""
    proposal = propose(name, form)
    doubts = [problem for problem in proposal["problems"] if "no numbering" not in problem]
    return not (doubts or ANSWERS[name].differences(proposal))


def test_an_answer_that_differs_is_seen() -> None:
    proposal = propose(NAMES[0], ANSWERS[NAMES[0]].formats[0])
    assert len(Answer(areas=[("Other", [], [])]).differences(proposal)) > 1
