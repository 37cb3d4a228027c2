"""core_webservice_get_site_info."""

from __future__ import annotations

from typing import Any

from demo.standin.access import Caller
from demo.standin.exporters import picture_url
from demo.standin.functions.registry import FUNCTIONS, function
from demo.standin.site import RELEASES


@function("core_webservice_get_site_info")
def get_site_info(caller: Caller, _params: dict[str, Any]) -> dict[str, Any]:
    """Who the token belongs to, and which functions its service holds."""
    account, site = caller.account, caller.site
    names = [
        name
        for name, declared in sorted(FUNCTIONS.items())
        if name not in site["missing_functions"] and (site["plugin"] or not declared.is_plugin)
    ]
    release = RELEASES[site["branch"]]
    return {
        "sitename": site["sitename"],
        "username": account.username,
        "firstname": account.firstname,
        "lastname": account.lastname,
        "fullname": account.fullname,
        "lang": account.lang,
        "userid": account.id,
        "siteurl": site.url,
        "userpictureurl": picture_url(site, "f1"),
        "functions": [{"name": name, "version": release["version"]} for name in names],
        "downloadfiles": 1,
        "uploadfiles": 1,
        "release": release["release"],
        "version": release["version"],
        "mobilecssurl": "",
        "advancedfeatures": [],
        "usercanmanageownfiles": True,
        "userquota": 104857600,
        "usermaxuploadfilesize": 2097152,
        "userhomepage": 1,
        "userprivateaccesskey": "",
        "siteid": 1,
        "sitecalendartype": "gregorian",
        "usercalendartype": "gregorian",
        "userissiteadmin": False,
        "theme": "boost",
        "limitconcurrentlogins": 0,
        "policyagreed": 0,
    }
