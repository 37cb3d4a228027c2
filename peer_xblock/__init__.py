"""Peer discussion, peer review and an expert directory as XBlocks, with the Django app behind them."""

__version__ = "0.1.0"
