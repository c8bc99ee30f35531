from django.db import migrations


def move_sentences(apps, schema_editor):
    """A sentence of an earlier release becomes a message without values."""
    entries = apps.get_model("core", "UnsavedEntry").objects
    for entry in entries.exclude(reason="").iterator():
        if not entry.reasons:
            kept = [[entry.reason, {}]]
            entries.filter(pk=entry.pk).update(reasons=kept)


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0003_keep_reasons_as_messages"),
    ]

    operations = [
        migrations.RunPython(move_sentences, migrations.RunPython.noop),
    ]
