"""The Celery app of the bridge: workers over the same due rows that `moodle_bridge run` serves by itself.

Nothing is lost with the broker: a message only says "look". Late acknowledgement and rejection on a lost worker
keep a killed worker from swallowing the hint; beat repeats it each minute anyway.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moodle_bridge.settings")

app = Celery("moodle_bridge")
app.set_default()
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"confirm_publish": True, "confirm_timeout": 10},
    beat_schedule={
        "deliver": {"task": "moodle_bridge.deliver", "schedule": 60.0},
        "bring_back": {"task": "moodle_bridge.bring_back", "schedule": 10.0},
        "reconcile": {"task": "moodle_bridge.reconcile", "schedule": 900.0},
        "housekeeping": {"task": "moodle_bridge.housekeeping", "schedule": 300.0},
    },
)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["moodle_bridge"])
