from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Max

PRIVATE_FROM = 2**30


def fill_mine(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Who wrote in a thread before it was noted finds it among their own."""
    post, state = (apps.get_model("peer_xblock", name) for name in ("Post", "ReadState"))
    written = post.objects.filter(author__isnull=False, number__lt=PRIVATE_FROM).order_by()
    latest = written.values_list("thread__space", "author", "thread", "thread__public_id")
    for space, user, thread, public_id, at in latest.annotate(at=Max("created_at")).iterator():
        key = f"{space:08x}{user:012x}{int(at.timestamp()):08x}{public_id[-16:]}"
        mine = state.objects.filter(user_id=user, thread_id=thread)
        if mine.exists():
            mine.filter(key_mine=None).update(key_mine=key)
        else:
            state.objects.create(user_id=user, thread_id=thread, number=0, key_mine=key)


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0131_remove_thread_key_kind_votes"),
    ]

    operations = [
        migrations.RunPython(fill_mine, migrations.RunPython.noop),
    ]
