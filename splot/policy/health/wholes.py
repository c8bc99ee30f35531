"""Doubts about the policy as a whole: its chapters, its term, what and whom it is silent about."""

import re
from collections.abc import Iterator

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from splot.catalogue.queries import catalogue, words
from splot.core.languages import texts_of

from ..contents import Contents
from ..models import Provision, Value
from .findings import KINDS, Finding, Places

SHORTEST, LONGEST = 5, 10
WATCHING = (Provision.Kind.MONITORING, Provision.Kind.TEAM, Provision.Kind.COUNCIL)


def doubts_about_the_whole(contents: Contents) -> Iterator[Finding]:
    places = Places(contents)
    yield from _chapters(contents, places)
    yield from _term(contents, places)
    yield from _aspects(contents, places)
    yield from _groups(contents, places)


def _chapters(contents: Contents, places: Places) -> Iterator[Finding]:
    policy = contents.policy
    lacking = [
        (not policy.vision, _("The policy has no vision."), "write_vision"),
        (not contents.named(Value.Kind.VALUE), _("The policy names no values."), "write_values"),
        (not contents.named(Value.Kind.PRINCIPLE), _("The policy names no principles."), "write_values"),
        (not contents.strategic_aims, _("The policy has no strategic aims."), "write_aims"),
    ]
    if not policy.body:
        sentence = _("The title does not say which council adopts the policy.")
        yield Finding(KINDS["blank"], sentence, places.page("edit_policy"), 3)
    for lacks, sentence, page in lacking:
        if lacks:
            yield Finding(KINDS["bare"], sentence, places.page(page), 4)
    if not any(contents.provisions[kind] for kind in WATCHING):
        sentence = _("No provision says who watches over the policy and reports on it.")
        yield Finding(KINDS["unwatched"], sentence, places.page("write_provisions"), 2)


def _term(contents: Contents, places: Places) -> Iterator[Finding]:
    years = len(contents.policy.years)
    if not SHORTEST <= years <= LONGEST:
        sentence = ngettext("The term is %(years)s year.", "The term is %(years)s years.", years) % {"years": years}
        yield Finding(KINDS["term"], sentence, places.page("edit_policy"), 6)


def _aspects(contents: Contents, places: Places) -> Iterator[Finding]:
    there = {area.aspect for area in contents.areas}
    if not any(there):
        return  # not made from the model: its areas are its own
    for aspect in catalogue().aspects:
        if aspect.id not in there and not contents.policy.left_out.get(aspect.id):
            name = words("aspects", aspect.id, get_language() or "", "name")
            yield Finding(KINDS["silent"], name, places.page("choose_aspects"), 5)


def _groups(contents: Contents, places: Places) -> Iterator[Finding]:
    """Groups that no text of the policy mentions, by the beginnings of words in the policy's language."""
    language = contents.policy.language
    rows = [contents.policy, *contents.everything]
    whole = " ".join(text.texts.get(language, "").lower() for row in rows for text in texts_of(row).values())
    if not contents.all_activities:
        return
    known = catalogue().texts.get(language)
    if not known:
        return
    for group in catalogue().sensitive_groups:
        stems = known["sensitive_groups"][group.id]["stems"]
        if not any(re.search(rf"(?<!\w){re.escape(stem)}", whole) for stem in stems):
            name = words("sensitive_groups", group.id, get_language() or "", "name")
            yield Finding(KINDS["groups"], name, places.page("write_policy"), 6)
