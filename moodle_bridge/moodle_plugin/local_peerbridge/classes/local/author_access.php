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
 * Whether Moodle would let a person do by themselves what is about to be done in their name.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class author_access {
    /** @var array<int, \stdClass> people that were found usable in this call, by id */
    private array $authors = [];

    /**
     * The account in whose name an item is written.
     *
     * @param item $item its userid 0 stands for the service account
     * @param \stdClass $service the service account
     * @return \stdClass row of user
     * @throws item_error usernotfound
     */
    public function author(item $item, \stdClass $service): \stdClass {
        if ($item->userid === 0 || $item->userid === (int)$service->id) {
            return $service;
        }
        return $this->authors[$item->userid] ??= $this->active_user($item->userid);
    }

    /**
     * Whether those who may read the post in Moodle are no more than those it is meant for.
     *
     * @param item $item what is mirrored
     * @param forum_target $target where to
     * @param \stdClass|null $discussion the one that it belongs to, null for a new one
     * @throws item_error nogroup, groupmismatch
     */
    public function require_audience(item $item, forum_target $target, ?\stdClass $discussion): void {
        global $DB;
        if ($item->groupid !== item::EVERYBODY) {
            if (!$DB->record_exists('groups', ['id' => $item->groupid, 'courseid' => $target->course->id])) {
                throw new item_error('nogroup', $item->groupid);
            }
            // Anywhere else Moodle shows a group's discussion to everybody.
            if ($target->group_mode() !== SEPARATEGROUPS) {
                throw new item_error('groupmismatch', $item->groupid);
            }
        }
        if ($discussion && (int)$discussion->groupid !== $item->groupid) {
            throw new item_error('groupmismatch', $item->groupid);
        }
    }

    /**
     * Whether the author may be in this place: enrolled, sees the forum, belongs to the group.
     *
     * @param item $item what is mirrored
     * @param forum_target $target where to
     * @param \stdClass $author row of user
     * @throws item_error notenrolled, notvisible, groupmismatch
     */
    public function require_participant(item $item, forum_target $target, \stdClass $author): void {
        $context = \context_course::instance($target->course->id);
        if ($item->userid !== 0 && !is_enrolled($context, $author, '', true) && !is_viewing($context, $author)) {
            throw new item_error('notenrolled', $author->id);
        }
        $isopen = $target->course->visible || has_capability('moodle/course:viewhiddencourses', $context, $author);
        $cm = get_fast_modinfo($target->course, $author->id)->get_cm($target->cm->id);
        if (!$isopen || !$cm->uservisible) {
            throw new item_error('notvisible', $author->id);
        }
        if ($item->groupid !== item::EVERYBODY) {
            $groups = groups_get_activity_allowed_groups($target->cm, $author->id);
            if (!isset($groups[$item->groupid])) {
                throw new item_error('groupmismatch', $item->groupid);
            }
        }
    }

    /**
     * Whether the current user may post. Core asks some of it of the current user only: run it as the author.
     *
     * @param item $item what is mirrored
     * @param forum_target $target where to
     * @param \stdClass|null $discussion the one to reply in, null for a new one
     * @throws item_error cannotpost, throttled
     */
    public function require_poster(item $item, forum_target $target, ?\stdClass $discussion): void {
        if ($discussion) {
            $discussion = clone $discussion;
            // A thread that the LMS closed was open when this post was accepted there.
            $discussion->timelocked = $item->locked ? 0 : $discussion->timelocked;
            $mayposts = forum_user_can_post($target->forum, $discussion, null, $target->cm, $target->course, $target->context);
        } else {
            $mayposts = forum_user_can_post_discussion($target->forum, $item->groupid, -1, $target->cm, $target->context);
        }
        if (!$mayposts) {
            throw new item_error('cannotpost');
        }
        $warning = forum_check_throttling($target->forum, $target->cm);
        if ($warning && !$warning->canpost) {
            throw new item_error('throttled');
        }
    }

    /**
     * An account that could log in.
     *
     * @param int $userid id in table user
     * @return \stdClass row of user
     */
    private function active_user(int $userid): \stdClass {
        $user = \core_user::get_user($userid);
        if (!$user) {
            throw new item_error('usernotfound', $userid);
        }
        try {
            \core_user::require_active_user($user, true);
        } catch (\moodle_exception $error) {
            throw new item_error('usernotfound', $userid);
        }
        return $user;
    }
}
