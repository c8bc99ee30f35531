import django.utils.timezone
from django.db import migrations, models
from django.db.models.functions import Coalesce, TruncDate


def take_first_days(apps, schema_editor):
    """A task was entered on the day of its first state."""
    states = apps.get_model('implementation', 'TaskState').objects
    first = states.filter(task=models.OuterRef('pk')).order_by('pk')
    days = first.annotate(day=TruncDate('at')).values('day')[:1]
    tasks = apps.get_model('implementation', 'Task').objects
    tasks.update(entered_on=Coalesce(models.Subquery(days), models.F('entered_on')))


class Migration(migrations.Migration):

    dependencies = [
        ('implementation', '0007_leave_words_to_the_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='entered_on',
            field=models.DateField(default=django.utils.timezone.localdate, editable=False),
        ),
        migrations.RunPython(take_first_days, migrations.RunPython.noop),
    ]
