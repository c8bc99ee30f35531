"""The repeated lines of a task's form: resources, and indicators with baseline and target."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.dates import validate_period
from splot.core.languages import Text
from splot.implementation.lines import ResourceLine, TargetLine
from splot.implementation.models import Target, Task, TaskResource
from splot.people.models import Municipality

EMPTY = [("", "—")]


class ResourceForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[*EMPTY, *TaskResource.Kind.choices], required=False)
    text = forms.CharField(label=gettext_lazy("What and how much"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("text") and not values.get("kind"):
            self.add_error("kind", _("Choose a kind."))
        if values.get("kind") and values["kind"] != TaskResource.Kind.NO_COST and not values.get("text"):
            self.add_error("text", _("Say what and how much."))
        return values


class TargetForm(forms.Form):
    indicator = forms.ModelChoiceField(label=gettext_lazy("Indicator"), queryset=None, required=False)
    baseline = forms.DecimalField(label=gettext_lazy("Baseline"), required=False, max_digits=15, decimal_places=3)
    baseline_period = forms.CharField(
        label=gettext_lazy("Baseline’s period"), required=False, max_length=10, validators=[validate_period]
    )
    value = forms.DecimalField(label=gettext_lazy("Target"), required=False, max_digits=15, decimal_places=3)
    by = forms.CharField(label=gettext_lazy("By when"), required=False, max_length=10, validators=[validate_period])

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = municipality.indicators.all()

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        given = {name for name, value in values.items() if value not in (None, "")}
        if given and not self.errors:
            for name in {"indicator", "value", "by"} - given:
                self.add_error(name, _("Fill this in too, or empty the line."))
        return values


class Lines:
    """A formset over a task's lines with room for new ones; an emptied line is taken away."""

    form: type[forms.Form]
    prefix: str
    spare = 2

    def __init__(self, data: QueryDict | None, start: list[dict[str, Any]], **form_kwargs: Any) -> None:
        formset = forms.formset_factory(self.form, extra=self.spare, max_num=30, absolute_max=40, validate_max=True)
        self.formset = formset(data, initial=start, prefix=self.prefix, form_kwargs=form_kwargs)

    def is_valid(self) -> bool:
        return self.formset.is_valid() and not self.repeated()

    def repeated(self) -> bool:
        """Does a line stand twice, where it may stand once? Says so on the later one."""
        return False

    def conflicts(self, current: Task) -> list[tuple[str, str, str]]:
        """What the task's lines are by now and what the form says, if they differ; as RowForm.conflicts."""
        theirs, mine = ("\n".join(map(self.words, rows)) for rows in (self.rows(current), self.lines()))
        return [(str(self.label), theirs or "—", mine or "—")] if theirs != mine else []


class ResourceLines(Lines):
    form, prefix, label = ResourceForm, "resources", gettext_lazy("Resources")

    def __init__(self, data: QueryDict | None, *, task: Task | None, language: str) -> None:
        self.language = language
        self.before = list(task.resources.all()) if task else []
        super().__init__(data, [{"kind": line.kind, "text": _source(line.text)} for line in self.before])

    def lines(self) -> list[ResourceLine]:
        """What the form says; a line keeps its translations, outdated when its wording changed."""
        found = []
        for number, form in enumerate(self.formset):
            kind, words = form.cleaned_data.get("kind"), form.cleaned_data.get("text", "").strip()
            if kind:
                old = self.before[number].text if number < len(self.before) else Text()
                text = old.written(old.source or self.language, words) if words or old else Text()
                found.append(ResourceLine(kind, text))
        return found

    @staticmethod
    def rows(task: Task) -> list[TaskResource]:
        return list(task.resources.all())

    @staticmethod
    def words(line: TaskResource | ResourceLine) -> str:
        return f"{TaskResource.Kind(line.kind).label}: {line.text}"


class TargetLines(Lines):
    form, prefix, label = TargetForm, "targets", gettext_lazy("Indicators")

    def __init__(self, data: QueryDict | None, *, task: Task | None, municipality: Municipality) -> None:
        names = ("indicator", "baseline", "baseline_period", "value", "by")
        start = [{name: _tidy(getattr(target, name)) for name in names} for target in _targets(task)]
        super().__init__(data, start, municipality=municipality)

    def lines(self) -> list[TargetLine]:
        rows = [form.cleaned_data for form in self.formset if form.cleaned_data.get("indicator")]
        return [TargetLine(**row) for row in rows]

    def repeated(self) -> bool:
        seen: set[tuple[Any, str]] = set()
        for form in self.formset:
            place = form.cleaned_data.get("indicator"), form.cleaned_data.get("by", "")
            if place[0] and place in seen:
                form.add_error("by", _("This indicator has a target for this period already."))
                return True
            seen.add(place)
        return False

    @staticmethod
    def rows(task: Task) -> list[Target]:
        return _targets(task)

    @staticmethod
    def words(line: Target | TargetLine) -> str:
        baseline = f"{_tidy(line.baseline)} ({line.baseline_period})" if line.baseline is not None else "—"
        return f"{line.indicator}: {baseline} → {_tidy(line.value)} ({line.by})"


def _targets(task: Task | None) -> list[Target]:
    return list(task.targets.select_related("indicator")) if task else []


def _tidy(value: Any) -> Any:
    """Decimals without trailing zeros, as people write them."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value


def _source(text: Text) -> str:
    return text.texts.get(text.source, "")
