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

/**
 * Callbacks of the Peer bridge.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

/**
 * Forgets what was mirrored into a forum that is about to be deleted, so that it can be mirrored anew elsewhere.
 *
 * @param stdClass $cm the course module
 */
function local_peerbridge_pre_course_module_delete(stdClass $cm): void {
    global $DB;
    if ($cm->module == $DB->get_field('modules', 'id', ['name' => 'forum'])) {
        (new \local_peerbridge\local\post_map())->forget_forum((int)$cm->instance);
        \local_peerbridge\local\outbox::leave_forums([(int)$cm->instance]);
    }
}

/**
 * The same for a course: its forums are deleted without the callback above.
 *
 * @param stdClass $course row of course
 */
function local_peerbridge_pre_course_delete(stdClass $course): void {
    global $DB;
    $forums = array_map('intval', $DB->get_fieldset_select('forum', 'id', 'course = ?', [$course->id]));
    \local_peerbridge\local\outbox::leave_forums($forums);
    (new \local_peerbridge\local\post_map())->forget_course((int)$course->id);
}
