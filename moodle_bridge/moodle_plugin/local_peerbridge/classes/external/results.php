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

use core_external\external_single_structure;
use core_external\external_value;

/**
 * What the two upsert functions answer for an item.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class results {
    /**
     * One result.
     *
     * @return external_single_structure
     */
    public static function structure(): external_single_structure {
        return new external_single_structure([
            'externalid' => new external_value(PARAM_RAW, 'As sent; empty when it could not be read'),
            'status' => new external_value(
                PARAM_ALPHA,
                'created, updated, unchanged, stale, deleted, restored or error',
            ),
            'postid' => new external_value(PARAM_INT, 'Forum post; 0 for a tombstone or an error'),
            'discussionid' => new external_value(PARAM_INT, 'Its discussion; 0 for a tombstone or an error'),
            'revision' => new external_value(PARAM_INT, 'The revision that is stored; 0 for an error'),
            'errorcode' => new external_value(PARAM_ALPHA, 'Why it was not applied; else empty'),
            'message' => new external_value(PARAM_RAW, 'The same for people; begins with the field of a bad item'),
        ]);
    }
}
