"""Policies made before there was writing were read from an act: say so, and let its passages name their rows."""

from django.db import migrations

PARTS = ("Area", "Aim", "Activity", "Provision")


def name_passages(apps, schema_editor):
    version_model = apps.get_model("policy", "PolicyVersion")
    for version in version_model.objects.all():
        refs = {}
        for name in PARTS:
            rows = apps.get_model("policy", name).objects.filter(policy=version.policy_id).exclude(eid="")
            refs |= {eid: f"{name.lower()}-{pk}" for eid, pk in rows.values_list("eid", "pk")}
        for text in version.texts.values():
            mark(text["nodes"], refs)
        version.was_read = True
        version.save(update_fields=["texts", "was_read"])
    apps.get_model("policy", "Area").objects.update(origins=[{"act": "", "number": ""}])


def mark(nodes, refs):
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node["eId"] in refs:
            node["ref"] = refs[node["eId"]]
        waiting.extend(node.get("children", ()))


class Migration(migrations.Migration):
    dependencies = [("policy", "0002_writing")]

    operations = [migrations.RunPython(name_passages, migrations.RunPython.noop)]
