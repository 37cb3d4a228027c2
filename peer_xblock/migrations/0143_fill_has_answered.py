from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Exists, OuterRef

RESPONSE = 1


def fill_has_answered(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Who answered before it was noted sees what others answered, also where answers wait for one's own."""
    post, state = (apps.get_model("peer_xblock", name) for name in ("Post", "ReadState"))
    responses = post.objects.filter(depth=RESPONSE, deleted_at=None).exclude(audience="staff")
    own = responses.filter(author_id=OuterRef("user_id"), thread_id=OuterRef("thread_id"))
    state.objects.filter(Exists(own), has_answered=False).update(has_answered=True)


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0142_fill_mine"),
    ]

    operations = [
        migrations.RunPython(fill_has_answered, migrations.RunPython.noop),
    ]
