"""Rows to translate, and what a person sees of them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import override
from lxml import html

from splot.documents.tree import Document
from splot.policy.actions.areas import add_area
from splot.policy.actions.passages import add_part
from splot.policy.actions.policies import publish_policy
from splot.policy.models import Activity, Aim, Area, Policy, PolicyVersion
from splot.policy.translatable import PolicyTexts
from splot.translations.actions.texts import translate_text
from splot.translations.texts import Translation
from tests import factories
from tests.policy.writing import finish

ACTIVITY = "uczenie języka polskiego"


def grow(policy: Policy, name: str) -> Area:
    area = add_area(
        by=None, policy=policy, name=factories.text(name), why=factories.text(f"Powód: {name}")
    )
    aim = add_part(
        by=None, model=Aim, policy=policy, area=area, text=factories.text(f"Cel: {name}")
    )
    for what in (ACTIVITY, "szkolenie urzędników"):
        add_part(
            by=None,
            model=Activity,
            policy=policy,
            area=area,
            aim=aim,
            text=factories.text(f"{what}, {name}"),
        )
    return area


def say(row: Any, words: str, field: str = "text", language: str = "uk", **values: Any) -> Any:
    values = {"seen": getattr(row, field).texts.get(language, ""), **values}
    translation = translation_of_row(row, language)
    return translate_text(
        by=None, translation=translation, row=row, field=field, wording=words, **values
    )


def translation_of_row(row: Any, language: str = "uk") -> Translation:
    return Translation(PolicyTexts(row if isinstance(row, Policy) else row.policy), language)


def in_language(policy: Policy, language: str = "uk") -> Translation:
    return Translation(PolicyTexts(Policy.objects.get(pk=policy.pk)), language)


def first(policy: Policy) -> Activity:
    return policy.activities.first()


def address(policy: Policy, name: str = "translate", language: str = "uk") -> str:
    values = {"municipality": policy.municipality.slug, "term": policy.term}
    with override("en"):
        return reverse(
            name, kwargs=values if name == "translations" else {**values, "language": language}
        )


def page_of(answer: Any) -> html.HtmlElement:
    assert answer.status_code == 200
    return html.document_fromstring(answer.content.decode())


def passage(tree: html.HtmlElement, row: Any, field: str = "text") -> html.HtmlElement:
    return tree.get_element_by_id(f"{row._meta.model_name}-{row.pk}-{field}")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def sent(element: html.HtmlElement, wording: str | None = None, do: str = "save") -> dict[str, str]:
    """What a browser sends for a passage's form."""
    fields = {
        field.get("name"): field.get("value") or "" for field in element.xpath(".//input[@name]")
    }
    typed = element.find(".//textarea").text.removeprefix("\n") if wording is None else wording
    return {**fields, "wording": typed, "do": do}


def adopted(draft: Policy) -> PolicyVersion:
    draft = finish(draft)
    publish_policy(by=None, policy=draft, version=draft.version, status="in_force")
    return draft.versions.first()


def shown(version: PolicyVersion, language: str) -> dict[str, tuple[str, str]]:
    """{passage: (its words, their language where it is another)} of a frozen text."""
    tree = Document.from_json(PolicyVersion.objects.get(pk=version.pk).texts[language])
    return {node.ref: (f"{node.heading}{node.text}", node.lang) for node, __ in tree.walk()}
