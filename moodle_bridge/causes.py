"""What the causes of the inbox mean, and what an administrator can do about each."""

from django.utils.translation import gettext_lazy as _

EXPLANATIONS = {
    "accessexception": _(
        "Moodle refuses the token, or the function is not in its service. See the service in Moodle."
    ),
    "activityisscheduledfordeletion": _(
        "The forum is being deleted in Moodle. Map the space to another forum."
    ),
    "audience": _("The bridge does not know this kind of audience, so the post stays in Open edX."),
    "cannotcreatediscussion": _(
        "The forum takes no new discussions: its type or its cut-off date forbids it."
    ),
    "cannotpost": _(
        "Moodle does not let the author post here: a topic for everyone among separate groups, announcements,"
        " cut-off date or lock."
    ),
    "certificate": _("Moodle's TLS certificate is not valid."),
    "conflict": _("Moodle's database refused for the moment. It is tried again."),
    "connection": _("Moodle cannot be reached. It is tried again."),
    "enrolrefused": _(
        "The person could not be enrolled. Give the service account the right to enrol, or enrol by hand."
    ),
    "forumgone": _("The forum does not exist in Moodle. Map the space to another forum."),
    "forummismatch": _("The post is already mirrored in another forum, where it stays."),
    "groupmismatch": _(
        "The author is not in the Moodle group, the discussion has other readers, or the forum does not separate"
        " groups."
    ),
    "groupsnotseparate": _(
        "Written for one group, but the forum's line here does not say “separate groups”."
    ),
    "hole": _("Waits for an earlier post that has not arrived yet, at most 10 minutes."),
    "html": _("Moodle answered with a web page instead of data. It is tried again."),
    "internal": _("The bridge itself failed; its log says how."),
    "invaliditem": _(
        "Moodle's plugin did not accept a field of the post. Its version may differ from the bridge's."
    ),
    "invalidrecord": _("Moodle does not find the forum, the post or the person."),
    "invalidrecordunknown": _("Moodle does not find the forum, the post or the person."),
    "invalidtoken": _("Moodle does not know the token. Make a new one and enter it here."),
    "foreign": _("It was born in Moodle, and is there already."),
    "lmsanswer": _("The LMS did not answer for this post. It is tried again."),
    "lmsaway": _("The LMS cannot be reached. It is tried again."),
    "lmsbatch": _("The LMS did not understand what was sent. Its version may differ from the bridge's."),
    "lmsparent": _("The post that it answers is not in the LMS."),
    "lmssecret": _("There is no readable secret for the way back. Enter the LMS's incoming secret."),
    "lmssignature": _("The LMS does not accept the signature. Enter its connection's incoming secret anew."),
    "lmstenant": _("The LMS has no active connection of this tenant's name."),
    "lmstoolarge": _("The post is too large for the LMS."),
    "lms:changed": _("It was changed in the LMS meanwhile: both texts are in its history there."),
    "lms:closed": _("The thread is closed in the LMS."),
    "lms:forbidden": _("The author may not write there in the LMS, or others would read it there."),
    "lms:invalid": _("The LMS cannot show the post: it has no text, or what it answers was removed."),
    "lms:not_found": _("The LMS has no such course or space for this tenant, or the author may not see it."),
    "lms:too_large": _("The post is too large for the LMS."),
    "matchambiguous": _("More than one Moodle account has this person's ID number."),
    "matchnone": _("No Moodle account has this person's ID number."),
    "matchunreadable": _("The service account may not read ID numbers in Moodle."),
    "nogroup": _("The mapped group does not exist in the Moodle course."),
    "nopermission": _(
        "The service account may not mirror into this forum. Give it the capability, then send again."
    ),
    "nospace": _("Begun in a forum that several spaces share. Give the forum's space a line of its own."),
    "nosubject": _("The LMS knows no enterprise identity of the author."),
    "notenrolled": _("The author is not enrolled in the Moodle course."),
    "notvisible": _("The author cannot see the forum or the course in Moodle."),
    "followed": _(
        "The discussion was moved to another forum of the course. It is mirrored there from now on."
    ),
    "moved": _(
        "The discussion was moved in Moodle to a forum that is not mapped."
        " Map the forum to the course, or move it back."
    ),
    "unchanged": _("Saved in Moodle without a change."),
    "othertenant": _("It was mirrored for another tenant."),
    "private": _("A reply for one person only stays in Moodle."),
    "serviceaccount": _("Written by the service account itself."),
    "otherissuer": _("The author's identity was issued by somebody else than this tenant's issuer."),
    "parentgone": _(
        "The post that it answers was deleted in Moodle. It follows once that one is there again."
    ),
    "parentmissing": _("The post that it answers is not in Moodle yet. It follows by itself."),
    "phpfatal": _("Moodle broke off with an error of its own. It is tried again."),
    "placed": _("Its place in the discussion was made; its deletion follows at once."),
    "pluginmissing": _(
        "The plugin local_peerbridge is not installed in Moodle, or its functions are not in the service."
    ),
    "requireloginerror": _("The service account may not enter the course or the forum."),
    "settling": _("Waits until Moodle must have finished an earlier try of unknown effect."),
    "siteclosed": _("This Moodle is paused, stopped or away. Everything is kept."),
    "sitemaintenance": _("Moodle is in maintenance. It is tried again."),
    "sitepolicynotagreed": _("The service account has not agreed to Moodle's site policy."),
    "staff": _("Only staff may read it, so it stays in Open edX."),
    "throttled": _("The forum limits how much one person may post."),
    "timeout": _("Moodle took too long to answer. It is tried again."),
    "tokenunreadable": _(
        "The bridge's keys do not open the stored token. Bring the keys back, or enter the token again."
    ),
    "truncated": _("Moodle's answer was cut off. It is tried again."),
    "unknowntype": _("A newer LMS sent a kind of event that this bridge does not know yet."),
    "unmapped": _("The course or space is not mapped to a Moodle forum."),
    "unmappedgroup": _("Written for a group that is not mapped to a Moodle group."),
    "usernotfound": _("The author's Moodle account is gone or suspended."),
    "withheld": _("The LMS keeps it from some of Moodle's readers, so it stays in Open edX."),
}


# Translators: in each of these {cause} is a sentence.
COMPOSED = {
    "attributed": _("Posted by the service account, with the author's name. {cause}"),
    "giveback": _("The LMS's own stands; its author in Moodle is told so. {cause}"),
    "stands": _("The LMS's own stands; the change went back to its author in Moodle. {cause}"),
    "gaveup": _("Given up after many tries. {cause}"),
    "service": _("Moodle does not take it from the service account either. {cause}"),
}


def explain(cause: str) -> str:
    """The cause as a sentence; one that is unknown is shown as it is."""
    kind, _colon, rest = cause.partition(":")
    if kind in COMPOSED:
        return str(COMPOSED[kind]).format(cause=explain(rest))
    return str(EXPLANATIONS.get(cause, cause))
