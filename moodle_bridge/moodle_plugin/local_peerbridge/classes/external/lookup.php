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
use local_peerbridge\local\post_map;

/**
 * Tells which posts external ids are mirrored to.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class lookup extends external_api {
    /** How many ids one call may ask for. */
    private const MOST = 500;

    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'source' => new external_value(PARAM_RAW, 'The tenant'),
            'externalids' => new external_value(PARAM_RAW, 'JSON array of at most ' . self::MOST . ' ids'),
        ]);
    }

    /**
     * Look up ids.
     *
     * @param string $source the tenant
     * @param string $externalids JSON array of texts
     * @return array those that are known, each once, in the order asked
     */
    public static function execute(string $source, string $externalids): array {
        ['source' => $source, 'externalids' => $externalids] = self::validate_parameters(
            self::execute_parameters(),
            ['source' => $source, 'externalids' => $externalids],
        );
        $context = \context_system::instance();
        self::validate_context($context);
        require_capability('local/peerbridge:use', $context);
        $asked = json_text::list('externalids', $externalids, self::MOST);
        if (array_filter($asked, static fn($id) => !is_string($id))) {
            throw new \invalid_parameter_exception('externalids: texts are expected');
        }
        $asked = array_unique($asked);
        $rows = (new post_map())->find_many($source, $asked);
        // The database compares without case; the ids that it found are compared byte for byte here.
        $known = array_filter($asked, static fn($id) => isset($rows[$id]) && $rows[$id]->source === $source);
        return array_values(array_map(static fn($id) => self::answer($rows[$id]), $known));
    }

    /**
     * Result.
     *
     * @return external_multiple_structure
     */
    public static function execute_returns(): external_multiple_structure {
        return new external_multiple_structure(new external_single_structure([
            'externalid' => new external_value(PARAM_RAW, 'As asked'),
            'postid' => new external_value(PARAM_INT, 'Forum post; 0 for a tombstone'),
            'discussionid' => new external_value(PARAM_INT, 'Its discussion; 0 for a tombstone'),
            'userid' => new external_value(PARAM_INT, 'Its author; 0 once erased'),
            'revision' => new external_value(PARAM_INT, 'The newest that was applied'),
            'deleted' => new external_value(PARAM_BOOL, 'Whether it is deleted'),
        ]));
    }

    /**
     * What is told of one mapping.
     *
     * @param \stdClass $row the mapping
     * @return array
     */
    private static function answer(\stdClass $row): array {
        return [
            'externalid' => $row->externalid,
            'postid' => (int)$row->postid,
            'discussionid' => (int)$row->discussionid,
            'userid' => (int)$row->userid,
            'revision' => (int)$row->revision,
            'deleted' => (bool)$row->deleted,
        ];
    }
}
