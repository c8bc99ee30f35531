import django.db.models.deletion
from django.db import migrations, models


def give_areas(apps, schema_editor):
    """Every task gets the area of its first activity; of a repealed one where it has no other."""
    Activity = apps.get_model('policy', 'Activity')
    activities = Activity.objects.filter(tasks=models.OuterRef('pk')).order_by(
        'is_dropped', 'area__number', 'position'
    )
    tasks = apps.get_model('implementation', 'Task').objects
    tasks.update(area=models.Subquery(activities.values('area')[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('implementation', '0003_keep_json_with_its_version'),
        ('policy', '0003_kept_json_has_a_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='area',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policy.area'),
        ),
        migrations.RunPython(give_areas, migrations.RunPython.noop),
    ]
