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
use core_external\external_value;
use local_peerbridge\local\json_text;
use local_peerbridge\local\mirror;

/**
 * Mirrors a batch of posts, in order, each in a transaction of its own.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class upsert_posts extends external_api {
    /** Beyond this a batch is no faster, and a lost answer costs more. */
    private const MOST = 100;

    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'items' => new external_value(PARAM_RAW, 'JSON array of at most ' . self::MOST . ' posts, parents first'),
        ]);
    }

    /**
     * Create, update, delete or restore the posts.
     *
     * @param string $items JSON array of objects
     * @return array one result an item, in order
     */
    public static function execute(string $items): array {
        global $USER;
        ['items' => $items] = self::validate_parameters(self::execute_parameters(), ['items' => $items]);
        $context = \context_system::instance();
        self::validate_context($context);
        require_capability('local/peerbridge:use', $context);
        return array_map((new mirror($USER))->apply(...), json_text::list('items', $items, self::MOST));
    }

    /**
     * Results.
     *
     * @return external_multiple_structure
     */
    public static function execute_returns(): external_multiple_structure {
        return new external_multiple_structure(results::structure());
    }
}
