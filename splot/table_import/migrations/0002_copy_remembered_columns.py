"""What headings meant is kept by another room, for spreadsheets of every kind."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SUBJECT = "tasks"


def copy_columns(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    before = apps.get_model("table_import", "RememberedColumn")
    after = apps.get_model("spreadsheet_columns", "RememberedColumn")
    for column in before.objects.iterator():
        options = {"year": str(column.year or ""), "source": column.source}
        after.objects.create(
            municipality_id=column.municipality_id,
            subject=SUBJECT,
            heading=column.heading,
            code=column.code,
            options={name: value for name, value in options.items() if value},
        )


class Migration(migrations.Migration):
    dependencies = [
        ("spreadsheet_columns", "0001_initial"),
        ("table_import", "0001_initial"),
    ]
    operations = [migrations.RunPython(copy_columns, migrations.RunPython.noop)]
