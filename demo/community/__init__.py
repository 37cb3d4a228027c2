"""Who is on the campus and what they wrote: the demo's own people, and communities read from a file."""
