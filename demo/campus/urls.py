"""Addresses of the campus; handlers where the LMS and Studio have theirs."""

from django.contrib import admin
from django.urls import include, path

from demo.campus import author, handlers, mail, pages, progress

urlpatterns = [
    path("", pages.home, name="home"),
    path("login", pages.log_in, name="log_in"),
    path("logout", pages.log_out, name="log_out"),
    path("lang", mail.choose_language, name="set_language"),
    path("theme", pages.set_theme, name="set_theme"),
    path("learn/<str:course>/<str:unit>", pages.learn, name="learn"),
    path("xblock/<str:usage>", pages.chromeless, name="xblock"),
    path("progress/<str:course>", progress.progress, name="progress"),
    path("mail", mail.mailbox, name="mail"),
    path("mail/now", mail.send_now, name="mail_now"),
    path("studio/<str:course>", author.outline, name="studio"),
    path("studio/unit/<str:unit>", author.unit, name="studio_unit"),
    path("studio/block/<str:usage>", author.settings_form, name="studio_block"),
    path(
        "<str:mode>/<str:course>/xblock/<str:usage>/handler/<str:handler>",
        handlers.handle,
        name="handler",
    ),
    path(
        "<str:mode>/<str:course>/xblock/<str:usage>/handler/<str:handler>/<path:suffix>",
        handlers.handle,
    ),
    path("peer/", include("peer_xblock.urls")),
    path("admin/", admin.site.urls),
]
