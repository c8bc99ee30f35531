"""The table's rows and what is said of them. The text and the table have separate lives."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from splot.core.dates import Period, validate_period
from splot.core.languages import Text, TextField
from splot.core.models import AppendOnly, Versioned
from splot.core.numbers import Qualifier, format_qualified
from splot.indicators.models import Indicator
from splot.people.models import Municipality, MunicipalityModel, Organisation, User
from splot.policy.models import Activity, Policy

from ..statuses import NOT_REPORTED, STATUS_LABELS, STATUS_LOOKS, UNFINISHED, status_choices

if TYPE_CHECKING:
    from datetime import datetime

    from ..columns import Column
    from .money import BudgetLine
    from .schedule import Milestone, Window

AREA_STEP = 1_000_000  # more passages than any act has


class SensitiveGroup(MunicipalityModel, Versioned):
    """People who need particular attention in carrying out a task; the municipality's own list."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="sensitive_groups")
    name = TextField()
    is_archived = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.name)


class ImplementationPlan(MunicipalityModel, Versioned):
    """The table of a policy for a span of years."""

    class Reporting(models.TextChoices):
        YEAR = "year", _("once a year")
        HALF_YEAR = "half_year", _("every half-year")
        QUARTER = "quarter", _("every quarter")

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="plans")
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    reporting = models.CharField(max_length=10, choices=Reporting, default=Reporting.YEAR)
    days_to_report = models.PositiveSmallIntegerField(default=31)  # after a period has ended

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "starts", "ends"], name="plan_once_a_span")
        ]

    def __str__(self) -> str:
        return f"{self.starts}-{self.ends}"


class TaskQuerySet(models.QuerySet["Task"]):
    def with_status(self, year: int) -> "TaskQuerySet":
        """Add `status`: the latest word on the task in a year, or NOT_REPORTED."""
        latest = StatusUpdate.objects.filter(task=OuterRef("pk"), year=year).order_by(
            "-period_end", "-pk"
        )
        return self.annotate(
            status=Coalesce(Subquery(latest.values("status")[:1]), models.Value(NOT_REPORTED))
        )

    def with_last_word(self) -> "TaskQuerySet":
        """Add `status`: the latest word on the task, whatever its year, or NOT_REPORTED."""
        latest = StatusUpdate.objects.filter(task=OuterRef("pk")).order_by("-period_end", "-pk")
        return self.annotate(
            status=Coalesce(Subquery(latest.values("status")[:1]), models.Value(NOT_REPORTED))
        )

    def running_in(self, year: int) -> "TaskQuerySet":
        """Tasks whose time touches a year: dated ones by their dates, yearly and continuous ones
        always.

        A task past its date stays while its last word said that it was not finished, and where it
        was spoken of.
        """
        words = StatusUpdate.objects.filter(task=OuterRef("pk"))
        last = words.filter(year__lt=year).order_by("-period_end", "-pk").values("status")[:1]
        carried = Exists(words.filter(year=year)) | Q(last_before__in=UNFINISHED)
        return self.annotate(last_before=Subquery(last)).filter(
            Q(starts__isnull=True) | Q(starts__year__lte=year),
            Q(due__isnull=True) | Q(due__year__gte=year) | carried,
        )

    def with_institutions(self) -> "TaskQuerySet":
        return self.select_related("lead").prefetch_related("partners")

    def current(self) -> "TaskQuerySet":
        return self.filter(is_archived=False)

    def put_in_order(self) -> int:
        """Set the `place` of each task to that of its first activity in the text, 0 where it has
        none.
        """
        place = models.F("area__number") * AREA_STEP + models.F("position")
        first = (
            Activity.objects.filter(tasks=OuterRef("pk"))
            .annotate(place=place)
            .order_by("place")
            .values("place")
        )
        return self.update(place=Coalesce(Subquery(first[:1]), 0))


class Task(MunicipalityModel, Versioned):
    """A row of the table: one concrete thing done for one or more activities."""

    class Timing(models.TextChoices):
        DATES = "dates", _("between dates")
        YEARLY = "yearly", _("every year")
        CONTINUOUS = "continuous", _("continuously")
        AFTER = "after", _("after other tasks")

    class OwnRole(models.TextChoices):
        """What the municipality itself is to the task."""

        UNKNOWN = "", _("not given")
        OWNER = "owner", _("carries it out")
        COORDINATING = "coordinating", _("coordinates")
        SUPPORTING = "supporting", _("supports")
        PARTICIPATING = "participating", _("takes part")

    class Decision(models.TextChoices):
        """What was decided about its money."""

        UNKNOWN = "", _("not decided")
        NO_EXTRA_COST = "no_extra_cost", _("runs at no extra cost")
        FUNDED = "funded", _("funded")
        NOT_NOW = "not_now", _("not needed now")

    class Disposition(models.TextChoices):
        """What is to become of it in the coming time."""

        NONE = "", _("no change")
        START = "start", _("start")
        CONTINUE = "continue", _("continue")
        STOP = "stop", _("stop")

    plan = models.ForeignKey(ImplementationPlan, models.PROTECT, related_name="tasks")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="tasks")
    number = models.PositiveIntegerField()
    activities = models.ManyToManyField(Activity, related_name="tasks")
    title = TextField()
    audience = TextField(blank=True)
    monitoring = TextField(blank=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    partners = models.ManyToManyField(Organisation, related_name="+")
    invitation = TextField(blank=True)  # how social partners are or will be invited
    leader = models.ForeignKey(User, models.PROTECT, null=True, related_name="tasks_led")
    timing = models.CharField(max_length=12, choices=Timing, default=Timing.DATES)
    starts = models.DateField(null=True)
    due = models.DateField(null=True)
    groups = models.ManyToManyField(SensitiveGroup, related_name="+")
    joint_leads = models.ManyToManyField(Organisation, related_name="+")
    depends_on = models.ManyToManyField("self", symmetrical=False, related_name="dependents")
    own_role = models.CharField(max_length=15, choices=OwnRole, blank=True, default=OwnRole.UNKNOWN)
    priority = models.PositiveSmallIntegerField(null=True)  # 1 comes first
    decision = models.CharField(
        max_length=15, choices=Decision, blank=True, default=Decision.UNKNOWN
    )
    disposition = models.CharField(
        max_length=10, choices=Disposition, blank=True, default=Disposition.NONE
    )
    risks = TextField(blank=True)
    # {column: words of a spreadsheet that were not understood}
    unread = models.JSONField(default=dict)
    is_archived = models.BooleanField(default=False)
    # in the table: of its first activity in the act
    place = models.PositiveBigIntegerField(default=0, editable=False)
    # what people look for, in all languages, in small letters
    words = models.TextField(blank=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["policy", "place", "number"], name="task_in_table_order")]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="task_number_once"),
            models.CheckConstraint(
                condition=Q(starts__isnull=True)
                | Q(due__isnull=True)
                | Q(due__gte=models.F("starts")),
                name="task_ends_after_start",
            ),
        ]

    # What some queries and pages add; a task that was read otherwise lacks it.
    status: str
    year: int
    changed_at: "datetime | None"
    column: "Column"
    group_key: int | None
    has_activity: bool
    has_groups: bool
    has_money: bool
    has_old_money: bool
    has_resources: bool
    has_sought_money: bool
    has_targets: bool
    has_windows: bool
    shown_activities: list[Activity]
    shown_budget: "list[BudgetLine]"
    shown_depends_on: "list[Task]"
    shown_groups: list[SensitiveGroup]
    shown_milestones: "list[Milestone]"
    shown_windows: "list[Window]"

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def status_label(self) -> str:
        """In words, for a task that came `with_status`."""
        return str(STATUS_LABELS[self.status])

    @property
    def status_look(self) -> str:
        """How its status is shown, for a task that came `with_status`."""
        return STATUS_LOOKS[self.status]


class TaskResource(MunicipalityModel):
    """What a task can draw on. "No cost" is a value, not an empty cell."""

    class Kind(models.TextChoices):
        MONEY = "money", _("money")
        PEOPLE = "people", _("people")
        PLACE = "place", _("place")
        WITHIN_BUDGET = "within_budget", _("within the current budget")
        MATERIAL = "material", _("materials")
        KNOWLEDGE = "knowledge", _("knowledge")
        NO_COST = "no_cost", _("no cost")

    task = models.ForeignKey(Task, models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=15, choices=Kind)
    text = TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"


class Target(MunicipalityModel):
    """Where a task wants an indicator to be: from a baseline to a value, by a period."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    baseline = models.DecimalField(max_digits=15, decimal_places=3, null=True)
    baseline_period = models.CharField(max_length=10, blank=True, validators=[validate_period])
    value = models.DecimalField(max_digits=15, decimal_places=3)
    by = models.CharField(max_length=10, validators=[validate_period])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "indicator", "by"], name="target_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value.normalize():f} ({self.by})"


class StatusUpdate(MunicipalityModel, AppendOnly):
    """What the person in charge says of a task for a period. Never changed; a correction is a later
    row.
    """

    class ReachUnit(models.TextChoices):
        PERSONS = "persons", pgettext_lazy("unit", "persons")
        HOUSEHOLDS = "households", pgettext_lazy("unit", "households")
        CASES = "cases", pgettext_lazy("unit", "cases")
        INSTITUTIONS = "institutions", pgettext_lazy("unit", "institutions")

    task = models.ForeignKey(Task, models.PROTECT, related_name="updates")
    period = models.CharField(max_length=10, validators=[validate_period])
    year = models.PositiveSmallIntegerField()
    period_end = models.DateField()
    status = models.CharField(max_length=12, choices=status_choices)
    narrative = TextField(blank=True)
    obstacles = TextField(blank=True)
    reason = TextField(blank=True)
    reached = models.PositiveIntegerField(null=True)
    reached_qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    reached_unit = models.CharField(max_length=12, choices=ReachUnit, default=ReachUnit.PERSONS)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    said_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # by its link or its sheet
    said_for = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    said_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-period_end", "-pk"]
        indexes = [
            models.Index(fields=["task", "year", "-period_end", "-id"], name="update_latest")
        ]

    def __str__(self) -> str:
        return f"{self.task.number} · {self.period} · {self.get_status_display()}"

    @property
    def look(self) -> str:
        """How its status is shown."""
        return STATUS_LOOKS[self.status]

    @property
    def when(self) -> Period:
        return Period.parse(self.period)

    @property
    def speaker(self) -> str:
        """Who said it: a person, an institution, or a person for an institution; "" for the
        system.
        """
        return " · ".join(str(each) for each in (self.said_by, self.said_for) if each)

    def as_typed(self, name: str) -> str:
        """A field as somebody typed it into a form."""
        value = getattr(self, name)
        return value.words if isinstance(value, Text) else "" if value is None else str(value)

    @property
    def reached_in_words(self) -> str:
        """ "over 7,500 persons", or "" when nothing was said."""
        if self.reached is None:
            return ""
        return format_reach(self.reached, self.reached_qualifier, self.reached_unit)


def format_reach(value: int, qualifier: str, unit: str) -> str:
    """A number of those reached with its qualifier and unit: "over 7,500 persons", "1
    household".
    """
    forms = {
        StatusUpdate.ReachUnit.PERSONS: ngettext("%(figure)s person", "%(figure)s persons", value),
        StatusUpdate.ReachUnit.HOUSEHOLDS: ngettext(
            "%(figure)s household", "%(figure)s households", value
        ),
        StatusUpdate.ReachUnit.CASES: ngettext("%(figure)s case", "%(figure)s cases", value),
        StatusUpdate.ReachUnit.INSTITUTIONS: ngettext(
            "%(figure)s institution", "%(figure)s institutions", value
        ),
    }
    return forms[StatusUpdate.ReachUnit(unit)] % {"figure": format_qualified(value, qualifier)}
