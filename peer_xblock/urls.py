"""Under /peer in the LMS."""

from __future__ import annotations

from django.urls import path

from . import views
from .inbound import take_inbound

app_name = "peer_xblock"

urlpatterns = [
    path("p/<str:post_id>", views.open_post, name="post"),
    path("i/<str:picture_id>", views.show_picture, name="picture"),
    path("stop/<str:token>", views.stop_mails, name="stop"),
    path("course/<str:context_key>", views.show_course, name="course"),
    path("course/<str:context_key>/<str:space_id>", views.show_course, name="space"),
    path("v1/inbound", take_inbound, name="inbound"),
    path("v1/<str:space_id>/<str:operation>", views.call, name="call"),
]
