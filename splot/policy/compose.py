"""The text of a policy, composed of its rows as a resolution with the policy as its annex; numbers
and punctuation come from the drafting rules.

Every passage names the row that it is (`ref`), so that versions can be compared and a number led to
its passage.
"""

import re
from collections.abc import Iterable
from datetime import date
from itertools import chain

from babel.dates import format_date

from splot.catalogue.queries import act_wordings
from splot.core.languages import OUTDATED, Text
from splot.core.markdown import paragraphs_without_markup
from splot.documents.tree import JUSTIFICATION, SIGNATURE, Act, Document, Node
from splot.documents.writers.drafting import number_provisions
from splot.people.authorities import council_of

from .act_mapping import body_name, printed_body
from .contents import Contents
from .final_provisions import in_final_order, is_of_resolution
from .models import Activity, Aim, Area, Policy, Provision, Value

LIST_ITEM = re.compile(r"^\s*(?:[a-z]{1,2}\)|[-–•*]|\d+[.)])\s+(?=\S)")

SUBJECT_OPENING = re.compile(r"^(w sprawie|concerning|про)\s+")
PLACEHOLDER = "……"
SIGNATURE_DOTS = "…………………………………"
LOCALES = {"en": "en_GB"}  # a day before its month

Kind = Provision.Kind


def compose_document(
    contents: Contents, language: str, *, number: str = "", on: date | None = None
) -> Document:
    """The policy as a resolution in a language; what is not translated stays in its own and says so
    (`lang`).

    `number` and `on` are those of the council's resolution; dots stand for them until there is one.
    """
    return Composer(contents, language).document(number, on)


def format_act_day(on: date | None, language: str) -> str:
    """A day as acts print it: "5 listopada 2024 r."; dots for one that is not known yet."""
    year_mark = {"pl": " r.", "uk": " р."}.get(language, "")
    if on is None:
        return f"{PLACEHOLDER}{year_mark}"
    day = format_date(on, "long", locale=LOCALES.get(language, language))
    return day if day.endswith(year_mark) else f"{day}{year_mark}"


def body_in_genitive(policy: Policy, language: str) -> str:
    """The council in the words "of …": as the title prints it, else by the municipality's name for
    it.
    """
    if policy.body and (language == policy.language or not policy.municipality.council_kind):
        return printed_body(policy.body)
    return council_of(policy.municipality, language).genitive.removeprefix("the ")


def adopting_body(policy: Policy) -> str:
    """Who adopts a policy, as a name: "Rada Miasta Poznania"; "" where nobody has said it."""
    if policy.body:
        return body_name(policy.body)
    municipality = policy.municipality
    return str(council_of(municipality, policy.language)) if municipality.council_kind else ""


class Composer:
    """One composition. Rows without words leave no trace in the text."""

    def __init__(self, contents: Contents, language: str) -> None:
        self.contents, self.language = contents, language
        self.wordings = act_wordings(language)

    def document(self, number: str, on: date | None) -> Document:
        wordings, policy = self.wordings, self.contents.policy
        basis = self.wording_of(policy.basis)[0].rstrip(" ,")
        opening = f"{basis}, {wordings['enacts']}" if basis else wordings["enacts"]
        document = Document(preamble=opening[:1].upper() + opening[1:])
        number, day = number or PLACEHOLDER, format_act_day(on, self.language)
        document.title, document.act = self.title_block(number, day)
        document.nodes = [
            *self.resolution(),
            Node("level", text=self.signature(), ref=SIGNATURE),
            self.annex(number, day),
            *self.justification(),
        ]
        chapter = wordings["chapter"].replace("{number}", "{}")
        number_provisions(document, chapter=chapter)
        return document

    def resolution(self) -> list[Node]:
        """The §§ of the resolution itself: what it adopts, then its final provisions."""
        title = self.wording_of(self.contents.policy.title)[0]
        final = in_final_order(filter(is_of_resolution, self.all_provisions()))
        return [
            Node("paragraph", text=self.wordings["adopts"].format(title=title), ref="title"),
            *(self.passage("paragraph", row) for row in final),
        ]

    def all_provisions(self) -> list[Provision]:
        return list(chain.from_iterable(self.contents.provisions.values()))

    def signature(self) -> str:
        """The line on which the chair of the council signs."""
        body = body_in_genitive(self.contents.policy, self.language)
        return f"{self.wordings['chair'].format(body=body)}\n{SIGNATURE_DOTS}"

    def annex(self, number: str, day: str) -> Node:
        """The policy itself."""
        wordings = self.wordings
        title, language = self.wording_of(self.contents.policy.title)
        belongs = wordings["annexed_to"].format(
            number=number, body=body_in_genitive(self.contents.policy, self.language), date=day
        )
        chapters = [
            self.chapter("general", wordings["general"], self.paragraphs_of(Kind.GENERAL)),
            self.chapter("foundations", wordings["foundations"], self.foundations()),
            *map(self.area, self.contents.areas),
            self.chapter("execution", wordings["carrying_out"], self.execution()),
            self.chapter("monitoring", wordings["monitoring"], self.monitoring()),
        ]
        return Node(
            "attachment",
            num=wordings["annex"],
            heading=f"{belongs} {title}",
            children=[chapter for chapter in chapters if chapter.children],
            ref="annex",
            lang=language,
        )

    def justification(self) -> list[Node]:
        """Why the council should adopt it, where somebody has written that."""
        wording, language = self.wording_of(self.contents.policy.justification)
        parts = paragraphs_without_markup(wording)
        if not parts:
            return []
        heading = self.wordings["justification"]
        text = "\n".join(parts)
        return [Node("attachment", num=heading, text=text, ref=JUSTIFICATION, lang=language)]

    def title_block(self, number: str, day: str) -> tuple[str, Act]:
        """Kind and number, body, day, subject: as one line, and in their parts."""
        policy, wordings, body = self.contents.policy, self.wordings, self.title_body()
        subject = wordings["subject" if policy.starts != policy.ends else "subject_one"]
        subject = subject.format(starts=policy.starts, ends=policy.ends)
        head = f"{wordings['kind']} {wordings['number'].format(number='').strip().upper()} {number}"
        title = " ".join([head, body, wordings["dated"].format(date=day), subject])
        return title, Act(wordings["kind"], number, body, day, SUBJECT_OPENING.sub("", subject))

    def title_body(self) -> str:
        """The council as the title prints it: "RADY MIASTA POZNANIA"."""
        policy = self.contents.policy
        body = body_in_genitive(policy, self.language)
        return policy.body if body == printed_body(policy.body) else body.upper()

    def foundations(self) -> list[Node]:
        wordings = self.wordings
        values = list(map(self.value, self.contents.named(Value.Kind.VALUE)))
        principles = list(map(self.value, self.contents.named(Value.Kind.PRINCIPLE)))
        aims = list(map(self.point, self.contents.strategic_aims))
        return [
            *self.vision(),
            *self.listed("values", wordings["values"], values),
            *self.listed("principles", wordings["principles"], principles),
            *self.listed("aims", wordings["strategic_aims"], aims),
        ]

    def vision(self) -> list[Node]:
        wording, language = self.wording_of(self.contents.policy.vision)
        parts = paragraphs_without_markup(wording)
        if not parts:
            return []
        head, *rest = parts
        head = f"{self.wordings['vision']} {head}"
        if not rest:
            return [Node("paragraph", text=head, ref="vision", lang=language)]
        inner = []
        for at, text in enumerate([head, *rest], 1):
            inner.append(Node("subparagraph", text=text, ref=f"vision-{at}"))
        return [Node("paragraph", children=inner, ref="vision", lang=language)]

    def area(self, area: Area) -> Node:
        name, language = self.wording_of(area.name)
        groups = [(aim, self.contents.under(area, aim)) for aim in self.contents.aims[area.pk]]
        loose = self.contents.under(area, None)
        main = groups[0][0] if len(groups) > 1 else None
        sections = [self.aim(aim, activities, is_main=aim is main) for aim, activities in groups]
        if loose:
            points = list(map(self.point, loose))
            sections += self.listed(
                f"{area.ref}-activities", self.wordings["activities_without_aim"], points
            )
        whole = self.chapter(area.ref, name, [*sections, *self.duties(area)])
        whole.lang = language
        return whole

    def aim(self, aim: Aim, activities: list[Activity], *, is_main: bool) -> Node:
        text, language = self.wording_of(aim.text)
        sentence = self.wordings["main_aim" if is_main else "aim"].format(aim=to_one_line(text))
        if not activities:
            return Node("paragraph", text=sentence, ref=aim.ref, lang=language)
        points = list(map(self.point, activities))
        return Node(
            "paragraph",
            ref=f"{aim.ref}-section",
            children=[
                Node("subparagraph", text=sentence, ref=aim.ref, lang=language),
                Node(
                    "subparagraph",
                    text=self.wordings["activities"],
                    children=points,
                    ref=f"{aim.ref}-activities",
                ),
            ],
        )

    def duties(self, area: Area) -> list[Node]:
        """For whom, by whom and under whose lead, in one § of an area."""
        institutions = _join_names(self.wording_of(row.name)[0] for row in area.institutions.all())
        duties = {
            "audience": to_one_line(self.wording_of(area.audience)[0]),
            "institutions": institutions,
            "leader": self.wording_of(area.leader.name)[0] if area.leader else "",
        }
        inner = []
        for name, value in duties.items():
            if value:
                text = self.wordings[name].format(**{name: value})
                inner.append(Node("subparagraph", text=text, ref=f"{area.ref}-{name}"))
        return [Node("paragraph", children=inner, ref=f"{area.ref}-duties")] if inner else []

    def execution(self) -> list[Node]:
        return [
            *self.points(Kind.INSTITUTION, "institutions", "carried_out_by"),
            *self.points(Kind.PARTNER, "partners", "together_with"),
        ]

    def monitoring(self) -> list[Node]:
        return [
            *self.paragraphs_of(Kind.MONITORING),
            *self.points(Kind.TEAM, "team", "team_duties"),
            *self.paragraphs_of(Kind.MAYOR),
            *self.paragraphs_of(Kind.COUNCIL),
        ]

    def points(self, kind: str, ref: str, opening: str) -> list[Node]:
        """Provisions of a kind as one list; what is a sentence of its own stands in a § of its
        own.
        """
        rows = self.contents.provisions[kind]
        whole = [row for row in rows if row.text.source_wording[:1].isupper()]
        points = [self.point(row) for row in rows if row not in whole]
        return [
            *self.listed(ref, self.wordings[opening], points),
            *(self.passage("paragraph", row) for row in whole),
        ]

    def paragraphs_of(self, kind: str) -> list[Node]:
        """Provisions of a kind, one § each, without those of the resolution itself."""
        rows = [row for row in self.contents.provisions[kind] if not is_of_resolution(row)]
        return [self.passage("paragraph", row) for row in rows]

    def value(self, row: Value) -> Node:
        name, language = self.wording_of(row.name)
        meaning = " ".join(paragraphs_without_markup(self.wording_of(row.text)[0]))
        return Node(
            "point", text=f"{name} – {meaning}" if meaning else name, ref=row.ref, lang=language
        )

    def point(self, row: Aim | Activity | Provision) -> Node:
        return self.passage("point", row)

    def passage(self, kind: str, row: Aim | Activity | Provision) -> Node:
        """A row's words as one passage; lines that are items of a list stand below it."""
        wording, language = self.wording_of(row.text)
        head, items = split_items(wording)
        below = {"point": "alinea", "paragraph": "point"}[kind]
        inner = [Node(below, text=item, ref=f"{row.ref}-{at}") for at, item in enumerate(items, 1)]
        return Node(kind, text=head, children=inner, ref=row.ref, lang=language)

    @staticmethod
    def chapter(ref: str, heading: str, children: list[Node]) -> Node:
        return Node("chapter", heading=heading, children=children, ref=ref)

    @staticmethod
    def listed(ref: str, opening: str, points: list[Node]) -> list[Node]:
        return [Node("paragraph", text=opening, children=points, ref=ref)] if points else []

    def wording_of(self, text: Text) -> tuple[str, str]:
        """The words for the composition's language, and their own language where it is another.

        A translation of words that have changed since is none: the text would say what nobody
        adopted.
        """
        outdated = text.state(self.language) == OUTDATED if text else False
        shown = text.shown(text.source if outdated else self.language)
        return (
            shown.text.strip(),
            "" if shown.language == self.language or not shown.text else shown.language,
        )


def split_items(text: str) -> tuple[str, list[str]]:
    """A passage in two: its opening, and the items of the list that follows it line by line, if
    any.
    """
    head: list[str] = []
    items: list[str] = []
    for line in text.splitlines():
        plain = " ".join(paragraphs_without_markup(LIST_ITEM.sub("", line)))
        if not plain:
            continue
        if LIST_ITEM.match(line) and head:
            items.append(plain)
        elif items:
            items[-1] += f" {plain}"
        else:
            head.append(plain)
    return " ".join(head), items


def to_one_line(text: str) -> str:
    return " ".join(paragraphs_without_markup(text)).rstrip(" .;,")


def _join_names(names: Iterable[str]) -> str:
    return ", ".join(filter(None, names))
