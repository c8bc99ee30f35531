from django.urls import path

from .pages import (
    act_imports,
    areas,
    aspects,
    building_blocks,
    edit,
    files,
    finish_act_import,
    health,
    merging,
    number_redirect,
    passages,
    policies,
    start,
    text,
    translations,
    versions,
    writing,
)

urlpatterns = [
    path("policy/", policies.policy_list, name="policies"),
    path("policy/new/", start.new_policy, name="start_policy"),
    path("policy/import/", act_imports.upload_act, name="import_policy"),
    path("policy/import/<int:number>/", act_imports.edit_act_mapping, name="act_import"),
    path(
        "policy/import/<int:number>/save/",
        finish_act_import.finish_act_import,
        name="finish_act_import",
    ),
    path("policy/<slug:term>/edit/", edit.edit_policy, name="edit_policy"),
    path("policy/<slug:term>/areas/<int:number>/edit/", edit.edit_area, name="edit_area"),
    path("policy/<slug:term>/publish/", edit.policy_publication, name="publish_policy"),
    path("policy/<slug:term>/text/", text.policy_text, name="policy_text"),
    path("policy/<slug:term>/text/adopted/", text.text_as_passed, name="text_as_passed"),
    path("policy/<slug:term>/text.<slug:form>", files.policy_text_file, name="policy_text_file"),
    path("policy/<slug:term>/booklet.<slug:form>", files.booklet_file, name="booklet_file"),
    path(
        "policy/<slug:term>/numbers/<slug:slug>/",
        number_redirect.policy_number_redirect,
        name="policy_number_redirect",
    ),
    path("policy/<slug:term>/versions/", versions.version_list, name="versions"),
    path(
        "policy/<slug:term>/versions/compare/", versions.version_comparison, name="compare_versions"
    ),
    path("policy/<slug:term>/versions/<int:number>/", text.version_text, name="version"),
    path(
        "policy/<slug:term>/versions/<int:number>.<slug:form>",
        files.version_file,
        name="version_file",
    ),
    path(
        "policy/<slug:term>/versions/<int:number>/amending-act/",
        text.version_amending_act,
        name="amending_act",
    ),
    path(
        "policy/<slug:term>/versions/<int:number>/amending-act.<slug:form>",
        files.version_amending_file,
        name="amending_act_file",
    ),
    path("policy/<slug:term>/amending-act/", text.draft_amending_act, name="draft_amending_act"),
    path(
        "policy/<slug:term>/amending-act.<slug:form>",
        files.draft_amending_file,
        name="draft_amending_act_file",
    ),
    path("policy/<slug:term>/freeze/", versions.freeze_draft, name="freeze_policy"),
    path("policy/<slug:term>/amend/", versions.begin_amendment, name="start_amendment"),
    path("policy/<slug:term>/adopt/", versions.amendment_adoption, name="adopt_amendment"),
    path("policy/<slug:term>/health/", health.policy_health, name="policy_health"),
    path("policy/<slug:term>/health/take/", health.adopt_all_details, name="adopt_all_details"),
    path(
        "policy/<slug:term>/translations/", translations.translation_overview, name="translations"
    ),
    path(
        "policy/<slug:term>/translations/<slug:language>/",
        translations.edit_translation,
        name="translate",
    ),
    path(
        "policy/<slug:term>/translations/<slug:language>/machine/",
        translations.translate_by_machine,
        name="translate_by_machine",
    ),
    path("policy/<slug:term>/write/", writing.writing_desk, name="write_policy"),
    path("policy/<slug:term>/write/vision/", writing.edit_vision, name="write_vision"),
    path("policy/<slug:term>/write/aspects/", aspects.edit_aspects, name="choose_aspects"),
    path("policy/<slug:term>/write/values/", building_blocks.edit_values, name="write_values"),
    path("policy/<slug:term>/write/aims/", building_blocks.edit_strategic_aims, name="write_aims"),
    path(
        "policy/<slug:term>/write/provisions/",
        building_blocks.edit_provisions,
        name="write_provisions",
    ),
    path("policy/<slug:term>/write/steps/", writing.writing_steps, name="writing_steps"),
    path(
        "policy/<slug:term>/write/steps/<int:number>/undo/",
        writing.undo_writing_step,
        name="undo_step",
    ),
    path("policy/<slug:term>/write/merge/", merging.activity_merge, name="merge_activities"),
    path("policy/<slug:term>/write/areas/new/", areas.new_area, name="add_area"),
    path("policy/<slug:term>/write/areas/<int:number>/", areas.write_area, name="write_area"),
    path("policy/<slug:term>/write/areas/<int:number>/add/", areas.add_passage, name="add_passage"),
    path(
        "policy/<slug:term>/write/areas/<int:number>/take/",
        areas.adopt_ticked_activities,
        name="take_activities",
    ),
    path(
        "policy/<slug:term>/write/activities/<int:number>/split/",
        merging.activity_split,
        name="split_activity",
    ),
    path(
        "policy/<slug:term>/write/activities/<int:number>/measure/",
        passages.adopt_suggested_indicators,
        name="adopt_indicators",
    ),
    path(
        "policy/<slug:term>/write/activities/<int:number>/place/",
        passages.move_to_aim,
        name="move_activity",
    ),
    path(
        "policy/<slug:term>/write/<slug:kind>/<int:number>/",
        passages.edit_passage,
        name="write_passage",
    ),
    path(
        "policy/<slug:term>/write/<slug:kind>/<int:number>/move/",
        passages.move_passage,
        name="move_passage",
    ),
    path(
        "policy/<slug:term>/write/<slug:kind>/<int:number>/drop/",
        passages.drop_passage,
        name="drop_passage",
    ),
    path(
        "policy/<slug:term>/write/<slug:kind>/<int:number>/institution/",
        passages.add_institution,
        name="add_institution",
    ),
]
