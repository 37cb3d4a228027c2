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

use local_peerbridge\local\mirror;

/**
 * Makes what the tests of the Peer bridge need.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class local_peerbridge_generator extends component_generator_base {
    /**
     * A service account that may mirror everywhere, made the current user.
     *
     * @return stdClass row of user
     */
    public function create_service_account(): stdClass {
        global $DB, $USER;
        $account = $this->datagenerator->create_user(['username' => 'peerbridge']);
        $setup = new \local_peerbridge\local\account_setup('peerbridge', false);
        $setup->ensure_role($account, true);
        \core\session\manager::set_user($account);
        return $USER;
    }

    /**
     * Fields of an item: an opening post of a person in a forum.
     *
     * @param stdClass $forum row of forum
     * @param int $userid its author
     * @param array $other fields that differ
     * @return array
     */
    public function create_item_fields(stdClass $forum, int $userid, array $other = []): array {
        return $other + [
            'source' => 'acme',
            'externalid' => 't1',
            'revision' => 1,
            'forumid' => (int)$forum->id,
            'userid' => $userid,
            'parent' => '',
            'subject' => 'How do I sum a series?',
            'message' => '<p>It does not converge.</p>',
            'messageformat' => 1,
            'groupid' => -1,
            'timecreated' => 1760000000,
            'timemodified' => 1760000000,
            'deleted' => false,
            'pinned' => false,
            'locked' => false,
        ];
    }

    /**
     * Mirror an item as the current user.
     *
     * @param stdClass $forum row of forum
     * @param int $userid its author
     * @param array $other fields that differ
     * @return array its result
     */
    public function create_mirrored_post(stdClass $forum, int $userid, array $other = []): array {
        global $USER;
        return (new mirror($USER))->apply($this->create_item_fields($forum, $userid, $other));
    }
}
