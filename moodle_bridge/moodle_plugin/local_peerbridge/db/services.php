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
 * Web service functions of the Peer bridge, and the services that hold them.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$functions = [
    'local_peerbridge_upsert_post' => [
        'classname' => 'local_peerbridge\external\upsert_post',
        'description' => 'Create, update, delete or restore one mirrored post, as its author. Safe to repeat.',
        'type' => 'write',
        'capabilities' => 'local/peerbridge:use, local/peerbridge:mirror',
    ],
    'local_peerbridge_upsert_posts' => [
        'classname' => 'local_peerbridge\external\upsert_posts',
        'description' => 'The same for up to 100 posts, each in a transaction of its own.',
        'type' => 'write',
        'capabilities' => 'local/peerbridge:use, local/peerbridge:mirror',
    ],
    'local_peerbridge_lookup' => [
        'classname' => 'local_peerbridge\external\lookup',
        'description' => 'Which posts external ids are mirrored to.',
        'type' => 'read',
        'capabilities' => 'local/peerbridge:use',
    ],
    'local_peerbridge_get_digest' => [
        'classname' => 'local_peerbridge\external\get_digest',
        'description' => 'A page of all posts of a forum, with a hash of their text, for comparison.',
        'type' => 'read',
        'capabilities' => 'local/peerbridge:use, local/peerbridge:mirror',
    ],
    'local_peerbridge_get_changes' => [
        'classname' => 'local_peerbridge\external\get_changes',
        'description' => 'What people changed in some forums since the last call, each post as it stands now.',
        'type' => 'read',
        'capabilities' => 'local/peerbridge:use, local/peerbridge:mirror',
    ],
    'local_peerbridge_note_posts' => [
        'classname' => 'local_peerbridge\external\note_posts',
        'description' => 'Tell posts of a forum with the next changes that a comparison found untold.',
        'type' => 'write',
        'capabilities' => 'local/peerbridge:use, local/peerbridge:mirror',
    ],
    'local_peerbridge_return_changes' => [
        'classname' => 'local_peerbridge\external\return_changes',
        'description' => 'Give changes of mirrored posts back to who made them, where they do not stand.',
        'type' => 'write',
        'capabilities' => 'local/peerbridge:use, local/peerbridge:mirror',
    ],
    'local_peerbridge_get_status' => [
        'classname' => 'local_peerbridge\external\get_status',
        'description' => 'Version of the plugin and its functions.',
        'type' => 'read',
        'capabilities' => 'local/peerbridge:use',
    ],
    'local_peerbridge_ensure_forum' => [
        'classname' => 'local_peerbridge\external\ensure_forum',
        'description' => 'The forum with an idnumber in a course; made when there is none.',
        'type' => 'write',
        'capabilities' => 'local/peerbridge:use, moodle/course:manageactivities, mod/forum:addinstance',
    ],
];

// What the bridge needs to run, and nothing more.
$bridge = array_merge(array_keys($functions), [
    'core_webservice_get_site_info',
    'core_course_get_courses_by_field',
    'core_enrol_get_enrolled_users',
    'core_enrol_get_users_courses',
    'core_user_get_users_by_field',
    'enrol_manual_enrol_users',
    'mod_forum_add_discussion',
    'mod_forum_add_discussion_post',
    'mod_forum_delete_post',
    'mod_forum_get_discussion_posts',
    'mod_forum_get_forum_discussions',
    'mod_forum_get_forums_by_courses',
    'mod_forum_update_discussion_post',
]);
// What a check against a test site needs besides: courses, people and groups of its own, removed afterwards.
$check = array_merge($bridge, [
    'core_course_create_courses',
    'core_course_delete_courses',
    'core_course_get_categories',
    'core_course_get_courses',
    'core_group_add_group_members',
    'core_group_create_groups',
    'core_group_get_course_groups',
    'core_user_create_users',
    'core_user_delete_users',
    'core_user_get_users',
    'core_user_update_users',
]);

$services = [
    'Peer bridge' => [
        'shortname' => 'local_peerbridge',
        'functions' => $bridge,
        'restrictedusers' => 1,
        'enabled' => 1,
    ],
    'Peer bridge: checks on a test site' => [
        'shortname' => 'local_peerbridge_check',
        'functions' => $check,
        'restrictedusers' => 1,
        'enabled' => 0,
    ],
];
