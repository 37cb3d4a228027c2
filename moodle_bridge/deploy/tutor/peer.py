"""`tutor plugins enable peer`: the blocks in the openedx image, their settings, tables and periodic work."""

from tutor import hooks

from .loading import VERSION, add_patches

hooks.Filters.CONFIG_UNIQUE.add_items(
    [
        # A Fernet key: 32 bytes in base64, of which 43 letters and digits and a sign are one form.
        ("PEER_SECRET_KEY", "{{ 43|random_string }}="),
    ]
)
hooks.Filters.CONFIG_DEFAULTS.add_items(
    [
        ("PEER_VERSION", VERSION),
        # The wheel that lies in env/build/openedx, or whatever pip can install.
        ("PEER_PIP_REQUIREMENT", "/openedx/peer/peer_xblock-{{ PEER_VERSION }}-py3-none-any.whl"),
        ("PEER_FORMER_SECRET_KEYS", []),
        ("PEER_NUDGE", True),
        ("PEER_TICK_EVERY", 60),
    ]
)
hooks.Filters.CLI_DO_INIT_TASKS.add_items(
    [(service, f"./manage.py {service} migrate peer_xblock") for service in ("lms", "cms")]
)
add_patches("peer")
