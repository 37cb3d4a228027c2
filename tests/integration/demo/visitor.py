"""A person with a browser, in as far as tests need one."""

import re
from typing import Any

import requests

from demo.town import COURSE, Town

PREFIX = "block-v1:Peer+DL101+2026+type@"
UNIT = f"{PREFIX}vertical+block@unit32"
BLOCK = f"{PREFIX}peer_discussion+block@talk32"


class Visitor(requests.Session):
    """A session on the campus; with a username, a signed-in one."""

    def __init__(self, town: Town, username: str = "") -> None:
        super().__init__()
        self.url = town.address(town.ports.campus)
        if username:
            self.open("/login")
            self.submit("/login", {"username": username})

    def open(self, path: str) -> requests.Response:
        return self.get(self.url + path, timeout=30, allow_redirects=False)

    def submit(self, path: str, data: dict[str, str]) -> requests.Response:
        form = {**data, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        return self.post(self.url + path, data=form, timeout=30, allow_redirects=False)

    def handler(self, name: str, *, mode: str = "courses", block: str = BLOCK) -> str:
        return f"{self.url}/{mode}/{COURSE}/xblock/{block}/handler/{name}"

    def operate(
        self, operation: str, body: Any, *, mode: str = "courses", block: str = BLOCK
    ) -> requests.Response:
        return self.post(
            self.handler(f"call/{operation}", mode=mode, block=block),
            json=body,
            headers={"X-CSRFToken": self.cookies.get("csrftoken", "")},
            timeout=30,
        )


def shell_files(page: str) -> list[str]:
    """Addresses of the static files that a page names."""
    return re.findall(r"""(?:src|href)=["'](/static/[^"']+)""", page)
