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
use core_external\external_multiple_structure;
use core_external\external_single_structure;
use core_external\external_value;
use local_peerbridge\local\forum_digest;

/**
 * Lists all posts of a forum with a hash of their text, so that two sides are compared without reading every text.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class get_digest extends external_api {
    /** How many posts one call may ask for. */
    private const MOST = 5000;

    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'forumid' => new external_value(PARAM_INT, 'Forum'),
            'afterpostid' => new external_value(PARAM_INT, 'Only posts with a higher id', VALUE_DEFAULT, 0),
            'limit' => new external_value(PARAM_INT, 'How many at most, 1 to ' . self::MOST, VALUE_DEFAULT, 1000),
        ]);
    }

    /**
     * Read a page.
     *
     * @param int $forumid the forum
     * @param int $afterpostid id of the last post of the page before
     * @param int $limit size of a page
     * @return array posts by id
     */
    public static function execute(int $forumid, int $afterpostid = 0, int $limit = 1000): array {
        $params = self::validate_parameters(
            self::execute_parameters(),
            ['forumid' => $forumid, 'afterpostid' => $afterpostid, 'limit' => $limit],
        );
        [, $cm] = get_course_and_cm_from_instance($params['forumid'], 'forum');
        $context = \context_module::instance($cm->id);
        self::validate_context($context);
        require_capability('local/peerbridge:use', \context_system::instance());
        require_capability('local/peerbridge:mirror', $context);
        if ($params['limit'] < 1 || $params['limit'] > self::MOST) {
            throw new \invalid_parameter_exception('limit: 1 to ' . self::MOST . ' is expected');
        }
        return forum_digest::page($params['forumid'], $params['afterpostid'], $params['limit']);
    }

    /**
     * Result.
     *
     * @return external_multiple_structure
     */
    public static function execute_returns(): external_multiple_structure {
        return new external_multiple_structure(new external_single_structure([
            'postid' => new external_value(PARAM_INT, 'Forum post'),
            'discussionid' => new external_value(PARAM_INT, 'Its discussion'),
            'parent' => new external_value(PARAM_INT, 'The post it replies to, 0 for an opening post'),
            'userid' => new external_value(PARAM_INT, 'Its author'),
            'created' => new external_value(PARAM_INT, 'When it was written'),
            'externalid' => new external_value(PARAM_RAW, 'Empty when it was born in Moodle'),
            'revision' => new external_value(PARAM_INT, 'The newest that was applied; 0 when it was born in Moodle'),
            'deleted' => new external_value(PARAM_BOOL, 'Whether its text was taken away'),
            'hash' => new external_value(PARAM_ALPHANUM, 'SHA-256 of subject, message and format, joined by NUL'),
        ]));
    }
}
