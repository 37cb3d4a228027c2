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
 * Events that the Peer bridge listens to.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

// Internal: called at once, inside the transaction of the change where there is one, so that neither is kept alone.
// Of a discussion that is deleted each post tells by itself.
$observers = array_map(
    static fn(string $event) => [
        'eventname' => "\\mod_forum\\event\\$event",
        'callback' => '\local_peerbridge\observer::forum_changed',
        'internal' => true,
    ],
    [
        'discussion_created',
        'discussion_updated',
        'discussion_pinned',
        'discussion_unpinned',
        'discussion_lock_updated',
        'post_created',
        'post_updated',
        'post_deleted',
    ],
);
$observers[] = [
    'eventname' => '\mod_forum\event\discussion_moved',
    'callback' => '\local_peerbridge\observer::discussion_moved',
    'internal' => true,
];
$observers[] = [
    'eventname' => '\core\event\course_module_deleted',
    'callback' => '\local_peerbridge\observer::activity_deleted',
];
$observers[] = [
    'eventname' => '\core\event\course_deleted',
    'callback' => '\local_peerbridge\observer::course_deleted',
];
