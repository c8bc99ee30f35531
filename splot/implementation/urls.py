from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from .pages import assign, cells, exports, groups, health, history, money, policy, table, task_form


class TermConverter(SlugConverter):
    """A policy's term begins with a year; policy/new/ and policy/import/ are pages of their own."""

    regex = "[0-9][-a-zA-Z0-9_]*"


class TableFormatConverter(SlugConverter):
    """The formats of this room; rooms above offer the table in others, as table.ics."""

    regex = "|".join(exports.EXPORT_FORMATS)


register_converter(TermConverter, "term")
register_converter(TableFormatConverter, "table_format")

urlpatterns = [
    path("groups/", groups.group_list, name="groups"),
    path("groups/<int:number>/", groups.edit_group, name="edit_group"),
    path("policy/<term:term>/", policy.policy_page, name="policy"),
    path("policy/<slug:term>/areas/<int:number>/", policy.area_page, name="area"),
    path("policy/<slug:term>/activities/<slug:slug>/", policy.activity_page, name="activity"),
    path("policy/<slug:term>/table.<table_format:form>", exports.export_table, name="table_file"),
    path("policy/<slug:term>/table/", table.table_page, name="table"),
    path("policy/<slug:term>/table/start/", table.start_table, name="start_plan"),
    path("policy/<slug:term>/table/assign/", assign.assign_to_rows, name="assign_to_rows"),
    path("policy/<slug:term>/table/assign/done/", assign.rows_assigned, name="rows_assigned"),
    path("policy/<slug:term>/table/columns/", table.choose_columns, name="choose_columns"),
    path("policy/<slug:term>/table/timeline/", table.table_timeline, name="timeline"),
    path("policy/<slug:term>/table/money/", money.table_money, name="money"),
    path("policy/<slug:term>/table/history/", history.table_history, name="table_history"),
    path("policy/<slug:term>/table/health/", health.table_health, name="table_health"),
    path(
        "policy/<slug:term>/tasks/<int:number>/cells/<slug:code>/",
        cells.edit_cell,
        name="edit_cell",
    ),
    path("policy/<slug:term>/tasks/add/", task_form.new_task, name="add_task"),
    path("policy/<slug:term>/tasks/<int:number>/edit/", task_form.edit_task, name="edit_task"),
    path(
        "policy/<slug:term>/tasks/<int:number>/archive/",
        task_form.archive_or_restore_task,
        name="archive_task",
    ),
    path(
        "policy/<slug:term>/tasks/<int:number>/words/",
        task_form.dismiss_unparsed,
        name="dismiss_unparsed",
    ),
]
