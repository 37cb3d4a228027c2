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
 * Which posts people changed in Moodle, in the order in which it was noted. A post that was born here is read when it is
 * asked for; of one that the bridge wrote the new text is kept, as the bridge may write its own over it before it is asked.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class outbox {
    /** Name of the table. */
    public const TABLE = 'local_peerbridge_outbox';

    /** How long a row is kept: whoever did not read for so long compares whole forums instead. */
    private const KEPT = 90 * DAYSECS;

    /** How long a text is kept. */
    private const TEXT_KEPT = 30 * DAYSECS;

    /** @var int[] forums that go as a whole: of their posts nothing is told, nobody deleted them one by one */
    private static array $left = [];

    /**
     * Note that a post changed.
     *
     * @param int $forumid where it is
     * @param int $discussionid its discussion
     * @param int $postid the post
     * @param int $userid who changed it
     * @param array $kept of a mirrored post: base, subject, message, messageformat
     */
    public static function note(int $forumid, int $discussionid, int $postid, int $userid, array $kept = []): void {
        global $DB;
        if (in_array($forumid, self::$left, true)) {
            return;
        }
        $DB->insert_record(self::TABLE, (object)($kept + [
            'forumid' => $forumid,
            'discussionid' => $discussionid,
            'postid' => $postid,
            'userid' => $userid,
            'timecreated' => time(),
        ]), false);
    }

    /**
     * Forget forums that are about to be deleted, and tell nothing more of them.
     *
     * @param int[] $forumids ids in table forum
     */
    public static function leave_forums(array $forumids): void {
        global $DB;
        if ($forumids) {
            self::$left = [...self::$left, ...$forumids];
            // The newest row stays: a cursor must never be ahead of it, but after a restore from a backup.
            [$in, $params] = $DB->get_in_or_equal($forumids, SQL_PARAMS_NAMED);
            $newest = (int)$DB->get_field_sql('SELECT MAX(id) FROM {' . self::TABLE . '}');
            $DB->delete_records_select(self::TABLE, "forumid $in AND id < :newest", $params + ['newest' => $newest]);
        }
    }

    /**
     * A forum is gone: its number means nothing any more.
     *
     * @param int|null $forumid id in table forum, null for all
     */
    public static function forum_is_gone(?int $forumid): void {
        self::$left = $forumid === null ? [] : array_diff(self::$left, [$forumid]);
    }

    /**
     * What is kept of a post that the bridge wrote and somebody changed.
     *
     * @param int $postid the post
     * @return array base and, where the text is not as the bridge wrote it, the text; empty for a post that was born here
     */
    public static function text_of_mirrored(int $postid): array {
        global $DB;
        $row = (new post_map())->of_post($postid);
        if (!$row) {
            return [];
        }
        $post = $DB->get_record('forum_posts', ['id' => $postid], 'id, subject, message, messageformat, deleted');
        $iskept = !$post || $post->deleted
            || $row->hash === item::hash_of($post->subject, $post->message, (int)$post->messageformat);
        return ['base' => (int)$row->edit] + ($iskept ? [] : [
            'subject' => $post->subject,
            'message' => $post->message,
            'messageformat' => (int)$post->messageformat,
        ]);
    }

    /**
     * Drop what is too old. The newest row stays, whatever its age: some databases would count from 1 again without it.
     */
    public static function purge(): void {
        global $DB;
        $newest = (int)$DB->get_field_sql('SELECT MAX(id) FROM {' . self::TABLE . '}');
        $DB->delete_records_select(self::TABLE, 'timecreated < ? AND id < ?', [time() - self::KEPT, $newest]);
        self::blank('timecreated < :before', ['before' => time() - self::TEXT_KEPT]);
    }

    /**
     * Take the texts out of some rows.
     *
     * @param string $where condition
     * @param array $params for the condition, by name
     */
    public static function blank(string $where, array $params): void {
        global $DB;
        foreach (['subject', 'message'] as $field) {
            $DB->set_field_select(self::TABLE, $field, null, "($where) AND $field IS NOT NULL", $params);
        }
    }
}
