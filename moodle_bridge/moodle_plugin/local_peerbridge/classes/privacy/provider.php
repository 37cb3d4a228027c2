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

namespace local_peerbridge\privacy;

use core_privacy\local\metadata\collection;
use core_privacy\local\request\approved_contextlist;
use core_privacy\local\request\approved_userlist;
use core_privacy\local\request\contextlist;
use core_privacy\local\request\transform;
use core_privacy\local\request\userlist;
use core_privacy\local\request\writer;
use local_peerbridge\local\audit;
use local_peerbridge\local\outbox;
use local_peerbridge\local\post_map;

/**
 * What is kept about people: whose post an external post is, and who wrote in whose name. The texts are the forum's.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class provider implements
    \core_privacy\local\metadata\provider,
    \core_privacy\local\request\core_userlist_provider,
    \core_privacy\local\request\plugin\provider {
    /**
     * What is stored.
     *
     * @param collection $collection to add to
     * @return collection
     */
    public static function get_metadata(collection $collection): collection {
        $fields = static fn(string $table, array $names) => array_combine(
            $names,
            array_map(static fn($name) => "privacy:metadata:$table:$name", $names),
        );
        $collection->add_database_table(
            'local_peerbridge_map',
            $fields('map', ['userid', 'source', 'externalid', 'postid', 'revision', 'timecreated', 'timemodified']),
            'privacy:metadata:map',
        );
        $collection->add_database_table(
            'local_peerbridge_audit',
            $fields('audit', ['userid', 'actorid', 'externalid', 'action', 'timecreated']),
            'privacy:metadata:audit',
        );
        $collection->add_database_table(
            outbox::TABLE,
            $fields('outbox', ['userid', 'postid', 'subject', 'message', 'timecreated']),
            'privacy:metadata:outbox',
        );
        return $collection;
    }

    /**
     * Forums in which something is kept about a person.
     *
     * @param int $userid the person
     * @return contextlist
     */
    public static function get_contexts_for_userid(int $userid): contextlist {
        $contexts = new contextlist();
        foreach (self::columns() as [$table, $column]) {
            $sql = "SELECT DISTINCT ctx.id
                      FROM {" . $table . "} t
                      JOIN {course_modules} cm ON cm.instance = t.forumid
                      JOIN {modules} m ON m.id = cm.module AND m.name = 'forum'
                      JOIN {context} ctx ON ctx.instanceid = cm.id AND ctx.contextlevel = :level
                     WHERE t." . $column . " = :userid";
            $contexts->add_from_sql($sql, ['level' => CONTEXT_MODULE, 'userid' => $userid]);
        }
        return $contexts;
    }

    /**
     * People about whom something is kept in a forum.
     *
     * @param userlist $userlist to add to
     */
    public static function get_users_in_context(userlist $userlist): void {
        $forumid = self::forum_of($userlist->get_context());
        if ($forumid === null) {
            return;
        }
        foreach (self::columns() as [$table, $column]) {
            $sql = "SELECT $column FROM {" . $table . "} WHERE forumid = :forumid AND $column > 0";
            $userlist->add_from_sql($column, $sql, ['forumid' => $forumid]);
        }
    }

    /**
     * Export what is kept about a person.
     *
     * @param approved_contextlist $contextlist the person and the contexts
     */
    public static function export_user_data(approved_contextlist $contextlist): void {
        global $DB;
        $userid = $contextlist->get_user()->id;
        foreach ($contextlist->get_contexts() as $context) {
            $forumid = self::forum_of($context);
            if ($forumid === null) {
                continue;
            }
            $posts = $DB->get_records('local_peerbridge_map', ['forumid' => $forumid, 'userid' => $userid], 'id');
            $select = 'forumid = :forumid AND (userid = :author OR actorid = :actor)';
            $params = ['forumid' => $forumid, 'author' => $userid, 'actor' => $userid];
            $audit = $DB->get_records_select(audit::TABLE, $select, $params, 'id');
            $changes = $DB->get_records(outbox::TABLE, ['forumid' => $forumid, 'userid' => $userid], 'id');
            if ($posts || $audit || $changes) {
                writer::with_context($context)->export_data([get_string('pluginname', 'local_peerbridge')], (object)[
                    'posts' => array_map(self::readable_post(...), array_values($posts)),
                    'actions' => array_map(static fn($row) => self::readable_action($row, $userid), array_values($audit)),
                    'changes' => array_map(self::readable_change(...), array_values($changes)),
                ]);
            }
        }
    }

    /**
     * Forget everybody in a forum. The external ids stay, as tombstones: a late revision must not bring a text back.
     *
     * @param \context $context the forum's
     */
    public static function delete_data_for_all_users_in_context(\context $context): void {
        self::forget($context, null);
    }

    /**
     * Forget a person.
     *
     * @param approved_contextlist $contextlist the person and the contexts
     */
    public static function delete_data_for_user(approved_contextlist $contextlist): void {
        foreach ($contextlist->get_contexts() as $context) {
            self::forget($context, [$contextlist->get_user()->id]);
        }
    }

    /**
     * Forget some people in a forum.
     *
     * @param approved_userlist $userlist the people and the context
     */
    public static function delete_data_for_users(approved_userlist $userlist): void {
        self::forget($userlist->get_context(), $userlist->get_userids());
    }

    /**
     * Erase people from a forum's rows.
     *
     * @param \context $context of a forum, anything else is ignored
     * @param int[]|null $userids null for everybody
     */
    private static function forget(\context $context, ?array $userids): void {
        global $DB;
        $forumid = self::forum_of($context);
        if ($forumid === null) {
            return;
        }
        // What others wrote over their posts goes with the posts.
        self::blank_texts_over($forumid, $userids);
        (new post_map())->erase($forumid, $userids);
        [$where, $params] = post_map::authors_in_forum($forumid, $userids);
        $DB->delete_records_select(audit::TABLE, $where, $params);
        [$where, $params] = post_map::authors_in_forum($forumid, $userids, 'actorid');
        $DB->set_field_select(audit::TABLE, 'actorid', 0, $where, $params);
        [$where, $params] = post_map::authors_in_forum($forumid, $userids);
        outbox::blank($where, $params);
        $DB->set_field_select(outbox::TABLE, 'userid', 0, $where, $params);
    }

    /**
     * Take the texts that others wrote over the posts of some people out of the outbox.
     *
     * @param int $forumid the forum
     * @param int[]|null $userids null for everybody
     */
    private static function blank_texts_over(int $forumid, ?array $userids): void {
        [$where, $params] = post_map::authors_in_forum($forumid, $userids);
        outbox::blank("postid IN (SELECT m.postid FROM {local_peerbridge_map} m WHERE $where)", $params);
    }

    /**
     * The columns that hold people.
     *
     * @return array[] [table, column]
     */
    private static function columns(): array {
        return [
            ['local_peerbridge_map', 'userid'],
            [audit::TABLE, 'userid'],
            [audit::TABLE, 'actorid'],
            [outbox::TABLE, 'userid'],
        ];
    }

    /**
     * The forum of a context.
     *
     * @param \context $context any
     * @return int|null id in table forum, null when it is no forum
     */
    private static function forum_of(\context $context): ?int {
        if (!$context instanceof \context_module) {
            return null;
        }
        $cm = get_coursemodule_from_id('forum', $context->instanceid);
        return $cm ? (int)$cm->instance : null;
    }

    /**
     * A mapping for its author.
     *
     * @param \stdClass $row of local_peerbridge_map
     * @return array
     */
    private static function readable_post(\stdClass $row): array {
        return [
            'source' => $row->source,
            'externalid' => $row->externalid,
            'postid' => (int)$row->postid,
            'revision' => (int)$row->revision,
            'deleted' => transform::yesno($row->deleted),
            'timecreated' => transform::datetime($row->timecreated),
            'timemodified' => transform::datetime($row->timemodified),
        ];
    }

    /**
     * An audit entry for one of the two it names.
     *
     * @param \stdClass $row of local_peerbridge_audit
     * @param int $userid whose export it is
     * @return array
     */
    private static function readable_action(\stdClass $row, int $userid): array {
        return [
            'action' => $row->action,
            'externalid' => $row->externalid,
            'author_was_you' => transform::yesno($row->userid == $userid),
            'account_was_you' => transform::yesno($row->actorid == $userid),
            'timecreated' => transform::datetime($row->timecreated),
        ];
    }

    /**
     * A change that somebody made in Moodle, for them.
     *
     * @param \stdClass $row of local_peerbridge_outbox
     * @return array
     */
    private static function readable_change(\stdClass $row): array {
        return [
            'postid' => (int)$row->postid,
            'subject' => (string)$row->subject,
            'message' => (string)$row->message,
            'timecreated' => transform::datetime($row->timecreated),
        ];
    }
}
