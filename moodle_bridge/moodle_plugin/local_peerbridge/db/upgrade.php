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
    return true;
}
