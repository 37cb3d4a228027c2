from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Count


def fill_group_tallies(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Count the threads of each group that are in a listing."""
    thread, tally, space = (apps.get_model("peer_xblock", name) for name in ("Thread", "GroupTally", "Space"))
    listed = thread.objects.filter(key_space_activity__isnull=False).exclude(group_id="")
    totals: dict[int, int] = {}
    for space_id, group_id, n in listed.values_list("space", "group_id").annotate(n=Count("pk")).order_by():
        tally.objects.update_or_create(space_id=space_id, group_id=group_id, defaults={"thread_count": n})
        totals[space_id] = totals.get(space_id, 0) + n
    for space_id, n in totals.items():
        space.objects.filter(pk=space_id).update(grouped_count=n)


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0076_grouptally_peer_group_tally"),
    ]

    operations = [
        migrations.RunPython(fill_group_tallies, migrations.RunPython.noop),
    ]
