"""Who can help with what: skills and their many spellings, evidence, ranking, availability."""
