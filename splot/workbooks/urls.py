from django.urls import path

from .pages import workbooks

urlpatterns = [
    path("policy/<slug:term>/sheets/", workbooks.sheets, name="sheets"),
    path("policy/<slug:term>/sheets/make/", workbooks.make, name="make_sheets"),
    path("policy/<slug:term>/sheets/<int:number>.xlsx", workbooks.file, name="sheet_file"),
    path("policy/<slug:term>/sheets/return/", workbooks.take_back, name="return_sheets"),
    path("policy/<slug:term>/sheets/uploads/<int:number>/", workbooks.upload, name="sheet_upload"),
    path("policy/<slug:term>/sheets/returns/<int:number>/", workbooks.returned, name="returned_sheet"),
]
