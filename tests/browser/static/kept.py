"""What the device has on its disk of what was typed."""

from playwright.sync_api import Page

_ROWS = """() => new Promise((resolve) => {
  const opening = indexedDB.open("peer", 1);
  opening.onsuccess = () => {
    const asking = opening.result.transaction("drafts").objectStore("drafts").getAll();
    asking.onsuccess = () => { opening.result.close(); resolve(asking.result); };
  };
})"""
#: The texts of all drafts of the discussion.
STORED = f"async () => (await ({_ROWS})()).map((row) => row.record.draft.body)"


def await_kept(page: Page, text: str) -> None:
    """Wait until a row holds the text: whoever leaves the page earlier may lose it."""
    page.wait_for_function(f"async (text) => JSON.stringify(await ({_ROWS})()).includes(text)", arg=text)
