from uuid import uuid4

from django.db import migrations, models


def give_each_a_key(apps, schema_editor):
    for draft in apps.get_model("reporting", "ReportDraft").objects.all():
        draft.form_key = uuid4()
        draft.save(update_fields=["form_key"])


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_keep_json_with_its_version")]
    operations = [
        migrations.AddField("reportdraft", "form_key", models.UUIDField(null=True)),
        migrations.RunPython(give_each_a_key, migrations.RunPython.noop),
        migrations.AlterField("reportdraft", "form_key", models.UUIDField(default=uuid4)),
    ]
