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
 * Writes posts into a forum, with the times they have in the LMS. Decides nothing: see mirror.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class post_writer {
    /**
     * The forum to write into.
     */
    public function __construct(
        /** @var forum_target where posts go */
        private readonly forum_target $target,
    ) {
    }

    /**
     * Open a discussion as the current user.
     *
     * @param item $item an opening post
     * @return \stdClass the first post: id, discussion
     */
    public function start(item $item): \stdClass {
        global $DB;
        $discussion = (object)[
            'course' => $this->target->course->id,
            'forum' => $this->target->forum->id,
            'name' => $item->subject,
            'message' => $item->message,
            'messageformat' => FORMAT_HTML,
            'messagetrust' => 0,
            'groupid' => $item->groupid,
            'mailnow' => 0,
            'timenow' => $item->timecreated,
            'timestart' => 0,
            'timeend' => 0,
            'timelocked' => $item->locked ? $item->timemodified : 0,
            'pinned' => $item->pinned ? FORUM_DISCUSSION_PINNED : FORUM_DISCUSSION_UNPINNED,
        ];
        $discussion->id = forum_add_discussion($discussion);
        $this->settle($discussion->firstpost, $item);
        $this->trigger(\mod_forum\event\discussion_created::create([
            'context' => $this->target->context,
            'objectid' => $discussion->id,
            'other' => ['forumid' => $this->target->forum->id],
        ]), 'forum_discussions', $discussion->id);
        return (object)['id' => $discussion->firstpost, 'discussion' => $discussion->id];
    }

    /**
     * Reply as the current user.
     *
     * @param item $item a response or a comment
     * @param \stdClass $parent row of forum_posts
     * @param \stdClass $discussion row of forum_discussions
     * @return \stdClass the post: id, discussion
     */
    public function reply(item $item, \stdClass $parent, \stdClass $discussion): \stdClass {
        global $DB, $USER;
        $post = (object)[
            'discussion' => $discussion->id,
            'parent' => $parent->id,
            'subject' => $item->subject,
            'message' => $item->message,
            'messageformat' => FORMAT_HTML,
            'messagetrust' => 0,
            'itemid' => IGNORE_FILE_MERGE,
        ];
        $post->id = forum_add_new_post($post, null);
        $this->settle($post->id, $item);
        // Core set the discussion's last activity to now: it is when the newest post was written.
        $isnewest = $item->timecreated >= $discussion->timemodified;
        $DB->update_record('forum_discussions', (object)[
            'id' => $discussion->id,
            'timemodified' => $isnewest ? $item->timecreated : $discussion->timemodified,
            'usermodified' => $isnewest ? $USER->id : $discussion->usermodified,
        ]);
        $this->trigger(\mod_forum\event\post_created::create([
            'context' => $this->target->context,
            'objectid' => $post->id,
            'other' => $this->event_details($discussion->id),
        ]), 'forum_posts', $post->id);
        return $post;
    }

    /**
     * Give a post the item's text and author, whatever it had before.
     *
     * @param item $item what it shall be
     * @param \stdClass $post row of forum_posts
     * @param int $userid its author
     * @param \stdClass $row the mapping, as the bridge left it before
     */
    public function update(item $item, \stdClass $post, int $userid, \stdClass $row): void {
        global $DB;
        $change = (object)[
            'id' => $post->id,
            'userid' => $userid,
            'subject' => $item->subject,
            'message' => $item->message,
            'messageformat' => FORMAT_HTML,
            'messagetrust' => 0,
            'modified' => $item->timemodified,
            'deleted' => 0,
        ];
        \mod_forum\local\entities\post::add_message_counts($change);
        $DB->update_record('forum_posts', $change);
        if (!$post->parent) {
            $this->update_discussion($item, (int)$post->discussion, $userid, $row);
        }
        $post = $DB->get_record('forum_posts', ['id' => $post->id], '*', MUST_EXIST);
        forum_trigger_content_uploaded_event($post, $this->target->cm, 'forum_update_post');
        $this->trigger_updated($post);
    }

    /**
     * Leave a post without text, as Moodle's privacy provider does, so that its replies stand and it can be restored.
     *
     * @param \stdClass $post row of forum_posts
     * @param int $timemodified when it was deleted
     */
    public function erase(\stdClass $post, int $timemodified): void {
        global $DB;
        $change = (object)[
            'id' => $post->id,
            'subject' => '',
            'message' => '',
            'messageformat' => FORMAT_PLAIN,
            'modified' => $timemodified,
            'attachment' => '',
            'deleted' => 1,
        ];
        \mod_forum\local\entities\post::add_message_counts($change);
        $DB->update_record('forum_posts', $change);
        foreach (['post', 'attachment'] as $area) {
            get_file_storage()->delete_area_files($this->target->context->id, 'mod_forum', $area, $post->id);
        }
        \core_tag_tag::remove_all_item_tags('mod_forum', 'forum_posts', $post->id);
        if (!$post->parent) {
            // An empty name would leave a link that nobody can follow.
            $name = get_string('forumsubjectdeleted', 'forum');
            $DB->set_field('forum_discussions', 'name', $name, ['id' => $post->discussion]);
        }
        $this->trigger_updated($DB->get_record('forum_posts', ['id' => $post->id], '*', MUST_EXIST));
    }

    /**
     * Let Moodle reconsider whether a person completed the forum.
     *
     * @param int $userid whose posts changed
     * @param int $possible COMPLETION_COMPLETE after a new post, COMPLETION_INCOMPLETE after a deletion
     */
    public function update_completion(int $userid, int $possible): void {
        $forum = $this->target->forum;
        $completion = new \completion_info($this->target->course);
        $counts = $forum->completionposts || $forum->completionreplies || $forum->completiondiscussions;
        if ($counts && $completion->is_enabled($this->target->cm) == COMPLETION_TRACKING_AUTOMATIC) {
            $completion->update_state($this->target->cm, $possible, $userid);
        }
    }

    /**
     * Title, author and state of a discussion, after its opening post. What was pinned or locked in Moodle stays so until
     * the item says something else than the one before it.
     *
     * @param item $item the opening post
     * @param int $discussionid id in table forum_discussions
     * @param int $userid its author
     * @param \stdClass $row the mapping, as the bridge left it before
     */
    private function update_discussion(item $item, int $discussionid, int $userid, \stdClass $row): void {
        global $DB;
        $discussion = $DB->get_record('forum_discussions', ['id' => $discussionid], '*', MUST_EXIST);
        $change = ['id' => $discussionid, 'name' => $item->subject, 'userid' => $userid];
        if ($item->pinned !== (bool)$row->pinned) {
            $change['pinned'] = $item->pinned ? FORUM_DISCUSSION_PINNED : FORUM_DISCUSSION_UNPINNED;
        }
        if ($item->locked !== (bool)$row->locked) {
            $change['timelocked'] = $item->locked ? ($discussion->timelocked ?: $item->timemodified) : 0;
        }
        $DB->update_record('forum_discussions', (object)$change);
        $this->trigger(\mod_forum\event\discussion_updated::create([
            'context' => $this->target->context,
            'objectid' => $discussionid,
            'other' => ['forumid' => $this->target->forum->id],
        ]), 'forum_discussions', $discussionid);
    }

    /**
     * What core's functions do not let us say: when a post was written, and that nobody is mailed about it.
     *
     * @param int $postid id in table forum_posts
     * @param item $item what was written
     */
    private function settle(int $postid, item $item): void {
        global $DB;
        $notify = get_config('local_peerbridge', 'notify');
        $DB->update_record('forum_posts', (object)[
            'id' => $postid,
            'created' => $item->timecreated,
            'modified' => $item->timemodified,
            'mailed' => $notify ? FORUM_MAILED_PENDING : FORUM_MAILED_SUCCESS,
        ]);
    }

    /**
     * Tell Moodle that a post changed. The current user is the service account; the author is the related user.
     *
     * @param \stdClass $post row of forum_posts
     */
    private function trigger_updated(\stdClass $post): void {
        $this->trigger(\mod_forum\event\post_updated::create([
            'context' => $this->target->context,
            'objectid' => $post->id,
            'relateduserid' => $post->userid,
            'other' => $this->event_details((int)$post->discussion),
        ]), 'forum_posts', (int)$post->id);
    }

    /**
     * What core's post events carry.
     *
     * @param int $discussionid id in table forum_discussions
     * @return array
     */
    private function event_details(int $discussionid): array {
        $forum = $this->target->forum;
        return ['discussionid' => $discussionid, 'forumid' => $forum->id, 'forumtype' => $forum->type];
    }

    /**
     * Trigger an event with the row that it is about.
     *
     * @param \core\event\base $event one of mod_forum's
     * @param string $table of the row
     * @param int $id of the row
     */
    private function trigger(\core\event\base $event, string $table, int $id): void {
        global $DB;
        $event->add_record_snapshot($table, $DB->get_record($table, ['id' => $id], '*', MUST_EXIST));
        $event->trigger();
    }
}
