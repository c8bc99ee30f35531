"""A row of the table as the coordinator fills it, whole or a cell at a time."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model, Q
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.bounds import validate_priority, years_around
from splot.core.forms import RowForm, RowsField, TextFormField, offer_rows
from splot.core.values import Values
from splot.implementation.column import FORM_PARTS, Column
from splot.implementation.columns import COLUMN_BY_CODE, COLUMNS
from splot.implementation.lines import RELATIONS
from splot.implementation.models import Task
from splot.parsing.exact import STARTS
from splot.parsing.form_fields import CountFormField, DayFormField, limit_days
from splot.people.models import Organisation, User
from splot.people.queries import people_in_charge
from splot.policy.models import Activity, Area, Policy


class ActivitiesField(RowsField):
    """Activities of the policy, and those that the row is still for although an amendment has
    repealed them.
    """

    def label_from_instance(self, activity: Model) -> str:
        assert isinstance(activity, Activity)
        label = str(activity)
        return (
            _("%(activity)s (no longer in the policy)") % {"activity": label}
            if activity.is_dropped
            else label
        )


class TaskForm(RowForm):
    """The fields of a row. Those of plain texts and of choices are not listed here: they come from
    the columns.
    """

    title = TextFormField(label=gettext_lazy("What will be done"), max_length=400)
    activities = ActivitiesField(
        label=gettext_lazy("For which activities of the policy"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    area: "forms.ModelChoiceField[Area]" = forms.ModelChoiceField(
        label=COLUMN_BY_CODE["area"].question,
        help_text=COLUMN_BY_CODE["area"].help_text,
        queryset=None,
        required=False,
    )
    lead: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label=gettext_lazy("Municipal institution that answers for it"),
        queryset=None,
        required=False,
    )
    leader: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=gettext_lazy("Person in charge"),
        queryset=None,
        required=False,
        help_text=gettext_lazy("Somebody is missing? The coordinator adds people in the settings."),
    )
    partners = RowsField(
        label=gettext_lazy("Outside institutions"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    timing = forms.ChoiceField(
        label=gettext_lazy("When"), choices=Task.Timing.choices, widget=forms.RadioSelect
    )
    starts = DayFormField(label=gettext_lazy("Start date"), edge=STARTS, required=False)
    due = DayFormField(label=gettext_lazy("Due date"), required=False)
    groups = RowsField(
        label=gettext_lazy("Particularly sensitive groups"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    joint_leads = RowsField(
        label=gettext_lazy("Leads together with"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    priority = CountFormField(
        label=gettext_lazy("Order of priority"),
        validate=validate_priority,
        required=False,
        help_text=gettext_lazy("1 comes first."),
    )
    depends_on = RowsField(
        label=gettext_lazy("Begins after these tasks"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        row = kwargs.get("row")
        if row is not None:
            kwargs["initial"] = {name: list(getattr(row, name).all()) for name in RELATIONS}
        self.repealed = (
            list(row.activities(manager="everything").filter(is_dropped=True)) if row else []
        )
        if self.repealed:
            kwargs["initial"]["activities"] += self.repealed
        super().__init__(*args, language=policy.language, **kwargs)
        self._add_choices()
        self._add_texts()
        municipality = policy.municipality
        groups = municipality.sensitive_groups.filter(is_archived=False)
        if row is not None:
            groups = groups | row.groups.all()
        institutions = municipality.organisations.all()
        present = Activity.everything.filter(policy=policy).filter(
            Q(is_dropped=False) | Q(pk__in=[activity.pk for activity in self.repealed])
        )
        offer_rows(self, "activities", present.select_related("area"))
        offer_rows(self, "area", policy.areas.all())
        # what a row names already stays on offer, whatever became of it meanwhile
        lead, leader, partners = (
            (row.lead_id, row.leader_id, row.partners.values("pk")) if row else (None, None, [])
        )
        offer_rows(self, "lead", institutions.municipal() | institutions.filter(Q(pk=lead)))
        offer_rows(self, "partners", institutions.outside() | institutions.filter(pk__in=partners))
        offer_rows(self, "groups", groups.distinct())
        offer_rows(self, "leader", people_in_charge(municipality, and_also=leader))
        offer_rows(self, "joint_leads", institutions)
        limit_days(self, ("starts", "due"), years_around(policy.years))
        own = Q(pk=row.pk if row else None)
        offer_rows(self, "depends_on", policy.tasks.current().exclude(own))

    def _add_choices(self) -> None:
        """The fields of columns that are one of a few choices."""
        for column in COLUMNS:
            if column.choices is not None:
                self.fields[column.code] = forms.ChoiceField(
                    label=column.question or column.label,
                    help_text=column.help_text,
                    choices=column.choices.choices,
                    required=False,
                )
                self.initial.setdefault(column.code, getattr(self.row, column.code, None))

    @property
    def choices(self) -> dict[str, list[BoundField]]:
        """{part of the form: the choices in it}, for all parts."""
        choices: dict[str, list[BoundField]] = {part: [] for part in FORM_PARTS}
        for column in COLUMNS:
            if column.choices is not None:
                choices[column.part].append(self[column.code])
        return choices

    def _add_texts(self) -> None:
        """The fields of plain texts; then all fields in the order of the form's parts."""
        for column in self._texts():
            self.fields[column.code] = TextFormField(
                label=column.question or column.label,
                help_text=column.help_text,
                rows=2,
                required=False,
            )
            self.initial.setdefault(column.code, getattr(self.row, column.code, None))
        part_of: dict[str, str] = {}
        for column in COLUMNS:
            part_of.update(dict.fromkeys(column.form_fields, column.part))
        in_order = sorted(part_of, key=lambda name: FORM_PARTS.index(part_of[name]))
        self.order_fields(["version", "once", *in_order])

    def _texts(self) -> list[Column]:
        return [
            column for column in COLUMNS if column.is_text and column.code not in self.base_fields
        ]

    @property
    def texts(self) -> dict[str, list[BoundField]]:
        """{part of the form: the plain texts in it}, for all parts."""
        texts: dict[str, list[BoundField]] = {part: [] for part in FORM_PARTS}
        for column in self._texts():
            texts[column.part].append(self[column.code])
        return texts

    def _check_area(self, values: Values) -> None:
        """A task stands in the area of its activities; one without any has its own, once given."""
        row = self.row if isinstance(self.row, Task) else None
        activities = values.get("activities", row.activities.all() if row else [])
        areas = {activity.area_id for activity in activities if not activity.is_dropped}
        area = values.get("area")
        if area and "area" in self.changed_data and areas and area.pk not in areas:
            self.add_error("area", _("The task stands in the area of its activities."))
        had_place = row is None or row.area_id or self.repealed
        if "area" in self.fields and had_place and not (area or activities):
            self.add_error("area", _("Choose an activity, or the area where no activity fits."))

    def _check_what_comes_before(self, values: Values) -> None:
        if values.get("timing") != Task.Timing.AFTER:
            return
        if "depends_on" in self.fields:
            if not values.get("depends_on"):
                self.add_error("depends_on", _("Say after which tasks it begins."))
        elif not (isinstance(self.row, Task) and self.row.depends_on.exists()):
            self.add_error(
                "timing",
                _("First name the tasks that come before it, in the column “After tasks”."),
            )

    def _has_windows(self) -> bool:
        """Are stretches of time sent along, which take the place of start and due date?"""
        days = ("-starts", "-due")
        return any(
            value and key.startswith("windows-") and key.endswith(days)
            for key, value in self.data.items()
        )

    def only(self, names: Iterable[str]) -> "TaskForm":
        """The same form for some of the fields: what is changed in one cell of the table."""
        for name in set(self.fields) - {*names, "version", "idempotency_key"}:
            del self.fields[name]
        return self

    def values(self) -> Values:
        """As of every form over a row; `let_go` are the repealed activities that the row is to
        leave.
        """
        values = super().values()
        if self.repealed and "activities" in values:
            chosen = list(values["activities"])
            values["activities"] = [activity for activity in chosen if not activity.is_dropped]
            values["let_go"] = [activity for activity in self.repealed if activity not in chosen]
        return values

    def clean(self) -> Values:
        super().clean()
        values = self.cleaned_data
        starts, due = values.get("starts"), values.get("due")
        if starts and due and due < starts:
            self.add_error("due", _("The due date comes before the beginning."))
        if self.row is None or not {"timing", "due", "depends_on"}.isdisjoint(self.changed_data):
            self._check_when(values)
        self._check_area(values)
        return values

    def _check_when(self, values: Values) -> None:
        """A gap that the row has had may stay while something else is changed."""
        self._check_what_comes_before(values)
        due = values.get("due")
        is_given = due or "due" in self.errors or self._has_windows()
        if values.get("timing") == Task.Timing.DATES and not is_given:
            self.add_error("due", _("Give a due date, or choose “every year” or “continuously”."))
