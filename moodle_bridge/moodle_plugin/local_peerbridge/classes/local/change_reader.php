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
 * Reads the outbox, with each post as it stands at this moment.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class change_reader {
    /** Characters of a text that are told; the course platform takes 50,000. */
    private const LONGEST = 60000;

    /**
     * The changes in some forums after a cursor.
     *
     * @param change_cursor $cursor where to begin
     * @param int[] $forumids forums
     * @param int $limit how many rows at most
     * @return array changes, cursor, more, restarted
     */
    public static function page(change_cursor $cursor, array $forumids, int $limit): array {
        $isahead = $cursor->is_ahead();
        $cursor = $isahead ? change_cursor::parse('') : $cursor;
        $rows = self::rows($cursor->after, $forumids, $limit + 1);
        $more = count($rows) > $limit;
        $rows = array_slice($rows, 0, $limit);
        $last = $rows ? (int)end($rows)->id : $cursor->after;
        $people = self::people($rows);
        return [
            'changes' => array_map(static fn($row) => self::change($row, $people), $rows),
            'cursor' => $cursor->next($last, $more, time())->text(),
            'more' => $more,
            'restarted' => $isahead,
        ];
    }

    /**
     * Rows of the outbox with post, discussion and mappings.
     *
     * @param int $after only higher ids
     * @param int[] $forumids forums
     * @param int $limit how many at most
     * @return \stdClass[] by id
     */
    private static function rows(int $after, array $forumids, int $limit): array {
        global $CFG, $DB;
        require_once($CFG->libdir . '/filelib.php');
        if (!$forumids) {
            return [];
        }
        [$in, $params] = $DB->get_in_or_equal($forumids, SQL_PARAMS_NAMED);
        $sql = "SELECT o.id, o.forumid, o.discussionid, o.postid, o.userid AS actorid, o.timecreated AS noted, o.base,
                       o.subject AS newsubject, o.message AS newmessage, o.messageformat AS newformat, p.id AS present, p.parent,
                       p.userid AS authorid, p.created, p.modified, p.subject, p.message, p.messageformat, p.deleted,
                       p.privatereplyto, d.name, d.forum AS inforumid, d.firstpost, d.groupid, d.pinned,
                       d.timelocked, d.timestart, d.timeend, m.source, m.externalid, m.pinned AS basepinned,
                       m.locked AS baselocked, f.type,
                       pm.source AS parentsource, pm.externalid AS parentexternalid
                  FROM {local_peerbridge_outbox} o
             LEFT JOIN {forum_posts} p ON p.id = o.postid
             LEFT JOIN {forum_discussions} d ON d.id = p.discussion
             LEFT JOIN {forum} f ON f.id = d.forum
             LEFT JOIN {local_peerbridge_map} m ON m.postid = o.postid
             LEFT JOIN {local_peerbridge_map} pm ON pm.postid = p.parent AND p.parent > 0
                 WHERE o.id > :after AND o.forumid $in
              ORDER BY o.id";
        return array_values($DB->get_records_sql($sql, $params + ['after' => $after], 0, $limit));
    }

    /**
     * The people that rows name.
     *
     * @param \stdClass[] $rows rows
     * @return array<int, array> [name, idnumber] by id. An idnumber that two accounts have identifies neither
     */
    private static function people(array $rows): array {
        global $DB;
        $ids = array_filter(array_unique([...array_column($rows, 'actorid'), ...array_column($rows, 'authorid')]));
        if (!$ids) {
            return [];
        }
        $names = implode(', ', \core_user\fields::get_name_fields());
        $users = $DB->get_records_list('user', 'id', $ids, '', "id, idnumber, $names");
        $idnumbers = array_filter(array_unique(array_column($users, 'idnumber')));
        $holders = $idnumbers ? $DB->get_records_list('user', 'idnumber', $idnumbers, '', 'id, idnumber, deleted') : [];
        $counts = array_count_values(array_column(array_filter($holders, static fn($user) => !$user->deleted), 'idnumber'));
        return array_map(
            static fn($user) => [fullname($user), ($counts[$user->idnumber] ?? 0) === 1 ? $user->idnumber : ''],
            $users,
        );
    }

    /**
     * What is told of one row.
     *
     * @param \stdClass $row with post, discussion and mappings
     * @param array<int, array> $people [name, idnumber] by id
     * @return array
     */
    private static function change(\stdClass $row, array $people): array {
        $isdeleted = !$row->present || $row->deleted;
        $isopening = $row->present && (int)$row->firstpost === (int)$row->postid;
        [$authorname, $authoridnumber] = $people[(int)$row->authorid] ?? ['', ''];
        [$actorname, $actoridnumber] = $people[(int)$row->actorid] ?? ['', ''];
        $isheld = self::is_held($row, $isopening);
        $isnew = $row->newmessage !== null && !$isheld;
        // Of a post that the bridge wrote only what somebody else wrote over it is told.
        $istold = $isnew || (!$isdeleted && !$isheld && $row->externalid === null);
        $subject = $isnew ? $row->newsubject : ($isopening ? $row->name : (string)$row->subject);
        $message = $isnew ? $row->newmessage : (string)$row->message;
        $format = (int)($isnew ? $row->newformat : $row->messageformat);
        $islocked = $row->timelocked > 0 && $row->timelocked <= time();
        return [
            'id' => (int)$row->id,
            'noted' => (int)$row->noted,
            'forumid' => (int)$row->forumid,
            'discussionid' => (int)$row->discussionid,
            'postid' => (int)$row->postid,
            'parent' => (int)$row->parent,
            'source' => $row->source ?? '',
            'externalid' => $row->externalid ?? '',
            'parentsource' => $row->parentsource ?? '',
            'parentexternalid' => $row->parentexternalid ?? '',
            'authorid' => (int)$row->authorid,
            'authorname' => $authorname,
            'authoridnumber' => $authoridnumber,
            'actorid' => (int)$row->actorid,
            'actorname' => $actorname,
            'actoridnumber' => $actoridnumber,
            'subject' => $istold ? html_entity_decode($subject, ENT_QUOTES | ENT_HTML5) : '',
            'message' => $istold ? self::html($row, $message, $format) : '',
            'cut' => $istold && \core_text::strlen($message) > self::LONGEST,
            'edited' => $istold,
            'base' => (int)$row->base,
            'created' => (int)$row->created,
            'modified' => (int)$row->modified,
            'deleted' => $isdeleted,
            'private' => $isheld,
            'inforumid' => (int)($row->inforumid ?? $row->forumid),
            'groupid' => (int)($row->groupid ?? -1),
            'pinned' => (bool)$row->pinned,
            'locked' => $islocked,
            'newlypinned' => $isopening && $row->externalid !== null && (bool)$row->pinned !== (bool)$row->basepinned,
            'newlylocked' => $isopening && $row->externalid !== null && $islocked !== (bool)$row->baselocked,
        ];
    }

    /**
     * Whether a post is not for all who read the forum: a private reply, a discussion outside its time, an answer to a
     * question that readers must answer first.
     *
     * @param \stdClass $row with post and discussion
     * @param bool $isopening whether it opens its discussion
     * @return bool
     */
    private static function is_held(\stdClass $row, bool $isopening): bool {
        $isoutside = $row->timestart > time() || ($row->timeend > 0 && $row->timeend < time());
        return $row->privatereplyto || $isoutside || ($row->type === 'qanda' && !$isopening && $row->present);
    }

    /**
     * The text as cleaned HTML, whatever format it was written in, with addresses that work outside Moodle.
     *
     * @param \stdClass $row with forumid and postid
     * @param string $message as stored
     * @param int $format of the message
     * @return string
     */
    private static function html(\stdClass $row, string $message, int $format): string {
        $cm = get_coursemodule_from_instance('forum', (int)$row->forumid);
        $context = $cm ? \context_module::instance($cm->id) : \context_system::instance();
        $text = \core_text::substr($message, 0, self::LONGEST);
        if ($cm) {
            $text = file_rewrite_pluginfile_urls($text, 'pluginfile.php', $context->id, 'mod_forum', 'post', $row->postid);
        }
        return format_text($text, $format, ['context' => $context, 'filter' => false, 'para' => false]);
    }
}
