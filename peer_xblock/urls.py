"""Under /peer in the LMS and Studio."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "peer_xblock"

urlpatterns = [
    path("p/<str:post_id>", views.open_post, name="post"),
]
