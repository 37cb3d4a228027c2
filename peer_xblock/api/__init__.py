"""Authorise, open the transaction, orchestrate: the only way to read or change what people wrote."""
