"""Peer review in plain Python: rubric, grade, who gets what next, and what comes next for a learner."""
