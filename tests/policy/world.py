"""Rows for the addresses of a policy's text: a draft with a version, a step, an act that waits."""

from splot.policy.actions.passages import change_part
from splot.policy.models import Policy, PolicyVersion
from tests import factories
from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    town.policy = factories.policy(town.municipality, status="draft")
    town.policy.versions.update(amending_act=town.policy.versions.get().texts)
    PolicyVersion.objects.create(
        municipality=town.municipality,
        policy=town.policy,
        stage=PolicyVersion.Stage.ADOPTED,
        ordinal=2,
        language="pl",
        texts=town.policy.versions.get().texts,
    )
    amendment = Policy.objects.create(
        municipality=town.municipality,
        amends=town.policy,
        term="2023-2024-change-1",
        starts=2023,
        ends=2024,
        title=town.policy.title,
    )
    act_import = factories.act_import(town.municipality)
    activity = town.policy.activities.first()
    change_part(by=None, part=activity, version=activity.version, text=factories.text("Inaczej"))
    return (
        town.here("policies", "start_policy", "import_policy")
        | town.here("act_import", "finish_act_import", number=act_import.pk)
        | town.in_policy("edit_policy", "publish_policy", "policy_text", "policy_health")
        | town.in_policy("adopt_all_details")
        | town.in_policy("versions", "compare_versions", "freeze_policy")
        | town.in_policy("start_amendment", "adopt_amendment", "translations")
        | town.in_policy("translate", "translate_by_machine", language="pl")
        | town.in_policy("policy_text_file", "booklet_file", form="pdf")
        | town.in_policy("version", number=1)
        | town.in_policy("version_file", number=1, form="pdf")
        | town.in_policy("edit_area", number=1)
        | town.in_policy("policy_number_redirect", slug="3-1-1")
        | town.in_policy("text_as_passed")
        | town.in_policy("amending_act", number=1)
        | town.in_policy("amending_act_file", number=1, form="pdf")
        | town.here("draft_amending_act", term=amendment.term)
        | town.here("draft_amending_act_file", term=amendment.term, form="pdf")
        | _of_writing(town)
    )


def _of_writing(town: Town) -> Addresses:
    area, activity = town.policy.areas.first(), town.policy.activities.first()
    passage = {"kind": "activity", "number": activity.pk}
    return (
        town.in_policy("write_policy", "write_vision", "choose_aspects", "write_values")
        | town.in_policy("write_aims", "write_provisions", "writing_steps")
        | town.in_policy("merge_activities", "add_area")
        | town.in_policy("undo_step", number=town.policy.steps.first().pk)
        | town.in_policy("write_area", "add_passage", "take_activities", number=area.pk)
        | town.in_policy("split_activity", "adopt_indicators", number=activity.pk)
        | town.in_policy("move_activity", number=activity.pk)
        | town.in_policy("write_passage", "move_passage", "drop_passage", **passage)
        | town.in_policy("add_institution", **passage)
    )
