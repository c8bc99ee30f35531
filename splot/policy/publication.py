"""What is open in a policy that is to be published: what stands in the way, and what is only said.

A text that was composed here is printed as its passages say, so gaps in it are refused. An act that
was imported binds as the council adopted it: what is open in it is said and refuses nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from splot.core.actions import Refused
from splot.core.languages import CURRENT, Text, language_name, texts_of

from .contents import Contents, contents_of
from .health import policy_findings
from .health.findings import EditingUrls, FindingKind, PolicyFinding
from .models import Policy
from .queries import imported_version

REFUSED = ("blank", "entry", "basis")
SAID = ("no_entry", "area_empty", "references", "dates")

UNTRANSLATED = FindingKind(
    "untranslated",
    gettext_lazy("Parts without a current translation"),
    gettext_lazy("They are printed in the language in which they were written."),
    "",
)


@dataclass(frozen=True, slots=True)
class PublicationCheck:
    """What refuses the publication, and what a person is only warned of; each the gravest first."""

    refused: list[PolicyFinding]
    warnings: list[PolicyFinding]


class Unfinished(Refused):
    """A text that cannot be published; the message names what is open in it."""


def check_publication(contents: Contents) -> PublicationCheck:
    """Everything that is open in what would be printed and shown."""
    policy = contents.policy
    findings = policy_findings(contents)
    refused = [finding for finding in findings if finding.kind.code in REFUSED]
    warnings = [finding for finding in findings if finding.kind.code in SAID]
    warnings += _find_untranslated(contents)
    if imported_version(policy.amends or policy):
        return PublicationCheck([], [*refused, *warnings])
    return PublicationCheck(refused, warnings)


def refuse_unfinished(policy: Policy) -> None:
    """Raise Unfinished where something stands in the way of publishing a policy, or of adopting an
    amendment.
    """
    open_passages = check_publication(contents_of(policy)).refused
    if open_passages:
        sentences = [finding.sentence.rstrip(".") for finding in open_passages[:5]]
        more = len(open_passages) - len(sentences)
        message = _("The text is not finished: %(passages)s.") % {"passages": "; ".join(sentences)}
        if more:
            rest = ngettext("And %(number)s more.", "And %(number)s more.", more)
            message = f"{message} {rest % {'number': more}}"
        raise Unfinished(message)


def _find_untranslated(contents: Contents) -> Iterator[PolicyFinding]:
    """The languages into which a part was translated and another was not."""
    texts: list[Text] = []
    for row in (contents.policy, *contents.everything):
        texts += filter(None, texts_of(row).values())
    begun: set[str] = set()
    for text in texts:
        begun |= set(text.texts) - {text.source}
    lacking = Counter[str]()
    for text in texts:
        lacking.update(code for code in begun - {text.source} if text.state(code) != CURRENT)
    url = EditingUrls(contents).page("translations")
    for code, number in sorted(lacking.items()):
        sentence = ngettext(
            "%(language)s: %(number)s of %(total)s texts has no current translation",
            "%(language)s: %(number)s of %(total)s texts have no current translation",
            number,
        )
        values = {"language": language_name(code), "number": number, "total": len(texts)}
        yield PolicyFinding(UNTRANSLATED, sentence % values, url, 6)
