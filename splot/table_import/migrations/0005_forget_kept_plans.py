"""What is kept of a plan says how the file names the rows that a row waits for: plans of before are
worked out anew.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_kept_plans(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("table_import", "StoredPlan").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("table_import", "0004_rename_archived")]

    operations = [migrations.RunPython(forget_kept_plans, migrations.RunPython.noop)]
