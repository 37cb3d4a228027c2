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

namespace local_peerbridge\task;

use local_peerbridge\local\audit;
use local_peerbridge\local\outbox;
use local_peerbridge\local\post_map;

/**
 * Drops old audit entries, old rows of the outbox, and what is left of forums that are gone.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class cleanup extends \core\task\scheduled_task {
    /**
     * Its name in the list of tasks.
     *
     * @return string
     */
    public function get_name(): string {
        return get_string('taskcleanup', 'local_peerbridge');
    }

    /**
     * Clean up.
     */
    public function execute(): void {
        audit::purge((int)get_config('local_peerbridge', 'auditage'));
        outbox::purge();
        (new post_map())->forget_lost_forums();
    }
}
