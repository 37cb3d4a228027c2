<?php
// This file is part of Moodle - http://moodle.org/
//
// Moodle is free software: you can redistribute it and/or modify
// it under the terms of the GNU General Public License as published by
// the Free Software Foundation, either version 3 of the License, or
// (at your option) any later version.
//
// Moodle is distributed in the hope that it will be useful,
// but WITHOUT ANY WARRANTY; without even the implied warranty of
// MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
// GNU General Public License for more details.
//
// You should have received a copy of the GNU General Public License
// along with Moodle.  If not, see <http://www.gnu.org/licenses/>.

namespace local_peerbridge;

use local_peerbridge\local\mirror;
use local_peerbridge\local\outbox;

/**
 * Notes what people change in forums. What the bridge itself writes is no news to it.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class observer {
    /** Events that tell of a new text. */
    private const TEXTS = ['\mod_forum\event\post_updated', '\mod_forum\event\discussion_updated'];

    /**
     * A post or a discussion was made, changed or deleted.
     *
     * @param \core\event\base $event one of mod_forum's
     */
    public static function forum_changed(\core\event\base $event): void {
        global $DB;
        if (mirror::is_writing()) {
            return;
        }
        if ($event->objecttable === 'forum_posts') {
            $postid = (int)$event->objectid;
            $discussionid = (int)$event->other['discussionid'];
        } else {
            $discussionid = (int)$event->objectid;
            $postid = (int)$DB->get_field('forum_discussions', 'firstpost', ['id' => $discussionid]);
        }
        $forumid = (int)($event->other['forumid'] ?? 0)
            ?: (int)$DB->get_field('forum_discussions', 'forum', ['id' => $discussionid]);
        if ($postid && $forumid) {
            $kept = in_array($event->eventname, self::TEXTS, true) ? outbox::text_of_mirrored($postid) : [];
            outbox::note($forumid, $discussionid, $postid, (int)$event->userid, $kept);
        }
    }

    /**
     * A discussion is in another forum: whoever reads either has to know it of each post.
     *
     * @param \mod_forum\event\discussion_moved $event the move
     */
    public static function discussion_moved(\mod_forum\event\discussion_moved $event): void {
        global $DB;
        $postids = $DB->get_fieldset_select('forum_posts', 'id', 'discussion = ? ORDER BY id', [$event->objectid]);
        foreach (array_map('intval', $postids) as $postid) {
            foreach (['fromforumid', 'toforumid'] as $end) {
                outbox::note((int)$event->other[$end], (int)$event->objectid, $postid, (int)$event->userid);
            }
        }
    }

    /**
     * An activity is gone.
     *
     * @param \core\event\course_module_deleted $event of any activity
     */
    public static function activity_deleted(\core\event\course_module_deleted $event): void {
        if ($event->other['modulename'] === 'forum') {
            outbox::forum_is_gone((int)$event->other['instanceid']);
        }
    }

    /**
     * A course is gone with all its forums.
     */
    public static function course_deleted(): void {
        outbox::forum_is_gone(null);
    }
}
