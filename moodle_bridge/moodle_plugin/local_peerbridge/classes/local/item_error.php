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
 * Why one item cannot be applied. The error code is part of the contract with the bridge, the message is for people.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class item_error extends \moodle_exception {
    /**
     * The string of the same name in our language file is the message.
     *
     * @param string $errorcode one of the contract's error codes of an item
     * @param mixed $a what the message mentions
     */
    public function __construct(string $errorcode, mixed $a = null) {
        parent::__construct($errorcode, 'local_peerbridge', '', $a);
    }
}
