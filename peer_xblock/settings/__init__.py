"""Settings that the plugin adds to the LMS and Studio."""
