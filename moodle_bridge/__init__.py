"""The bridge: a Django service that mirrors what learners contribute in Open edX into Moodle."""
