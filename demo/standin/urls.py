"""Addresses, where Moodle has them."""

from django.urls import path
from django.views.i18n import set_language

from demo.standin.control import control
from demo.standin.pages import discussion, forum, fragment, front
from demo.standin.rest import server
from demo.standin.writing import write

urlpatterns = [
    path("webservice/rest/server.php", server),
    path("standin/control", control),
    path("", front, name="front"),
    path("mod/forum/view.php", forum, name="forum"),
    path("mod/forum/discuss.php", discussion, name="discussion"),
    path("standin/write", write, name="write"),
    path("standin/fragment/<str:page>", fragment, name="fragment"),
    path("lang", set_language, name="set_language"),
]
