"""Measurements: one module a subject, one shared way to count, print and judge."""
