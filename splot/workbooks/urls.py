from django.urls import path

from .pages import workbooks

urlpatterns = [
    path("policy/<slug:term>/sheets/", workbooks.workbook_list, name="workbooks"),
    path(
        "policy/<slug:term>/sheets/make/", workbooks.download_new_workbooks, name="make_workbooks"
    ),
    path(
        "policy/<slug:term>/sheets/<int:number>.xlsx",
        workbooks.download_workbook,
        name="workbook_file",
    ),
    path("policy/<slug:term>/sheets/return/", workbooks.upload_workbooks, name="upload_workbooks"),
    path(
        "policy/<slug:term>/sheets/uploads/<int:number>/",
        workbooks.upload_results,
        name="workbook_upload",
    ),
    path(
        "policy/<slug:term>/sheets/returns/<int:number>/",
        workbooks.returned_workbook,
        name="returned_workbook",
    ),
]
