"""`tutor plugins enable peer_bridge`: the bridge as a service beside the LMS, on its database server or another."""

from typing import Any

from tutor import hooks

from .loading import HERE, VERSION, add_patches

IMAGE = ("plugins", "peer_bridge", "image")

hooks.Filters.CONFIG_UNIQUE.add_items(
    [
        ("PEER_BRIDGE_SECRET_KEY", "{{ 43|random_string }}="),
        ("PEER_BRIDGE_DJANGO_KEY", "{{ 50|random_string }}"),
        ("PEER_BRIDGE_DATABASE_PASSWORD", "{{ 24|random_string }}"),
    ]
)
hooks.Filters.CONFIG_DEFAULTS.add_items(
    [
        ("PEER_BRIDGE_VERSION", VERSION),
        # Empty: the wheel that lies in env/plugins/peer_bridge/image.
        ("PEER_BRIDGE_PIP_REQUIREMENT", ""),
        ("PEER_BRIDGE_DOCKER_IMAGE", "peer-bridge:{{ PEER_BRIDGE_VERSION }}"),
        ("PEER_BRIDGE_HOST", "bridge.{{ LMS_HOST }}"),
        ("PEER_BRIDGE_FORMER_SECRET_KEYS", []),
        ("PEER_BRIDGE_LANGUAGE", "{{ 'fr' if LANGUAGE_CODE.startswith('fr') else 'en' }}"),
        ("PEER_BRIDGE_DATABASE_NAME", "peer_bridge"),
        ("PEER_BRIDGE_DATABASE_USERNAME", "peer_bridge"),
        (
            "PEER_BRIDGE_DATABASE_URL",
            "mysql://{{ PEER_BRIDGE_DATABASE_USERNAME }}:{{ PEER_BRIDGE_DATABASE_PASSWORD }}"
            "@{{ MYSQL_HOST }}:{{ MYSQL_PORT }}/{{ PEER_BRIDGE_DATABASE_NAME }}",
        ),
    ]
)
hooks.Filters.ENV_TEMPLATE_ROOTS.add_item(str(HERE.parent))
hooks.Filters.ENV_TEMPLATE_TARGETS.add_item(("image/", "plugins/peer_bridge"))


def add_image(images: list[Any], config: dict[str, Any]) -> list[Any]:
    """`tutor images build peer-bridge`."""
    package = f"--build-arg=PACKAGE={config['PEER_BRIDGE_PIP_REQUIREMENT']}"
    return [*images, ("peer-bridge", IMAGE, "{{ PEER_BRIDGE_DOCKER_IMAGE }}", (package,))]


hooks.Filters.IMAGES_BUILD.add()(add_image)

# It is in no registry: `tutor local launch` builds it.
hooks.Filters.IMAGES_BUILD_REQUIRED.add_item("peer-bridge")
hooks.Filters.IMAGES_PUSH.add_item(("peer-bridge", "{{ PEER_BRIDGE_DOCKER_IMAGE }}"))
hooks.Filters.CLI_DO_INIT_TASKS.add_items(
    [
        ("mysql", (HERE / "partials/bridge-database.sh").read_text(encoding="utf-8")),
        ("peer-bridge", "python -m moodle_bridge migrate"),
    ]
)
add_patches("bridge")
