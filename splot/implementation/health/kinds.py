"""The kinds of findings about the table, the heaviest first."""

from django.utils.translation import gettext_lazy

from splot.policy.health.findings import FindingKind

FINDING_KINDS = {
    kind.code: kind
    for kind in (
        FindingKind(
            "no_leader",
            gettext_lazy("Nobody in charge"),
            gettext_lazy("A task that nobody answers for is not reported on."),
            "VII",
        ),
        FindingKind(
            "gone",
            gettext_lazy("In charge, but no longer here"),
            gettext_lazy("The account is closed or has no role in the municipality any more."),
            "",
        ),
        FindingKind(
            "one_for_all",
            gettext_lazy("One person leads nearly everything"),
            gettext_lazy("When that person is ill, the policy stands still."),
            "V",
        ),
        FindingKind(
            "no_lead",
            gettext_lazy("No municipal institution"),
            gettext_lazy("The model asks for a unit of the municipality in every row."),
            "VII",
        ),
        FindingKind(
            "past",
            gettext_lazy("Past the due date"),
            gettext_lazy(
                "The day is over and nobody said that the task is done: report on it, or "
                "give it a new day."
            ),
            "VII",
        ),
        FindingKind(
            "no_date",
            gettext_lazy("No date"),
            gettext_lazy("Say until when, or that it is done every year or all the time."),
            "VII",
        ),
        FindingKind(
            "outside",
            gettext_lazy("Dates outside the policy’s term"),
            gettext_lazy("A year that the policy does not reach is often a slip."),
            "",
        ),
        FindingKind(
            "no_audience",
            gettext_lazy("Nobody named for whom it is done"),
            gettext_lazy("The diagnosis says who should notice the difference."),
            "VII",
        ),
        FindingKind(
            "no_groups",
            gettext_lazy("No sensitive group named"),
            gettext_lazy("Some people are reached only if somebody thinks of them beforehand."),
            "VII",
        ),
        FindingKind(
            "no_resources",
            gettext_lazy("Nothing said of resources or money"),
            gettext_lazy("“No cost” is an answer, an empty cell is none."),
            "VI",
        ),
        FindingKind(
            "sought",
            gettext_lazy("Money without a source"),
            gettext_lazy("The figure is there, but not who pays."),
            "VI",
        ),
        FindingKind(
            "old_money",
            gettext_lazy("Money of a year that is over, with nothing paid"),
            gettext_lazy("Enter what was paid; 0 is an answer too."),
            "VI",
        ),
        FindingKind(
            "no_target",
            gettext_lazy("No indicator with a target"),
            gettext_lazy("Without one nobody can tell whether it worked."),
            "VII",
        ),
        FindingKind(
            "no_baseline",
            gettext_lazy("Targets without a baseline"),
            gettext_lazy("A target says little if nobody knows where one starts from."),
            "VII",
        ),
        FindingKind(
            "no_values",
            gettext_lazy("Indicators without a value"),
            gettext_lazy("The target waits for a figure that nobody has entered."),
            "VIII",
        ),
        FindingKind(
            "no_activity",
            gettext_lazy("Tied to no activity and no area of the policy"),
            gettext_lazy("What is it for? A task serves an activity, or at least an area."),
            "VII",
        ),
        FindingKind(
            "repealed",
            gettext_lazy("For an activity that is no longer in the policy"),
            gettext_lazy(
                "The text was amended: choose the activity that took its place, or take the task "
                "off the table."
            ),
            "",
        ),
        FindingKind(
            "circle",
            gettext_lazy("Tasks that wait for one another"),
            gettext_lazy("None of them can begin."),
            "",
        ),
        FindingKind(
            "unread",
            gettext_lazy("Words of a spreadsheet that were not understood"),
            gettext_lazy("They are kept beside the row; put them into the right cell."),
            "",
        ),
    )
}
