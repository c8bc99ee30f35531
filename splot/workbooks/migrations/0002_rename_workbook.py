from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [
        ("implementation", "0001_initial"),
        ("people", "0001_initial"),
        ("policy", "0001_initial"),
        ("workbooks", "0001_initial"),
    ]
    operations = [
        migrations.RemoveConstraint("returnedworkbook", "returned_once"),
        migrations.RenameField("returnedworkbook", "sheet", "workbook"),
        migrations.AddConstraint(
            "returnedworkbook",
            models.UniqueConstraint(fields=("workbook", "digest"), name="returned_once"),
        ),
        migrations.AlterField(
            "issuedworkbook",
            "organisation",
            models.ForeignKey(
                on_delete=deletion.PROTECT, related_name="workbooks", to="people.organisation"
            ),
        ),
        migrations.AlterField(
            "issuedworkbook",
            "plan",
            models.ForeignKey(
                on_delete=deletion.PROTECT,
                related_name="workbooks",
                to="implementation.implementationplan",
            ),
        ),
        migrations.AlterField(
            "workbookupload",
            "policy",
            models.ForeignKey(
                on_delete=deletion.PROTECT, related_name="workbook_uploads", to="policy.policy"
            ),
        ),
    ]
