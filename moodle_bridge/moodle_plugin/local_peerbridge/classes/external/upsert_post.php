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
use local_peerbridge\local\json_text;
use local_peerbridge\local\mirror;

/**
 * Mirrors one post.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class upsert_post extends external_api {
    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'item' => new external_value(PARAM_RAW, 'JSON object: the post in its whole state'),
        ]);
    }

    /**
     * Create, update, delete or restore the post.
     *
     * @param string $item JSON object
     * @return array its result
     */
    public static function execute(string $item): array {
        global $USER;
        ['item' => $item] = self::validate_parameters(self::execute_parameters(), ['item' => $item]);
        $context = \context_system::instance();
        self::validate_context($context);
        require_capability('local/peerbridge:use', $context);
        return (new mirror($USER))->apply(json_text::object('item', $item));
    }

    /**
     * Result.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return results::structure();
    }
}
