"""Which text of an act one reads: a draft, the act as it was passed, or a consolidated text with
the acts that changed it. It stands above the title in every form.
"""

from datetime import date

from splot.catalogue.queries import act_wordings

from .amending_act import changes_made
from .compose import format_act_day
from .models import PolicyVersion
from .queries import changing_versions, later_changes


def standing_of(version: PolicyVersion | None, language: str) -> list[str]:
    """The lines that say which text it is, the first its name; none for an act that nothing has
    changed. None is a text that is being written.
    """
    if version is None:
        return [act_wordings(language)["draft"]]
    if version.is_consolidated:
        return _consolidated_lines(version, language)
    if version.is_adopted:
        return _as_passed_lines(version, language)
    return draft_lines(version.made_at.date(), language)


def draft_lines(on: date, language: str) -> list[str]:
    """The header of a draft that was frozen on a day."""
    return [act_wordings(language)["draft_of"].format(date=format_act_day(on, language))]


def _consolidated_lines(version: PolicyVersion, language: str) -> list[str]:
    wordings = act_wordings(language)
    changes = changes_made(changing_versions(version), language)
    lines = [wordings["consolidated"], wordings["with_changes"].format(changes=changes)]
    if version.in_force_from or version.adopted_on:
        day = format_act_day(version.in_force_from or version.adopted_on, language)
        lines.append(wordings["consolidated_on"].format(date=day))
    return lines


def _as_passed_lines(version: PolicyVersion, language: str) -> list[str]:
    changes = later_changes(version)
    if not changes:
        return []
    wordings = act_wordings(language)
    if version.adopted_on:
        day = format_act_day(version.adopted_on, language)
        passed = wordings["as_passed"].format(date=day)
    else:
        passed = wordings["as_passed_undated"]
    return [passed, wordings["changed_later"].format(changes=changes_made(changes, language))]
