"""The public files of our blocks, at the addresses that the LMS gives to the blocks themselves."""

from __future__ import annotations


def resource_url(block_type: str, name: str) -> str:
    """As `runtime.local_resource_url`, without a block at hand."""
    from openedx.core.lib.xblock_utils import xblock_local_resource_url
    from xblock.core import XBlock
    from xblock.field_data import DictFieldData
    from xblock.fields import ScopeIds

    scope_ids = ScopeIds(None, block_type, None, None)
    block = XBlock.load_class(block_type)(None, DictFieldData({}), scope_ids)
    url: str = xblock_local_resource_url(block, f"public/{name}")
    return url
