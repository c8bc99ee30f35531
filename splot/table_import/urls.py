from django.urls import path

from .pages import imports, rows

urlpatterns = [
    path("policy/<slug:term>/table/read/", imports.upload_table, name="import_table"),
    path("policy/<slug:term>/table/read/<int:number>/", rows.import_preview, name="table_import"),
    path(
        "policy/<slug:term>/table/read/<int:number>/columns/",
        imports.confirm_columns,
        name="table_import_columns",
    ),
    path(
        "policy/<slug:term>/table/read/<int:number>/apply/",
        rows.apply_rows,
        name="apply_table_import",
    ),
    path(
        "policy/<slug:term>/table/read/<int:number>/aside/",
        imports.archive_or_restore_import,
        name="archive_table_import",
    ),
    path(
        "policy/<slug:term>/table/read/<int:number>/undo/",
        rows.undo_rows,
        name="undo_table_import",
    ),
]
