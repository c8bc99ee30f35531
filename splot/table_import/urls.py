from django.urls import path

from .pages import imports

urlpatterns = [
    path("policy/<slug:term>/table/read/", imports.upload, name="read_table"),
    path("policy/<slug:term>/table/read/<int:number>/", imports.preview, name="table_reading"),
    path("policy/<slug:term>/table/read/<int:number>/columns/", imports.columns, name="table_reading_columns"),
    path("policy/<slug:term>/table/read/<int:number>/apply/", imports.apply, name="apply_table_reading"),
    path("policy/<slug:term>/table/read/<int:number>/aside/", imports.aside, name="aside_table_reading"),
    path("policy/<slug:term>/table/read/<int:number>/undo/", imports.undo, name="undo_table_reading"),
]
