"""From Moodle to the LMS: what people write, edit and delete in a mapped forum."""

from moodle_bridge.inbound.rounds import bring_back

__all__ = ["bring_back"]
