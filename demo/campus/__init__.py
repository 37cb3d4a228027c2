"""The campus: a small Django host that gives XBlocks what an LMS and a Studio give them, traps included."""
