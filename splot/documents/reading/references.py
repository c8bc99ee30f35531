"""Finds references inside a document to provisions that it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from splot.documents.tree import MARKS, Document, Node, Problem, bare_number, citation

_NUMBER = r"\d{1,4}[a-z]{0,2}\b"
_RANGE = rf"{_NUMBER}(?: ?[-–] ?{_NUMBER})?"
REFERENCE = re.compile(
    rf"(?:(?P<article>\b[Aa]rt\. ?(?:{_RANGE}))|§ ?(?P<paragraph>{_RANGE}))?"
    rf"(?:(?:^|(?<=[\s(])| )ust\. ?(?P<subparagraph>{_RANGE}))?"
    rf"(?:(?:^|(?<=[\s(])| )pkt ?(?P<point>{_RANGE}))?"
    rf"(?:(?:^|(?<=[\s(])| )lit\. ?(?P<alinea>[a-z]{{1,2}})\b)?"
)
START = re.compile(r"§|\b[Aa]rt\. ?\d|\bust\. ?\d|\bpkt ?\d|\blit\. ?[a-z]\b")
ACT = re.compile(
    r"(?:ustaw|rozporządze|uchwał|statut|regulamin|kodeks|konstytuc|zarządze|umow|porozumie|dyrektyw|traktat"
    r"|załącznik|acts?\b|law|code|statute|regulation|resolution|order|ordinance|directive|constitution|treaty"
    r"|annex|attachment|appendix)",
    re.I,
)
OWN_ACT = re.compile(r"niniejsz|tej$|tego$|this$", re.I)
AMENDS = re.compile(
    r"wprowadza się|otrzymuje brzmienie|zmian\w* w|w uchwale|amended|shall read|the resolution no", re.I
)
QUOTED = re.compile(r"[„“«][^„“«”»]{0,1000}[”»]")
JOINED = re.compile(r"\s*(?:,|i|oraz|lub|albo|and|or|to)?\s*")
SENTENCE_END = re.compile(r"[.;] (?=[A-ZĄĆĘŁŃÓŚŹŻ])|\n")
NEARBY = 90  # characters after a reference in which its act may be named
STEPS = ("paragraph", "subparagraph", "point", "alinea")


def find_dead_references(document: Document) -> list[Problem]:
    """One problem for each reference to a § (ust., pkt, lit.) of this document that does not exist."""
    nodes = list(document.walk())
    if not any(node.kind == "paragraph" for node, _above in nodes):
        return []
    articles = any(node.kind == "article" for node, _above in nodes)
    index = _index(nodes)
    found = []
    amending: set[int] = set()
    for node, ancestors in nodes:
        if (ancestors and id(ancestors[-1]) in amending) or AMENDS.search(node.text):
            amending.add(id(node))  # it speaks of the numbers of the act that it changes
            continue
        path = (*ancestors, node)
        scope = _scope(path)
        for steps, shown in _references(f"{node.text} {node.closing}", path, articles):
            if not _exists(steps, scope, index):
                message = _("%(place)s refers to %(target)s, which does not exist.")
                place = citation(path)
                message %= {"place": place, "target": shown}
                found.append(Problem("reference", place, node.eid, message))
    return found


def _scope(path: tuple[Node, ...]) -> str:
    return path[0].eid if path and path[0].kind == "attachment" else ""


def _index(nodes: list[tuple[Node, tuple[Node, ...]]]) -> set[tuple]:
    """Every citable provision as (annex, (kind, number), ...)."""
    return {
        (
            _scope((*above, node)),
            *((one.kind, bare_number(one.num)) for one in (*above, node) if one.kind in STEPS),
        )
        for node, above in nodes
        if node.kind in STEPS
    }


def _exists(steps: tuple, scope: str, index: set[tuple]) -> bool:
    return (scope, *steps) in index or (scope != "" and ("", *steps) in index)


def _references(text: str, path: tuple[Node, ...], articles: bool) -> Iterator[tuple[tuple, str]]:
    """The references in a text to this document, each as the steps that it names and as a citation."""
    if not START.search(text):
        return
    text = QUOTED.sub(lambda quoted: " " * len(quoted.group()), text)
    matches: list[re.Match[str]] = []
    for start in START.finditer(text):
        match = REFERENCE.match(text, start.start())
        if match and match.group() and not (matches and match.start() < matches[-1].end()):
            matches.append(match)
    foreign = _foreign(text, matches)
    until = -1  # after an article of another act, "ust. 2" in the same sentence is a part of that act
    for match, is_foreign in zip(matches, foreign, strict=True):
        if match.group("article"):
            until = _sentence_end(text, match.end()) if not articles else -1
        elif not is_foreign and (match.start() >= until or match.group("paragraph")):
            yield from _targets(match, path)


def _foreign(text: str, matches: list[re.Match[str]]) -> list[bool]:
    """Which references name another act: "§ 4 uchwały nr 3". Of "§ 4 i § 5 ustawy" both do."""
    verdicts: list[bool] = []
    following: re.Match[str] | None = None
    for match in reversed(matches):
        end = min(match.end() + NEARBY, following.start() if following else len(text))
        nearby = text[match.end() : end]
        joined = following is not None and match.end() + NEARBY > end and JOINED.fullmatch(nearby)
        verdicts.append(verdicts[-1] if joined else _names_other_act(nearby))
        following = match
    return verdicts[::-1]


def _names_other_act(nearby: str) -> bool:
    words = re.split(r"[,;]|[.] (?=[A-ZĄĆĘŁŃÓŚŹŻ])|\n", nearby, maxsplit=1)[0].split()[:4]
    named = next((at for at, word in enumerate(words) if ACT.match(word)), None)
    return named is not None and not (named and OWN_ACT.match(words[named - 1]))


def _sentence_end(text: str, at: int) -> int:
    end = SENTENCE_END.search(text, at, at + 2000)
    return end.start() if end else at + 2000


def _targets(match: re.Match[str], path: tuple[Node, ...]) -> Iterator[tuple[tuple, str]]:
    """What a reference names: from the first number it gives on, within the provision it stands in."""
    named = [(kind, match.group(kind)) for kind in STEPS if match.group(kind)]
    if not named:
        return
    depth = STEPS.index(named[0][0])
    around = [(one.kind, bare_number(one.num)) for one in path if one.kind in STEPS[:depth]]
    if depth and not around:
        return  # in an outline "pkt 3" may mean anything
    *outer, (kind, numbers) = named
    before = [(one, re.split(r" ?[-–] ?", number)[-1]) for one, number in outer]
    for number in re.split(r" ?[-–] ?", numbers):
        steps = (*around, *before, (kind, number))
        yield steps, " ".join(MARKS[one].format(value) for one, value in steps)
