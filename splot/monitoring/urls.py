from django.urls import path

from .pages import edit, proposals, publish, report, reports

HERE = "policy/<slug:term>/reports/"

urlpatterns = [
    path(HERE, reports.report_list, name="reports"),
    path(f"{HERE}start/", reports.start, name="start_report"),
    path(f"{HERE}<int:year>/", report.report, name="report"),
    path(f"{HERE}<int:year>.pdf", report.pdf, name="report_pdf"),
    path(f"{HERE}<int:year>.json", report.facts, name="report_json"),
    path(f"{HERE}<int:year>/edit/", edit.edit, name="edit_report"),
    path(f"{HERE}<int:year>/publish/", publish.publish, name="publish_report"),
    path(f"{HERE}<int:year>/proposals/add/", proposals.add, name="add_proposal"),
    path(f"{HERE}<int:year>/proposals/<int:number>/", proposals.edit, name="edit_proposal"),
    path(f"{HERE}<int:year>/proposals/<int:number>/withdraw/", proposals.withdraw, name="withdraw_proposal"),
    path(f"{HERE}<int:year>/proposals/<int:number>/decide/", proposals.decide, name="decide_proposal"),
]
