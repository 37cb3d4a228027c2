"""Files that a test pastes or drops."""

from playwright.sync_api import Locator

_BRING = """(target, [kind, name, type]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array([1, 2, 3])], name, {type}));
  const options = {bubbles: true, cancelable: true};
  target.dispatchEvent(kind === "paste" ? new ClipboardEvent("paste", {...options, clipboardData: data})
    : new DragEvent("drop", {...options, dataTransfer: data}));
}"""


def bring(target: Locator, kind: str, name: str = "slope.png", content_type: str = "image/png") -> None:
    """As somebody does who pastes or drops (`kind`) a file there."""
    target.evaluate(_BRING, [kind, name, content_type])
