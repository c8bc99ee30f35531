from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [
        ("implementation", "0001_initial"),
        ("table_import", "0003_drop_remembered_columns"),
    ]
    operations = [
        migrations.RenameField("tableimport", "is_put_away", "is_archived"),
        migrations.AlterField(
            "tableimport",
            "plan",
            models.ForeignKey(
                on_delete=deletion.PROTECT,
                related_name="imports",
                to="implementation.implementationplan",
            ),
        ),
    ]
