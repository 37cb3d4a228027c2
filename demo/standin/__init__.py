"""A stand-in Moodle: answers the web service functions that the bridge calls as a real one was recorded to."""
