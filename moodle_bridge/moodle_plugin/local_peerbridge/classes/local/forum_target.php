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

namespace local_peerbridge\local;

/**
 * A forum that is mirrored into, with its course, course module and context.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class forum_target {
    /**
     * Only load makes targets.
     */
    private function __construct(
        /** @var \stdClass row of forum */
        public readonly \stdClass $forum,
        /** @var \stdClass row of course */
        public readonly \stdClass $course,
        /** @var \cm_info course module */
        public readonly \cm_info $cm,
        /** @var \context_module of the course module */
        public readonly \context_module $context,
    ) {
    }

    /**
     * Read a forum that the current user may mirror into.
     *
     * @param int $forumid id in table forum
     * @return self
     * @throws item_error forumgone, nopermission
     */
    public static function load(int $forumid): self {
        global $DB;
        $forum = $DB->get_record('forum', ['id' => $forumid]);
        $cm = $forum ? get_fast_modinfo($forum->course)->instances['forum'][$forumid] ?? null : null;
        if (!$cm || $cm->deletioninprogress) {
            throw new item_error('forumgone', $forumid);
        }
        $context = \context_module::instance($cm->id);
        if (!has_capability('local/peerbridge:mirror', $context)) {
            throw new item_error('nopermission', $forumid);
        }
        return new self($forum, $cm->get_course(), $cm, $context);
    }

    /**
     * The group mode that holds in this forum, the course's forced mode considered.
     *
     * @return int NOGROUPS, SEPARATEGROUPS or VISIBLEGROUPS
     */
    public function group_mode(): int {
        return (int)groups_get_activity_groupmode($this->cm, $this->course);
    }
}
