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
 * Who wrote in whose name, and when. Moodle's own log names the author alone once the bridge acts as them.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class audit {
    /** Name of the table. */
    public const TABLE = 'local_peerbridge_audit';

    /**
     * Note one change.
     *
     * @param string $action created, updated, deleted or restored
     * @param \stdClass $row the mapping after the change
     * @param int $actorid the service account
     */
    public static function note(string $action, \stdClass $row, int $actorid): void {
        global $DB;
        $DB->insert_record(self::TABLE, (object)[
            'source' => $row->source,
            'externalid' => $row->externalid,
            'revision' => $row->revision,
            'action' => $action,
            'forumid' => $row->forumid,
            'postid' => $row->postid,
            'userid' => $row->userid,
            'actorid' => $actorid,
            'timecreated' => time(),
        ], false);
    }

    /**
     * Drop what is older than the setting says.
     *
     * @param int $age seconds; 0 keeps everything
     */
    public static function purge(int $age): void {
        global $DB;
        if ($age > 0) {
            $DB->delete_records_select(self::TABLE, 'timecreated < ?', [time() - $age]);
        }
    }
}
