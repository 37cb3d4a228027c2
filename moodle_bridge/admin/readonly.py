"""A base for what the bridge writes and people only read."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db.models import Model
from django.http import HttpRequest

if TYPE_CHECKING:
    BaseAdmin = admin.ModelAdmin[Model]
else:
    BaseAdmin = admin.ModelAdmin


class ReadOnlyAdmin(BaseAdmin):
    """Rows can be seen and found, not added, changed or deleted.

    Actions with the permission "operate" are for those who hold the right to change the model.
    """

    show_full_result_count = False

    def has_add_permission(self, *_args: object, **_kwargs: object) -> bool:
        return False

    def has_change_permission(self, *_args: object, **_kwargs: object) -> bool:
        return False

    def has_delete_permission(self, *_args: object, **_kwargs: object) -> bool:
        return False

    def has_operate_permission(self, request: HttpRequest) -> bool:
        codename = get_permission_codename("change", self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")
