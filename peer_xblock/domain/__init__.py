"""Rules in plain Python: no Django, no Celery, no XBlock."""
