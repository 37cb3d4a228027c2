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
use core_external\external_single_structure;
use core_external\external_value;
use local_peerbridge\local\forum_maker;
use local_peerbridge\local\json_text;

/**
 * Finds or makes the forum that a space is mirrored into. Core has no function that makes a forum.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class ensure_forum extends external_api {
    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'forum' => new external_value(
                PARAM_RAW,
                'JSON object: courseid, idnumber, name, groupmode (0 none, 1 separate, 2 visible), visible, '
                . 'type (general or news)',
            ),
        ]);
    }

    /**
     * Find the forum, or make it.
     *
     * @param string $forum JSON object
     * @return array its ids
     */
    public static function execute(string $forum): array {
        ['forum' => $forum] = self::validate_parameters(self::execute_parameters(), ['forum' => $forum]);
        $context = \context_system::instance();
        self::validate_context($context);
        require_capability('local/peerbridge:use', $context);
        $wanted = forum_maker::from_array(json_text::object('forum', $forum));
        $context = \context_course::instance($wanted->courseid);
        self::validate_context($context);
        require_capability('moodle/course:manageactivities', $context);
        require_capability('mod/forum:addinstance', $context);
        return $wanted->ensure();
    }

    /**
     * Result.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return new external_single_structure([
            'forumid' => new external_value(PARAM_INT, 'Forum'),
            'cmid' => new external_value(PARAM_INT, 'Its course module'),
            'created' => new external_value(PARAM_BOOL, 'Whether it was made by this call'),
        ]);
    }
}
