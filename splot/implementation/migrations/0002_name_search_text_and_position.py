from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('implementation', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='task', name='task_in_table_order'),
        migrations.RenameField(model_name='task', old_name='words', new_name='search_text'),
        migrations.RenameField(model_name='task', old_name='place', new_name='table_position'),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['policy', 'table_position', 'number'], name='task_in_table_order'),
        ),
    ]
