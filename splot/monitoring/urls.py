from django.urls import path

from .pages import annual_report, annual_reports, edit, proposals, publish

HERE = "policy/<slug:term>/reports/"

urlpatterns = [
    path(HERE, annual_reports.annual_report_list, name="annual_reports"),
    path(f"{HERE}start/", annual_reports.new_annual_report, name="start_annual_report"),
    path(f"{HERE}<int:year>/", annual_report.annual_report, name="annual_report"),
    path(f"{HERE}<int:year>.pdf", annual_report.annual_report_pdf, name="annual_report_pdf"),
    path(f"{HERE}<int:year>.json", annual_report.annual_report_json, name="annual_report_json"),
    path(f"{HERE}<int:year>/edit/", edit.edit_annual_report, name="edit_annual_report"),
    path(
        f"{HERE}<int:year>/publish/",
        publish.annual_report_publication,
        name="publish_annual_report",
    ),
    path(f"{HERE}<int:year>/proposals/add/", proposals.new_proposal, name="add_proposal"),
    path(
        f"{HERE}<int:year>/proposals/<int:number>/", proposals.edit_proposal, name="edit_proposal"
    ),
    path(
        f"{HERE}<int:year>/proposals/<int:number>/withdraw/",
        proposals.proposal_withdrawal,
        name="withdraw_proposal",
    ),
    path(
        f"{HERE}<int:year>/proposals/<int:number>/decide/",
        proposals.proposal_decision,
        name="decide_proposal",
    ),
]
