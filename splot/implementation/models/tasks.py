"""The rows of the table."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from splot.core.bounds import validate_priority
from splot.core.dates import Period
from splot.core.languages import TextField
from splot.core.models import Versioned
from splot.core.values import Values
from splot.core.versioned_json import VersionedJSONField
from splot.people.models import MunicipalityModel, Organisation, User
from splot.policy.models import Activity, Area, Policy

from ..statuses import (
    ENDING_RECURRING,
    FINISHED,
    NOT_REPORTED,
    STATUS_LABELS,
    STATUS_LOOKS,
    UNFINISHED,
    ends_task,
)
from .plans import ImplementationPlan, SensitiveGroup
from .status_updates import StatusUpdate

AREA_STEP = 1_000_000  # more passages than any act has


def _is_finished_by(status: str, period_end: str) -> Q:
    """Does the latest update, of which two annotations have status and end of period, finish a
    task? `Task.is_finished_after` says the same of rows.
    """
    is_last = Q(**{f"{period_end}__gte": models.F("due")})
    ends_all = Q(timing__in=Task.ONCE) | Q(**{f"{status}__in": ENDING_RECURRING}) | is_last
    return Q(**{f"{status}__in": FINISHED}) & ends_all


class TaskQuerySet(models.QuerySet["Task"]):
    def with_status(self, year: int) -> "TaskQuerySet":
        """Add `status`: that of the latest update of a year, or NOT_REPORTED."""
        latest = StatusUpdate.objects.filter(year=year).latest_value("status")
        return self.annotate(status=Coalesce(latest, models.Value(NOT_REPORTED)))

    def with_overdue(self, today: date) -> "TaskQuerySet":
        """Add `is_overdue`: what `Task.is_overdue_after` says of the latest update, whatever its
        year.
        """
        updates = StatusUpdate.objects.all()
        rows = self.annotate(
            latest_status=updates.latest_value("status"),
            latest_period_end=updates.latest_value("period_end"),
        )
        # a date that is not past comes first: most rows then need no look at their updates
        is_not_past = When(Q(due__isnull=True) | Q(due__gte=today), then=False)
        is_finished = When(_is_finished_by("latest_status", "latest_period_end"), then=False)
        added: Values = {"is_overdue": Case(is_not_past, is_finished, default=True)}
        return rows.annotate(**added)

    def running_in(self, year: int) -> "TaskQuerySet":
        """Tasks whose time touches a year: dated ones by their dates, yearly and continuous ones
        always. One that lies outside the policy's term stands in the year of it that is nearest.

        A task past its date stays until an update of an earlier year finishes it; silence does
        not. One that is not past it yet goes on into a later year where its latest update says that
        it is not finished. An update puts it into the year of which it speaks.
        """
        before = StatusUpdate.objects.filter(year__lt=year)
        in_year = Exists(StatusUpdate.objects.filter(task=OuterRef("pk"), year=year))
        is_finished = When(_is_finished_by("status_before", "period_end_before"), then=True)
        rows = self.alias(
            status_before=before.latest_value("status"),
            period_end_before=before.latest_value("period_end"),
            was_finished=Case(is_finished, default=False),
        )
        is_left = Q(due__lt=timezone.localdate(), was_finished=False)
        carried = in_year | Q(status_before__in=UNFINISHED) | is_left
        is_first, is_last = Q(policy__starts__gte=year), Q(policy__ends__lte=year)
        return rows.filter(
            Q(starts__isnull=True) | Q(starts__lte=date(year, 12, 31)) | is_last,
            Q(due__isnull=True) | Q(due__gte=date(year, 1, 1)) | is_first | carried,
        )

    def of_institution(self, organisation: Organisation | int) -> "TaskQuerySet":
        """Tasks in which an institution has a part: leads, leads together or is a partner."""
        own = {"task": OuterRef("pk"), "organisation": organisation}
        is_partner = Exists(Task.partners.through.objects.filter(**own))
        leads_together = Exists(Task.joint_leads.through.objects.filter(**own))
        return self.filter(Q(lead=organisation) | is_partner | leads_together)

    def in_area(self, area: Area) -> "TaskQuerySet":
        """Tasks for an activity of the area, and those that stand in it without an activity."""
        activities = Activity.objects.filter(tasks=OuterRef("pk"), area=area)
        return self.filter(Exists(activities) | Q(area=area))

    def in_no_area(self) -> "TaskQuerySet":
        """Tasks for no activity that stand in no area either, or in one that the policy dropped."""
        activities = Activity.objects.filter(tasks=OuterRef("pk"))
        return self.filter(~Exists(activities), Q(area=None) | Q(area__is_dropped=True))

    def with_institutions(self) -> "TaskQuerySet":
        return self.select_related("lead").prefetch_related("partners")

    def current(self) -> "TaskQuerySet":
        return self.filter(is_archived=False)

    def put_in_order(self) -> int:
        """Set each task's area and position to those of its first activity in the text.

        A task without an activity keeps its area and comes last in it; in no area it is at 0.
        """
        in_text = models.F("area__number") * AREA_STEP + models.F("position")
        activities = (
            Activity.objects.filter(tasks=OuterRef("pk"))
            .annotate(in_text=in_text)
            .order_by("in_text")
        )
        last_in_area = Area.objects.filter(pk=OuterRef("area")).annotate(
            in_text=(models.F("number") + 1) * AREA_STEP - 1
        )
        return self.update(
            area=Coalesce(Subquery(activities.values("area")[:1]), models.F("area")),
            table_position=Coalesce(
                Subquery(activities.values("in_text")[:1]),
                Subquery(last_in_area.values("in_text")[:1]),
                0,
            ),
        )


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
    # that of its first activity in the text; chosen by a person where it has none
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
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
    # 1 comes first
    priority = models.PositiveSmallIntegerField(null=True, validators=[validate_priority])
    decision = models.CharField(
        max_length=15, choices=Decision, blank=True, default=Decision.UNKNOWN
    )
    disposition = models.CharField(
        max_length=10, choices=Disposition, blank=True, default=Disposition.NONE
    )
    risks = TextField(blank=True)
    # {column: words of a spreadsheet that were not understood}
    unread = VersionedJSONField(default=dict, reads_unversioned=True)
    is_archived = models.BooleanField(default=False)
    # since when it stands in the table
    entered_on = models.DateField(default=timezone.localdate, editable=False)
    # that of its first activity in the act, or the end of its area
    table_position = models.PositiveBigIntegerField(default=0, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["policy", "table_position", "number"], name="task_in_table_order")
        ]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="task_number_once"),
            models.CheckConstraint(
                condition=Q(starts__isnull=True)
                | Q(due__isnull=True)
                | Q(due__gte=models.F("starts")),
                name="task_ends_after_start",
            ),
        ]

    # how long a task goes on that ends with its date; the others recur
    ONCE = (Timing.DATES, Timing.AFTER)

    # What some queries add; a task that was read otherwise lacks it.
    status: str
    is_overdue: bool
    year: int
    changed_at: datetime | None
    group_key: int | None
    has_activity: bool
    has_own_area: bool
    has_groups: bool
    has_money: bool
    has_old_money: bool
    has_resources: bool
    has_sought_money: bool
    has_targets: bool
    has_windows: bool

    # Rows that nobody needs to ask the database for, by relation and list of lines: all rows of a
    # task that is not saved, as a state kept them or a file says; lists known to be empty.
    attached: Mapping[str, list[Any]] = MappingProxyType({})

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def recurs(self) -> bool:
        """Is it done again and again, and so finished only for a period?"""
        return self.timing not in self.ONCE

    def area_keys(self) -> set[int]:
        """The keys of the areas that it stands in: those of its activities, else its own."""
        keys = {activity.area_id for activity in self.activities.all()}
        return keys or {key for key in (self.area_id,) if key is not None}

    def runs_in(self, period: Period) -> bool:
        """Do its dates touch the period?"""
        begins = self.starts is None or self.starts <= period.end
        return begins and (self.due is None or self.due >= period.start)

    def has_begun_by(self, day: date, updates: "Iterable[StatusUpdate]" = ()) -> bool:
        """Is anything known of it on a day: was it to begin or to end by then, did it stand in the
        table, or was it reported on?
        """
        days = [self.entered_on, self.starts, self.due, *(each.period_end for each in updates)]
        return any(known is not None and known <= day for known in days)

    def is_finished_after(self, latest: StatusUpdate | None) -> bool:
        """Is nothing more awaited of it once its latest update was said? What recurs ends with its
        last day.
        """
        if latest is None or latest.status not in FINISHED:
            return False
        is_last = self.due is not None and latest.period_end >= self.due
        return is_last or ends_task(latest.status, recurs=self.recurs)

    def is_overdue_after(self, latest: StatusUpdate | None, today: date) -> bool:
        """Is its date past, and its latest update does not finish it? `with_overdue` asks a query
        the same.
        """
        is_past = self.due is not None and self.due < today
        return is_past and not self.is_finished_after(latest)

    @property
    def status_label(self) -> str:
        """In words, for a task that came `with_status`."""
        return str(STATUS_LABELS[self.status])

    @property
    def status_look(self) -> str:
        """How its status is shown, for a task that came `with_status`."""
        return STATUS_LOOKS[self.status]
