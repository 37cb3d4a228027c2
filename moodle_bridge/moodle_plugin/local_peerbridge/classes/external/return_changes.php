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
use local_peerbridge\local\json_text;
use local_peerbridge\local\returner;

/**
 * Gives changes of mirrored posts back to the people who made them, where the course platform keeps its own.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class return_changes extends external_api {
    /** How many one call may give back. */
    private const MOST = 100;

    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'changeids' => new external_value(PARAM_RAW, 'JSON array of at most ' . self::MOST . ' ids, as get_changes told them'),
        ]);
    }

    /**
     * Give changes back, each once.
     *
     * @param string $changeids JSON array of ids
     * @return array one result an id, in order
     */
    public static function execute(string $changeids): array {
        ['changeids' => $changeids] = self::validate_parameters(self::execute_parameters(), ['changeids' => $changeids]);
        $context = \context_system::instance();
        self::validate_context($context);
        require_capability('local/peerbridge:use', $context);
        $asked = json_text::list('changeids', $changeids, self::MOST);
        if (array_filter($asked, static fn($id) => !is_int($id))) {
            throw new \invalid_parameter_exception('changeids: integers are expected');
        }
        return array_map(static fn($id) => ['id' => $id, 'status' => returner::give_back($id)], $asked);
    }

    /**
     * Results.
     *
     * @return external_multiple_structure
     */
    public static function execute_returns(): external_multiple_structure {
        return new external_multiple_structure(new external_single_structure([
            'id' => new external_value(PARAM_INT, 'As asked'),
            'status' => new external_value(PARAM_ALPHA, 'returned, known (it was before) or gone (there is no such change)'),
        ]));
    }
}
