"""The campus on one machine: a small host for the blocks, and a stand-in Moodle to mirror into."""
