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

namespace local_peerbridge\external;

use core_external\external_api;
use core_external\external_function_parameters;
use core_external\external_value;
use local_peerbridge\local\json_text;
use local_peerbridge\local\outbox;

/**
 * Notes posts of a forum as changed, so that they are told with the next changes: what a comparison found untold.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class note_posts extends external_api {
    /** How many one call may name. */
    private const MOST = 100;

    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'forumid' => new external_value(PARAM_INT, 'Forum'),
            'postids' => new external_value(PARAM_RAW, 'JSON array of at most ' . self::MOST . ' posts of the forum'),
        ]);
    }

    /**
     * Note posts; those that were born here are told as they stand.
     *
     * @param int $forumid the forum
     * @param string $postids JSON array of ids
     * @return int how many were noted; of what is not in the forum, or was mirrored into it, nothing is
     */
    public static function execute(int $forumid, string $postids): int {
        global $DB, $USER;
        $params = self::validate_parameters(self::execute_parameters(), ['forumid' => $forumid, 'postids' => $postids]);
        [, $cm] = get_course_and_cm_from_instance($params['forumid'], 'forum');
        $context = \context_module::instance($cm->id);
        self::validate_context($context);
        require_capability('local/peerbridge:use', \context_system::instance());
        require_capability('local/peerbridge:mirror', $context);
        $asked = json_text::list('postids', $params['postids'], self::MOST);
        if (!$asked || array_filter($asked, static fn($id) => !is_int($id))) {
            throw new \invalid_parameter_exception('postids: integers are expected');
        }
        [$in, $values] = $DB->get_in_or_equal($asked, SQL_PARAMS_NAMED);
        $sql = "SELECT p.id, p.discussion
                  FROM {forum_posts} p
                  JOIN {forum_discussions} d ON d.id = p.discussion
             LEFT JOIN {local_peerbridge_map} m ON m.postid = p.id
                 WHERE d.forum = :forumid AND m.id IS NULL AND p.id $in
              ORDER BY p.id";
        $posts = $DB->get_records_sql($sql, $values + ['forumid' => $params['forumid']]);
        foreach ($posts as $post) {
            outbox::note($params['forumid'], (int)$post->discussion, (int)$post->id, (int)$USER->id);
        }
        return count($posts);
    }

    /**
     * Result.
     *
     * @return external_value
     */
    public static function execute_returns(): external_value {
        return new external_value(PARAM_INT, 'How many were noted');
    }
}
