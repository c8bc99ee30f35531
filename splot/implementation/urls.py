from django.urls import path

from .pages import cells, exports, groups, health, history, money, policy, table, task_form

urlpatterns = [
    path("groups/", groups.group_list, name="groups"),
    path("groups/<int:number>/", groups.edit, name="edit_group"),
    path("policy/<slug:term>/", policy.policy, name="policy"),
    path("policy/<slug:term>/areas/<int:number>/", policy.area, name="area"),
    path("policy/<slug:term>/activities/<slug:slug>/", policy.activity, name="activity"),
    path("policy/<slug:term>/table.<slug:form>", exports.table, name="table_file"),
    path("policy/<slug:term>/table/", table.table, name="table"),
    path("policy/<slug:term>/table/start/", table.start, name="start_plan"),
    path("policy/<slug:term>/table/columns/", table.choose_columns, name="choose_columns"),
    path("policy/<slug:term>/table/timeline/", table.timeline, name="timeline"),
    path("policy/<slug:term>/table/money/", money.money, name="money"),
    path("policy/<slug:term>/table/history/", history.history, name="table_history"),
    path("policy/<slug:term>/table/health/", health.health, name="table_health"),
    path("policy/<slug:term>/tasks/<int:number>/cells/<slug:code>/", cells.edit, name="edit_cell"),
    path("policy/<slug:term>/tasks/add/", task_form.add, name="add_task"),
    path("policy/<slug:term>/tasks/<int:number>/edit/", task_form.edit, name="edit_task"),
    path("policy/<slug:term>/tasks/<int:number>/archive/", task_form.archive, name="archive_task"),
    path("policy/<slug:term>/tasks/<int:number>/words/", task_form.words_done, name="task_words"),
]
