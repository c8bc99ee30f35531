"""Doubts about the policy as a whole: its chapters, its term, what and whom it is silent about."""

import re
from collections.abc import Iterator
from itertools import chain

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from splot.catalogue.queries import entry_wording, shipped_catalogue
from splot.core.languages import texts_of

from ..contents import Contents
from ..final_provisions import enters_into_force
from ..models import Provision, Value
from ..queries import imported_version
from .findings import KINDS, EditingUrls, PolicyFinding, quote_passage

MIN_YEARS, MAX_YEARS = 5, 10
MONITORING_KINDS = (Provision.Kind.MONITORING, Provision.Kind.TEAM, Provision.Kind.COUNCIL)


def find_structure_problems(contents: Contents) -> Iterator[PolicyFinding]:
    places = EditingUrls(contents)
    yield from _check_chapters(contents, places)
    yield from _check_term(contents, places)
    yield from _check_aspects(contents, places)
    yield from _check_groups(contents, places)
    yield from _check_resolution(contents, places)


def _check_chapters(contents: Contents, places: EditingUrls) -> Iterator[PolicyFinding]:
    policy = contents.policy
    lacking = [
        (not policy.vision, _("The policy has no vision."), "write_vision"),
        (not contents.named(Value.Kind.VALUE), _("The policy names no values."), "write_values"),
        (
            not contents.named(Value.Kind.PRINCIPLE),
            _("The policy names no principles."),
            "write_values",
        ),
        (not contents.strategic_aims, _("The policy has no strategic aims."), "write_aims"),
    ]
    if not (policy.body or policy.municipality.council_kind):
        sentence = _("The title does not say which council adopts the policy.")
        yield PolicyFinding(KINDS["blank"], sentence, places.page("edit_policy"), 1)
    for lacks, sentence, page in lacking:
        if lacks:
            yield PolicyFinding(KINDS["bare"], sentence, places.page(page), 4)
    if not any(contents.provisions[kind] for kind in MONITORING_KINDS):
        sentence = _("No provision says who watches over the policy and reports on it.")
        yield PolicyFinding(KINDS["unwatched"], sentence, places.page("write_provisions"), 2)


def _check_resolution(contents: Contents, places: EditingUrls) -> Iterator[PolicyFinding]:
    """What the resolution itself must say: on what law it rests, and once from when it counts."""
    policy = contents.policy
    act = imported_version(policy.amends or policy)
    preamble = act.document(act.language)[0].preamble if act else ""
    if not (policy.basis or preamble):
        sentence = _("The resolution names no legal basis.")
        yield PolicyFinding(KINDS["basis"], sentence, places.page("edit_policy"), 1)
    entries = []
    for provision in chain.from_iterable(contents.provisions.values()):
        if enters_into_force(provision.text.source_wording):
            entries.append(provision)
    if len(entries) > 1:
        for provision in entries:
            sentence = quote_passage(provision.text.source_wording)
            yield PolicyFinding(KINDS["entry"], sentence, places.passage(provision), 1)
    if not entries and contents.everything:
        sentence = _("No provision says when the resolution enters into force.")
        yield PolicyFinding(KINDS["no_entry"], sentence, places.page("write_provisions"), 3)


def _check_term(contents: Contents, places: EditingUrls) -> Iterator[PolicyFinding]:
    years = len(contents.policy.years)
    if not MIN_YEARS <= years <= MAX_YEARS:
        sentence = ngettext(
            "The term is %(years)s year.", "The term is %(years)s years.", years
        ) % {"years": years}
        yield PolicyFinding(KINDS["term"], sentence, places.page("edit_policy"), 6)


def _check_aspects(contents: Contents, places: EditingUrls) -> Iterator[PolicyFinding]:
    aspects = {area.aspect for area in contents.areas}
    if not any(aspects):
        return  # not made from the model: its areas are its own
    for aspect in shipped_catalogue().aspects:
        if aspect.id not in aspects and not contents.policy.left_out.get(aspect.id):
            name = entry_wording("aspects", aspect.id, get_language() or "", "name")
            yield PolicyFinding(KINDS["silent"], name, places.page("choose_aspects"), 5)


def _check_groups(contents: Contents, places: EditingUrls) -> Iterator[PolicyFinding]:
    """Groups that no text of the policy mentions, by the beginnings of words in the policy's
    language.
    """
    language = contents.policy.language
    if not contents.all_activities:
        return
    words_of_model = shipped_catalogue().texts.get(language)
    if not words_of_model:
        return
    passages: list[str] = []
    for row in (contents.policy, *contents.everything):
        passages += [text.texts.get(language, "").lower() for text in texts_of(row).values()]
    whole = " ".join(passages)
    for group in shipped_catalogue().sensitive_groups:
        stems = words_of_model["sensitive_groups"][group.id]["stems"]
        if not any(re.search(rf"(?<!\w){re.escape(stem)}", whole) for stem in stems):
            name = entry_wording("sensitive_groups", group.id, get_language() or "", "name")
            yield PolicyFinding(KINDS["groups"], name, places.page("write_policy"), 6)
