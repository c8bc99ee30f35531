from django.db import migrations, models


def count_conflicts(apps, schema_editor):
    """How many cells of each workbook that came back are still to be decided."""
    Returned = apps.get_model('workbooks', 'ReturnedWorkbook')
    for key, cells in Returned.objects.values_list('pk', 'cells').iterator(chunk_size=50):
        number = sum(cell['state'] == 'conflict' for cell in cells)
        if number:
            Returned.objects.filter(pk=key).update(conflicts=number)


class Migration(migrations.Migration):

    dependencies = [
        ('workbooks', '0003_version_json'),
    ]

    operations = [
        migrations.AddField(
            model_name='returnedworkbook',
            name='conflicts',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(count_conflicts, migrations.RunPython.noop),
    ]
