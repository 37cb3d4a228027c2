from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat, Substr

NUMBERS = {"question": "1", "discussion": "2"}


def fill_kind_keys(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """The keys of the listing of a kind are those of the space's with the kind's number after the scope."""
    thread = apps.get_model("peer_xblock", "Thread")
    number = Case(*(When(kind=kind, then=Value(digit)) for kind, digit in NUMBERS.items()))
    listed = thread.objects.filter(key_space_activity__isnull=False, kind__in=NUMBERS)
    listed.update(
        **{
            f"key_kind_{name}": Concat(
                Substr(F(f"key_space_{name}"), 1, 8), number, Substr(F(f"key_space_{name}"), 9)
            )
            for name in ("activity", "votes")
        }
    )


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0071_thread_key_kind_votes"),
    ]

    operations = [
        migrations.RunPython(fill_kind_keys, migrations.RunPython.noop),
    ]
