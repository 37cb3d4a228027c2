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
 * The table that says which forum post an external post is mirrored to.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class post_map {
    /** The revision of an erased person's post: above any that the bridge can send, so that none brings it back. */
    public const ERASED = 999999999999999999;

    /** Name of the table. */
    private const TABLE = 'local_peerbridge_map';

    /**
     * Find a mapping.
     *
     * @param string $source the tenant
     * @param string $externalid the post's id there
     * @return \stdClass|null the row
     */
    public function find(string $source, string $externalid): ?\stdClass {
        global $DB;
        return $DB->get_record(self::TABLE, ['source' => $source, 'externalid' => $externalid]) ?: null;
    }

    /**
     * Find the mapping of a forum post.
     *
     * @param int $postid id in table forum_posts
     * @return \stdClass|null the row
     */
    public function of_post(int $postid): ?\stdClass {
        global $DB;
        return $DB->get_record(self::TABLE, ['postid' => $postid], '*', IGNORE_MULTIPLE) ?: null;
    }

    /**
     * Find many mappings of one tenant.
     *
     * @param string $source the tenant
     * @param string[] $externalids ids there
     * @return array<string, \stdClass> rows by external id
     */
    public function find_many(string $source, array $externalids): array {
        global $DB;
        if (!$externalids) {
            return [];
        }
        [$in, $params] = $DB->get_in_or_equal($externalids, SQL_PARAMS_NAMED);
        $rows = $DB->get_records_select(self::TABLE, "source = :source AND externalid $in", $params + ['source' => $source]);
        return array_column($rows, null, 'externalid');
    }

    /**
     * Take an external id for this transaction. A second writer of the same id waits here, and then fails.
     *
     * @param item $item what is mirrored
     * @param int $userid its author
     * @return \stdClass the row, without a post so far
     * @throws \dml_write_exception when another transaction took it
     */
    public function claim(item $item, int $userid): \stdClass {
        global $DB;
        $row = (object)[
            'source' => $item->source,
            'externalid' => $item->externalid,
            'forumid' => $item->forumid,
            'discussionid' => 0,
            'postid' => 0,
            'userid' => $userid,
            'revision' => $item->revision,
            'deleted' => (int)$item->deleted,
            'edit' => $item->edit,
            'hash' => $item->hash(),
            'pinned' => (int)$item->pinned,
            'locked' => (int)$item->locked,
            'timecreated' => time(),
            'timemodified' => time(),
        ];
        $row->id = $DB->insert_record(self::TABLE, $row);
        return $row;
    }

    /**
     * Lock a row for this transaction and read it again. An update that changes nothing locks on every database.
     *
     * @param \stdClass $row as it was read before the transaction
     * @return \stdClass as it is
     */
    public function lock(\stdClass $row): \stdClass {
        global $DB;
        $DB->execute('UPDATE {' . self::TABLE . '} SET timemodified = timemodified WHERE id = ?', [$row->id]);
        return $DB->get_record(self::TABLE, ['id' => $row->id], '*', MUST_EXIST);
    }

    /**
     * Store what an item changed.
     *
     * @param \stdClass $row the row with its new values
     * @param item $item the item that was applied
     */
    public function save(\stdClass $row, item $item): void {
        global $DB;
        $row->revision = $item->revision;
        $row->deleted = (int)$item->deleted;
        $row->edit = $item->edit;
        $row->hash = $item->hash();
        if (!$item->deleted) {
            $row->pinned = (int)$item->pinned;
            $row->locked = (int)$item->locked;
        }
        $row->timemodified = time();
        $DB->update_record(self::TABLE, $row);
    }

    /**
     * Forget what was mirrored into a forum that goes.
     *
     * @param int $forumid id in table forum
     */
    public function forget_forum(int $forumid): void {
        $this->forget('forumid = ?', [$forumid]);
    }

    /**
     * Forget what was mirrored into a course that goes.
     *
     * @param int $courseid id in table course
     */
    public function forget_course(int $courseid): void {
        $this->forget('forumid IN (SELECT id FROM {forum} WHERE course = ?)', [$courseid]);
    }

    /**
     * Forget what was mirrored into forums that went without telling, as when a course is overwritten by a restore.
     */
    public function forget_lost_forums(): void {
        $this->forget('forumid NOT IN (SELECT id FROM {forum})', []);
    }

    /**
     * Drop rows of forums, and what the audit holds of them. What was erased stays: it must not come back elsewhere.
     *
     * @param string $where condition on forumid
     * @param array $params for the condition
     */
    private function forget(string $where, array $params): void {
        global $DB;
        $DB->delete_records_select(self::TABLE, "$where AND revision < ?", [...$params, self::ERASED]);
        $DB->delete_records_select(audit::TABLE, $where, $params);
    }

    /**
     * Make tombstones of mappings, so that no later revision brings the text back and nobody is named.
     *
     * @param int $forumid the forum
     * @param int[]|null $userids authors, null for all
     */
    public function erase(int $forumid, ?array $userids): void {
        global $DB;
        [$where, $params] = self::authors_in_forum($forumid, $userids);
        $changes = ['userid' => 0, 'deleted' => 1, 'revision' => self::ERASED, 'timemodified' => time()];
        foreach (array_reverse($changes) as $field => $value) {
            $DB->set_field_select(self::TABLE, $field, $value, $where, $params);
        }
    }

    /**
     * Condition for the rows of some authors in a forum; the audit has the same two columns.
     *
     * @param int $forumid the forum
     * @param int[]|null $userids authors, null for all
     * @param string $column the one that names them
     * @return array [SQL, parameters]
     */
    public static function authors_in_forum(int $forumid, ?array $userids, string $column = 'userid'): array {
        global $DB;
        if ($userids === null) {
            return ['forumid = :forumid', ['forumid' => $forumid]];
        }
        [$in, $params] = $DB->get_in_or_equal($userids, SQL_PARAMS_NAMED, 'user', true, -1);
        return ["forumid = :forumid AND $column $in", $params + ['forumid' => $forumid]];
    }
}
