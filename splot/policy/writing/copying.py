"""Rows taken over from one policy into another: from the last term, into an amendment, and back
when it is adopted.
"""

from collections.abc import Iterable

from django.db import models

from splot.core.actions import change
from splot.core.languages import CURRENT, MACHINE, Text
from splot.core.values import Values
from splot.people.models import User

from ..models import (
    PARTS,
    Activity,
    Area,
    Policy,
    PolicyPart,
    PolicyPassage,
    PolicyVersion,
    address_of_number,
)
from ..offers import tell_new_order
from ..origins import part_origin

Copies = dict[tuple[str, int], PolicyPassage]  # by the model's name and the key of what was copied

UNCOPIED_FIELDS = {
    "id",
    "policy",
    "version",
    "original",
    "area",
    "aim",
    "merged_into",
    "origins",
    "eid",
    "number",
    "slug",
}
PARENT_FIELDS = ("area", "aim")


def copy_contents(source: Policy, target: Policy, *, as_amendment: bool = False) -> None:
    """Copy every passage, in a fixed number of queries.

    A copy for an amendment stands for its original, number and all; any other starts anew and says
    where it is from.
    """
    copies: Copies = {}
    for model in PARTS:
        rows = list(model.objects.filter(policy=source).order_by("pk"))
        copied = [_copy_row(row, source, target, copies, as_amendment) for row in rows]
        model.everything.bulk_create(copied)
        for row, copy in zip(rows, copied, strict=True):
            copies[model._meta.model_name or "", row.pk] = copy
        _copy_relations(model, rows, copies)


def _copy_row(
    row: PolicyPassage,
    source: Policy,
    target: Policy,
    copies: Copies,
    as_amendment: bool,
) -> PolicyPassage:
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in UNCOPIED_FIELDS
    }
    if isinstance(row, Area) or (as_amendment and isinstance(row, PolicyPart)):
        values["number"] = row.number
    if as_amendment:
        values |= {"original": row, "origins": row.origins, "eid": row.eid}
    elif isinstance(row, PolicyPart):
        values["origins"] = [part_origin(row, source.term)]
    if isinstance(row, Activity):
        values["slug"] = row.slug if as_amendment else f"new-{row.pk}"
    for name in PARENT_FIELDS:
        if getattr(row, f"{name}_id", None):
            values[name] = copies.get((name, getattr(row, f"{name}_id")))
    return type(row)(policy=target, **values)


def _copy_relations(model: type[PolicyPassage], rows: list[PolicyPassage], copies: Copies) -> None:
    for field in model._meta.many_to_many:
        through, here, there = (
            field.remote_field.through,
            field.m2m_field_name(),
            field.m2m_reverse_field_name(),
        )
        assert through is not None
        tied = through._default_manager.filter(**{f"{here}__in": rows})
        links = tied.values_list(f"{here}_id", f"{there}_id")
        name = model._meta.model_name or ""
        copied_links = []
        for row, other in links:
            keys = {f"{here}_id": copies[name, row].pk, f"{there}_id": other}
            copied_links.append(through(**keys))
        through._default_manager.bulk_create(copied_links)


def apply_amendment(
    amendment: Policy, policy: Policy, frozen: PolicyVersion, *, by: User | None
) -> None:
    """Let the policy's rows say what the adopted amendment says. New rows change their policy and
    stay themselves.
    """
    originals: Copies = {}
    for model in PARTS:
        for row in (
            model.everything.filter(policy=amendment).select_related("original").order_by("pk")
        ):
            original = row.original
            if original is None and row.is_dropped:
                continue  # written and put away before anybody adopted it
            if original is None:
                original = _move_to_policy(row, policy, originals)
            else:
                _apply_to_original(row, original, originals, by)
            originals[model._meta.model_name or "", row.pk] = original
    for name in ("title", "vision", "basis"):
        merged = merge_texts(getattr(policy, name), getattr(amendment, name))
        Policy.objects.filter(pk=policy.pk).update(**{name: merged})
    assign_numbers(policy, frozen)
    tell_new_order(policy)


def _move_to_policy(row: PolicyPassage, policy: Policy, originals: Copies) -> PolicyPassage:
    row.policy = policy
    _set_parents(row, originals)
    if isinstance(row, Activity):
        row.slug = f"adopted-{row.pk}"
    row.save()
    return row


def _set_parents(row: PolicyPassage, originals: Copies) -> Values:
    """Let a row stand under the originals of what it stands under in the amendment."""
    pointers = {}
    for name in PARENT_FIELDS:
        key = getattr(row, f"{name}_id", None)
        if key:
            pointers[name] = originals[name, key]
            setattr(row, name, pointers[name])
    return pointers


def _apply_to_original(
    row: PolicyPassage, original: PolicyPassage, originals: Copies, by: User | None
) -> None:
    values: Values = {"is_dropped": row.is_dropped, **_set_parents(row, originals)}
    for field in row._meta.concrete_fields:
        if field.name in UNCOPIED_FIELDS or field.name in ("municipality", "is_dropped"):
            continue
        value = getattr(row, field.attname)
        if isinstance(value, Text):
            value = merge_texts(getattr(original, field.name), value)
        values[field.attname] = value
    for field in row._meta.many_to_many:
        getattr(original, field.name).set(getattr(row, field.name).all())
    if any(getattr(original, name) != value for name, value in values.items()):
        change(
            original,
            by=by,
            verb=f"{row._meta.model_name}.amended",
            version=original.version,
            **values,
        )


def merge_texts(original: Text, amended: Text) -> Text:
    """What was adopted, with the better of the translations: both texts may have been translated
    meanwhile.
    """
    if not amended.texts:
        return Text() if original else original
    merged = (
        original.written(amended.source, amended.source_wording)
        if original.source in ("", amended.source)
        else amended
    )
    for language in amended.texts:
        state = amended.state(language)
        if state in (CURRENT, MACHINE) and merged.state(language) != CURRENT:
            merged = merged.written(language, amended.texts[language], machine=state == MACHINE)
    return merged


def assign_numbers(policy: Policy, version: PolicyVersion) -> None:
    """Give every row the number and the place that its passage has in a frozen text."""
    document, __ = version.document(version.language)
    places = {}
    for node, citation in document.cited_within_annex():
        if node.ref:
            places[node.ref] = (node.eid, citation)
    for model in PARTS:
        rows = [row for row in model.everything.filter(policy=policy) if row.ref in places]
        for row in rows:
            row.eid, printed = places[row.ref]
            if isinstance(row, PolicyPart):
                row.number = printed[:80]
            if isinstance(row, Activity):
                row.slug = address_of_number(printed) or row.eid[-80:]
        fields = ["eid", *(["number"] if issubclass(model, PolicyPart) else [])]
        if model is Activity:  # two activities that change their numbers never bear one address
            _free_addresses([row for row in rows if isinstance(row, Activity)])
            fields.append("slug")
        model.everything.bulk_update(rows, fields, batch_size=200)


def _free_addresses(rows: Iterable[Activity]) -> None:
    keys, policies, taken = [], set(), set()
    for row in rows:
        keys.append(row.pk)
        policies.add(row.policy_id)
        taken.add(row.slug)
    slug = models.functions.Concat(
        models.Value("freed-"), models.functions.Cast("pk", models.CharField())
    )
    Activity.everything.filter(pk__in=keys).update(slug=slug)
    others = Activity.everything.filter(policy__in=policies, slug__in=taken).exclude(pk__in=keys)
    # a dropped activity gives its address up; its page is found by the frozen text
    others.update(slug=slug)
