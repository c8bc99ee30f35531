from django.urls import path

from .pages import attachments, calendars, links, reminders, reports, tasks

urlpatterns = [
    path("policy/<slug:term>/table.ics", calendars.plan_calendar, name="plan_calendar"),
    path("policy/<slug:term>/tasks/<int:number>/", tasks.task_page, name="task"),
    path(
        "policy/<slug:term>/tasks/<int:number>/report/", reports.report_task, name="report_progress"
    ),
    path(
        "policy/<slug:term>/tasks/<int:number>/files/<int:file>/",
        attachments.attachment,
        name="attachment",
    ),
    path("policy/<slug:term>/report/", reports.report_many, name="report_many"),
    path("policy/<slug:term>/links/", links.personal_links, name="links"),
    path("policy/<slug:term>/reminders/", reminders.reminders, name="reminders"),
    path("calendar/", calendars.calendars, name="calendars"),
    path(
        "organisations/<int:number>/tasks.ics",
        calendars.institution_calendar,
        name="institution_calendar",
    ),
    path("r/<str:token>/", links.personal_report, name="personal_report"),
    path("r/<str:token>/tasks.ics", links.personal_calendar, name="personal_calendar"),
]
