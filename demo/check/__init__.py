"""Compares what the campus holds with what Moodle shows: everything once, in its place, and nothing else."""
