"""The resolution that amends an adopted policy, as it is laid before the council."""

from collections.abc import Sequence
from datetime import date
from itertools import chain

from splot.catalogue.queries import act_wordings
from splot.documents.amending_formulas import amending_points
from splot.documents.tree import SIGNATURE, Act, Document, Node
from splot.documents.writers.drafting import number_provisions
from splot.people.authorities import genitive_of_council

from .act_mapping import printed_body
from .compose import PLACEHOLDER, Composer, body_in_genitive, format_act_day
from .contents import Contents, contents_of
from .final_provisions import EXECUTION, final_role
from .models import Policy, PolicyVersion
from .queries import changing_versions, newest_version
from .text import CurrentText

SUBJECT_OPENINGS = {"pl": "w sprawie", "en": "concerning", "uk": "про"}


def current_amending_act(amendment: Policy, language: str) -> tuple[Document, str]:
    """The amending resolution as it would be printed today for a reader of `language`, and the
    language that it is really in.
    """
    assert amendment.amends is not None
    text, base = CurrentText(amendment), newest_version(amendment.amends)
    assert base is not None
    really_in = language if language in base.texts else amendment.language
    return compose_amending_act(amendment, base, text.document(really_in), really_in), really_in


def compose_amending_act(
    amendment: Policy,
    base: PolicyVersion,
    amended: Document,
    language: str,
    *,
    number: str = "",
    on: date | None = None,
) -> Document:
    """The resolution that leads from the text of `base` to the amended one."""
    return _AmendingAct(contents_of(amendment), base, language).document(amended, number, on)


class _AmendingAct:
    def __init__(self, contents: Contents, base: PolicyVersion, language: str) -> None:
        self.contents, self.base, self.language = contents, base, language
        self.wordings = act_wordings(language)
        self.composer = Composer(contents, language)
        self.text = base.document(language)[0]

    def document(self, amended: Document, number: str, on: date | None) -> Document:
        document = Document(preamble=self._preamble())
        number, day = number or PLACEHOLDER, format_act_day(on, self.language)
        document.title, document.act = self._title_block(number, day)
        points = amending_points(self.text, amended, self.wordings)
        opening = self._opening(points)
        document.nodes = [
            Node("paragraph", text=opening, children=points, ref="changes"),
            *self._final_provisions(),
            Node("level", text=self.composer.signature(), ref=SIGNATURE),
            *self.composer.justification(),
        ]
        number_provisions(document)
        return document

    def _preamble(self) -> str:
        policy = self.contents.policy
        basis = self.composer.wording_of(policy.basis)[0].rstrip(" ,")
        if not basis and self.text.preamble:
            return self.text.preamble
        enacts = self.wordings["enacts"]
        return f"{basis}, {enacts}" if basis else f"{enacts[:1].upper()}{enacts[1:]}"

    def _title_block(self, number: str, day: str) -> tuple[str, Act]:
        wordings = self.wordings
        subject = wordings["amending_subject"].format(subject=self._subject())
        kind, body = wordings["kind"], self.composer.title_body()
        head = f"{kind} {wordings['number'].format(number='').strip().upper()} {number}"
        title = " ".join([head, body, wordings["dated"].format(date=day), subject])
        return title, Act(kind, number, body, day, subject)

    def _subject(self) -> str:
        """What the act that is amended is about, as its title says it."""
        opening = SUBJECT_OPENINGS.get(self.language, SUBJECT_OPENINGS["en"])
        return f"{opening} {self.text.act.subject}" if self.text.act.subject else ""

    def _opening(self, points: list[Node]) -> str:
        """What is amended, by which earlier acts it was changed, and that changes follow."""
        policy, act = self.contents.policy, self.text.act
        changes = changes_made(changing_versions(self.base), self.language)
        wording = self.wordings["amending_opening_changed" if changes else "amending_opening"]
        body = printed_body(act.body) if act.body else body_in_genitive(policy, self.language)
        values = {"number": act.number, "body": body, "date": act.date, "changes": changes}
        what = self.wordings["amending_one" if len(points) == 1 else "amending_many"]
        return wording.format(subject=self._subject(), what=what, **values)

    def _final_provisions(self) -> list[Node]:
        """Who carries it out, as in the act that is amended, and from when it counts."""
        final: list[Node] = []
        for provision in chain.from_iterable(self.contents.provisions.values()):
            if final_role(provision.text.source_wording) == EXECUTION:
                final.append(self.composer.passage("paragraph", provision))
        entry, language = self.composer.wording_of(self.contents.policy.entry_into_force)
        if entry:
            final.append(Node("paragraph", text=entry, ref="entry-into-force", lang=language))
        return [Node("paragraph", text=node.text, lang=node.lang) for node in final]


def changes_made(versions: Sequence[PolicyVersion], language: str) -> str:
    """The acts that changed a text, by number and day: "uchwałą nr II/3/2025 … z dnia …"."""
    wording, named = act_wordings(language)["changed_by"], []
    for version in versions:
        body = genitive_of_council(version.body, version.language)
        if not body:
            body = body_in_genitive(version.policy, language)
        day = format_act_day(version.adopted_on, language)
        named.append(wording.format(number=version.number or PLACEHOLDER, body=body, date=day))
    return ", ".join(named)
