"""The bridge's tables."""

from moodle_bridge.models.inbound import InboundLine, InboundPost
from moodle_bridge.models.inbox import OPEN_STATES, REPLAYABLE_STATES, InboxEvent, Lane, State
from moodle_bridge.models.ledger import LedgerEntry, Presence
from moodle_bridge.models.maps import CourseMap, GroupMap, SpaceMap
from moodle_bridge.models.operations import Comparison, Counter, Heartbeat
from moodle_bridge.models.people import Match, MoodleAccount, Person
from moodle_bridge.models.tenants import Mode, MoodleSite, Tenant, Unmatched

__all__ = [
    "OPEN_STATES",
    "REPLAYABLE_STATES",
    "Comparison",
    "Counter",
    "CourseMap",
    "GroupMap",
    "Heartbeat",
    "InboundLine",
    "InboundPost",
    "InboxEvent",
    "Lane",
    "LedgerEntry",
    "Match",
    "Mode",
    "MoodleAccount",
    "MoodleSite",
    "Person",
    "Presence",
    "SpaceMap",
    "State",
    "Tenant",
    "Unmatched",
]
