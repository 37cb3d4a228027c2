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

/**
 * Upgrade steps of the Peer bridge.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

/**
 * Bring an earlier installation up to date.
 *
 * @param int $oldversion what is installed
 * @return bool
 */
function xmldb_local_peerbridge_upgrade($oldversion): bool {
    global $DB;
    $dbman = $DB->get_manager();
    if ($oldversion < 2026112402) {
        $table = new xmldb_table('local_peerbridge_outbox');
        $table->add_field('id', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, XMLDB_SEQUENCE);
        foreach (['forumid', 'discussionid', 'postid', 'userid', 'timecreated'] as $name) {
            $table->add_field($name, XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL);
        }
        $table->add_key('primary', XMLDB_KEY_PRIMARY, ['id']);
        $table->add_index('forumid', XMLDB_INDEX_NOTUNIQUE, ['forumid']);
        $table->add_index('timecreated', XMLDB_INDEX_NOTUNIQUE, ['timecreated']);
        $table->add_index('userid', XMLDB_INDEX_NOTUNIQUE, ['userid']);
        if (!$dbman->table_exists($table)) {
            $dbman->create_table($table);
        }
        upgrade_plugin_savepoint(true, 2026112402, 'local', 'peerbridge');
    }
    if ($oldversion < 2026112403) {
        $columns = [
            'local_peerbridge_map' => [
                ['edit', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, null, '0'],
                ['hash', XMLDB_TYPE_CHAR, '64', null, null, null, null],
                ['pinned', XMLDB_TYPE_INTEGER, '1', null, XMLDB_NOTNULL, null, '0'],
                ['locked', XMLDB_TYPE_INTEGER, '1', null, XMLDB_NOTNULL, null, '0'],
            ],
            'local_peerbridge_outbox' => [
                ['base', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, null, '0'],
                ['subject', XMLDB_TYPE_CHAR, '255', null, null, null, null],
                ['message', XMLDB_TYPE_TEXT, null, null, null, null, null],
                ['messageformat', XMLDB_TYPE_INTEGER, '2', null, XMLDB_NOTNULL, null, '1'],
                ['timereturned', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, null, '0'],
            ],
        ];
        foreach ($columns as $name => $fields) {
            $table = new xmldb_table($name);
            foreach ($fields as $field) {
                $field = new xmldb_field(...$field);
                if (!$dbman->field_exists($table, $field)) {
                    $dbman->add_field($table, $field);
                }
            }
        }
        // What stands in Moodle now is taken for what the bridge wrote.
        $sql = 'SELECT m.id, d.pinned, d.timelocked
                  FROM {local_peerbridge_map} m
                  JOIN {forum_discussions} d ON d.firstpost = m.postid
                 WHERE d.pinned > 0 OR d.timelocked > 0';
        $rows = $DB->get_recordset_sql($sql);
        foreach ($rows as $row) {
            $DB->update_record('local_peerbridge_map', (object)[
                'id' => $row->id,
                'pinned' => (int)(bool)$row->pinned,
                'locked' => (int)($row->timelocked > 0),
            ]);
        }
        $rows->close();
        upgrade_plugin_savepoint(true, 2026112403, 'local', 'peerbridge');
    }
    return true;
}
