"""A client of Moodle's web services. Plain Python: no Django, no Celery."""
