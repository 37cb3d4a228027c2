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
 * All posts of a forum with a hash of what is stored.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class forum_digest {
    /**
     * One page, by post id.
     *
     * @param int $forumid id in table forum
     * @param int $afterpostid only posts with a higher id
     * @param int $limit how many at most
     * @return array[]
     */
    public static function page(int $forumid, int $afterpostid, int $limit): array {
        global $DB;
        $sql = "SELECT p.id, p.discussion, p.parent, p.userid, p.created, p.subject, p.message, p.messageformat,
                       p.deleted, m.externalid, m.revision
                  FROM {forum_posts} p
                  JOIN {forum_discussions} d ON d.id = p.discussion
             LEFT JOIN {local_peerbridge_map} m ON m.postid = p.id
                 WHERE d.forum = :forumid AND p.id > :after
              ORDER BY p.id";
        $rows = $DB->get_recordset_sql($sql, ['forumid' => $forumid, 'after' => $afterpostid], 0, $limit);
        $page = [];
        foreach ($rows as $row) {
            $page[] = [
                'postid' => (int)$row->id,
                'discussionid' => (int)$row->discussion,
                'parent' => (int)$row->parent,
                'userid' => (int)$row->userid,
                'created' => (int)$row->created,
                'externalid' => $row->externalid ?? '',
                'revision' => (int)$row->revision,
                'deleted' => (bool)$row->deleted,
                'hash' => item::hash_of($row->subject, $row->message, (int)$row->messageformat),
            ];
        }
        $rows->close();
        return $page;
    }
}
