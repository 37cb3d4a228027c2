"""The bridge's addresses: receiving, health, and the admin at its root."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from moodle_bridge.api import api
from moodle_bridge.views import healthz, metrics

urlpatterns = [
    path("v1/", api.urls),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
]
