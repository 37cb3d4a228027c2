"""Figures for Prometheus, read from the database when they are asked for, so that every process tells the same."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from moodle_bridge.models import (
    Comparison,
    Counter,
    Heartbeat,
    InboundLine,
    InboundPost,
    InboxEvent,
    Lane,
    MoodleSite,
    State,
)

OPEN = (State.PENDING, State.WAITING, State.HELD, State.DEAD)


def expose(*, now: datetime) -> bytes:
    """All figures as Prometheus text. Tenants by short name, Moodles by number; nothing of people or posts."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(now))
    return generate_latest(registry)


class _Figures(Collector):
    """A few grouped statements a scrape, whatever there is."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def collect(self) -> Iterator[Metric]:
        yield from self._loops()
        yield from self._events()
        yield from self._sites()
        yield from self._way_back()
        yield self._counters()

    def _loops(self) -> Iterator[Metric]:
        ages = GaugeMetricFamily(
            "moodle_bridge_loop_age_seconds", "Since a loop last went round", labels=["loop"]
        )
        for name, beat_at in Heartbeat.objects.values_list("name", "beat_at"):
            ages.add_metric([name], (self._now - beat_at).total_seconds())
        yield ages

    def _events(self) -> Iterator[Metric]:
        events = GaugeMetricFamily(
            "moodle_bridge_events", "Events that are not settled", labels=["tenant", "state"]
        )
        rows = InboxEvent.objects.filter(state__in=OPEN).values_list("tenant__slug", "state")
        for slug, state, count in rows.annotate(count=Count("pk")).order_by():
            events.add_metric([slug, state], count)
        yield events
        overdue = GaugeMetricFamily(
            "moodle_bridge_overdue_seconds", "How long the longest waiting thread is due", labels=["tenant"]
        )
        due = Lane.objects.filter(due_at__lte=self._now).values_list("tenant__slug")
        for slug, oldest in due.annotate(oldest=Min("due_at")).order_by():
            overdue.add_metric([slug], (self._now - oldest).total_seconds())
        yield overdue

    def _sites(self) -> Iterator[Metric]:
        up = GaugeMetricFamily(
            "moodle_bridge_site_up", "1 while a Moodle is written to", labels=["tenant", "site", "why"]
        )
        for site in MoodleSite.objects.select_related("tenant"):
            why = site.stop_code or ("paused" if site.is_paused else "away" if site.failures >= 3 else "")
            up.add_metric([site.tenant.slug, str(site.pk), why], 0 if why else 1)
        yield up
        decisions = GaugeMetricFamily(
            "moodle_bridge_decisions", "Forums of the last night with something to decide", labels=["site"]
        )
        newest = Comparison.objects.filter(is_dry_run=False).order_by("-compared_at").first()
        if newest is not None:
            night = Comparison.objects.filter(is_dry_run=False, compared_at__date=newest.compared_at.date())
            open_ = night.exclude(decision="").values_list("site")
            for site_id, count in open_.annotate(count=Count("forum_id", distinct=True)).order_by():
                decisions.add_metric([str(site_id)], count)
        yield decisions

    def _way_back(self) -> Iterator[Metric]:
        labels = ["tenant", "site"]
        ages = GaugeMetricFamily(
            "moodle_bridge_read_age_seconds", "Since a Moodle's changes were last read", labels=labels
        )
        failures = GaugeMetricFamily(
            "moodle_bridge_read_failures", "Failures of a way back in a row", labels=labels
        )
        lines = InboundLine.objects.filter(site__tenant__is_active=True).exclude(site__tenant__lms_url="")
        for line in lines.select_related("site__tenant"):
            names = [line.site.tenant.slug, str(line.site_id)]
            if line.read_at is not None:
                ages.add_metric(names, (self._now - line.read_at).total_seconds())
            failures.add_metric(names, line.failures)
        yield from (ages, failures)
        posts = GaugeMetricFamily(
            "moodle_bridge_inbound", "Changes of Moodle that are not settled", labels=[*labels, "state"]
        )
        rows = InboundPost.objects.filter(state__in=OPEN).values_list("site__tenant__slug", "site", "state")
        for slug, site_id, state, count in rows.annotate(count=Count("pk")).order_by():
            posts.add_metric([slug, str(site_id), state], count)
        yield posts

    def _counters(self) -> Metric:
        totals = CounterMetricFamily(
            "moodle_bridge_happened", "What happened, as the admin counts it", labels=["tenant", "what"]
        )
        for slug, name, value in Counter.objects.values_list("tenant__slug", "name", "value"):
            totals.add_metric([slug, name], value)
        return totals
