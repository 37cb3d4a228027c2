"""The urls of the test host."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [path("admin/", admin.site.urls), path("peer/", include("peer_xblock.urls"))]
