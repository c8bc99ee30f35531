"""What a finding is, and the kinds of findings with why they matter."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..contents import Contents
from ..models import PolicyPassage


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A kind of finding: its heading, why it matters, the chapter of the Outline that says so (""
    for none).
    """

    code: str
    title: object
    why: object
    chapter: str


@dataclass(frozen=True, slots=True)
class PolicyFinding:
    """One thing to look at: `url` leads to the place where it is mended; `area` is the key of its
    area, or None.
    """

    kind: FindingKind
    sentence: str
    url: str
    weight: int
    area: int | None = None


KINDS = {
    kind.code: kind
    for kind in (
        FindingKind(
            "aim_idle",
            _("Aims without activities"),
            _("An aim that nothing is done for stays a wish; nobody can report on it."),
            "IV",
        ),
        FindingKind(
            "nobody",
            _("Activities without anyone responsible"),
            _(
                "What belongs to everybody is done by nobody. Name an institution or a leader, "
                "here "
                "or for the area."
            ),
            "V",
        ),
        FindingKind(
            "audience",
            _("Activities without an audience"),
            _(
                "Who should notice a difference? Without an answer nobody can be asked whether it "
                "worked."
            ),
            "VII",
        ),
        FindingKind(
            "unmeasured",
            _("Activities without an indicator"),
            _("Without a figure the yearly report can only tell stories."),
            "IV",
        ),
        FindingKind(
            "unfunded",
            _("Activities without money"),
            _(
                "Integration costs, though much of it costs nothing: say which, so that the budget "
                "can be talked about."
            ),
            "VI",
        ),
        FindingKind(
            "leaderless",
            _("Areas that nobody leads"),
            _("A leader brings institutions together and keeps the plan alive."),
            "V",
        ),
        FindingKind(
            "area_empty",
            _("Areas without activities"),
            _("An area without activities promises nothing."),
            "V",
        ),
        FindingKind(
            "silent",
            _("Aspects left out without a word"),
            _(
                "The policy should touch all of life evenly. Leaving an aspect out is fine, if you "
                "say why."
            ),
            "V",
        ),
        FindingKind(
            "groups",
            _("Sensitive groups that are never mentioned"),
            _(
                "Some people need more attention to be reached at all; a policy that does not name "
                "them misses them."
            ),
            "VII",
        ),
        FindingKind(
            "unexplained",
            _("Areas without reasons"),
            _(
                "The reasons come from the diagnosis. They tell the council and residents why "
                "this, "
                "and why first."
            ),
            "I",
        ),
        FindingKind(
            "bare",
            _("Missing chapters"),
            _(
                "Values, vision and aims are what people will argue about and rally round; the "
                "rest "
                "follows from them."
            ),
            "II–IV",
        ),
        FindingKind(
            "unwatched",
            _("Nobody watches over it"),
            _(
                "A team that checks every year, proposes corrections and reports to the council "
                "keeps the policy true."
            ),
            "VIII",
        ),
        FindingKind(
            "term",
            _("The length of the term"),
            _(
                "The model advises 5 to 10 years: less is too short to be carried out, more is too "
                "far to see."
            ),
            "IX",
        ),
        FindingKind(
            "dates",
            _("Dates outside the term"),
            _("A date outside the policy’s years is often a slip."),
            "",
        ),
        FindingKind(
            "references",
            _("References that lead nowhere"),
            _("A reader who follows the number finds nothing; a lawyer will send the text back."),
            "",
        ),
        FindingKind(
            "blank",
            _("Blanks that wait to be filled"),
            _(
                "The model leaves in square brackets what only you know: a date, a title, a "
                "journal "
                "of laws."
            ),
            "",
        ),
        FindingKind(
            "entry",
            _("More than one entry into force"),
            _("A resolution enters into force once. Keep one of these provisions."),
            "",
        ),
        FindingKind(
            "no_entry",
            _("No entry into force"),
            _("Without it nobody knows from when the policy counts."),
            "",
        ),
        FindingKind(
            "basis",
            _("No legal basis"),
            _("A resolution begins with the law that lets the council adopt it."),
            "",
        ),
        FindingKind(
            "jargon",
            _("Officialese"),
            _("Residents, new ones above all, stop reading. Plain words say the same."),
            "",
        ),
        FindingKind(
            "long",
            _("Long and hard sentences"),
            _("A sentence that has to be read twice is understood by few. Make two of it."),
            "",
        ),
    )
}


class EditingUrls:
    """Addresses of the pages on which things are mended."""

    def __init__(self, contents: Contents) -> None:
        policy = contents.policy
        self.place = [policy.municipality.slug, policy.term]

    def page(self, name: str) -> str:
        return reverse(name, args=self.place)

    def passage(self, row: PolicyPassage) -> str:
        return reverse("write_passage", args=[*self.place, row._meta.model_name, row.pk])

    def area(self, key: int) -> str:
        return reverse("write_area", args=[*self.place, key])


def quote_passage(wording: str, most: int = 60) -> str:
    """A passage as a finding names it: its first words in quotation marks."""
    wording = " ".join(wording.split())
    return f"„{wording if len(wording) <= most else wording[:most].rsplit(' ', 1)[0] + '…'}”"
