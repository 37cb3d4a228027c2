"""The bridge's admin: what is set up, what is on its way, where a post is."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moodle_bridge.admin import comparisons, inbound, inbox, ledger, people, tenants

__all__ = ["comparisons", "inbound", "inbox", "ledger", "people", "tenants"]

admin.site.site_title = _("Mirror to Moodle")
admin.site.site_header = _("Mirror to Moodle")
admin.site.index_title = _("Overview")
