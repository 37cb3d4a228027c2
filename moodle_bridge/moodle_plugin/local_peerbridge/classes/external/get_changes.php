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

namespace local_peerbridge\external;

use core_external\external_api;
use core_external\external_function_parameters;
use core_external\external_multiple_structure;
use core_external\external_single_structure;
use core_external\external_value;
use local_peerbridge\local\change_cursor;
use local_peerbridge\local\change_reader;
use local_peerbridge\local\json_text;

/**
 * Tells what people changed in forums since the last call.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class get_changes extends external_api {
    /** How many changes one call may ask for. */
    private const MOST = 100;

    /** How many forums one call may name. */
    private const MOST_FORUMS = 20000;

    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'cursor' => new external_value(PARAM_RAW, 'As the last call gave it; empty for the beginning'),
            'forumids' => new external_value(PARAM_RAW, 'JSON array of at most ' . self::MOST_FORUMS . ' forum ids'),
            'limit' => new external_value(PARAM_INT, 'How many at most, 1 to ' . self::MOST, VALUE_DEFAULT, self::MOST),
        ]);
    }

    /**
     * Read a page.
     *
     * @param string $cursor where the last call ended
     * @param string $forumids JSON array of the forums that are asked about
     * @param int $limit size of a page
     * @return array
     */
    public static function execute(string $cursor, string $forumids, int $limit = self::MOST): array {
        $params = self::validate_parameters(
            self::execute_parameters(),
            ['cursor' => $cursor, 'forumids' => $forumids, 'limit' => $limit],
        );
        $context = \context_system::instance();
        self::validate_context($context);
        require_capability('local/peerbridge:use', $context);
        if ($params['limit'] < 1 || $params['limit'] > self::MOST) {
            throw new \invalid_parameter_exception('limit: 1 to ' . self::MOST . ' is expected');
        }
        $asked = json_text::list('forumids', $params['forumids'], self::MOST_FORUMS);
        if (array_filter($asked, static fn($id) => !is_int($id))) {
            throw new \invalid_parameter_exception('forumids: integers are expected');
        }
        // One forum that is gone, or not for the account, must not keep the others from being read.
        $readable = array_values(array_filter($asked, self::may_read(...)));
        $page = change_reader::page(change_cursor::parse($params['cursor']), $readable, $params['limit']);
        return $page + ['unreadable' => array_values(array_diff($asked, $readable))];
    }

    /**
     * Result.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return new external_single_structure([
            'changes' => new external_multiple_structure(new external_single_structure([
                'id' => new external_value(PARAM_INT, 'Rising with each change; the same change may be told twice'),
                'noted' => new external_value(PARAM_INT, 'When it was noted'),
                'forumid' => new external_value(PARAM_INT, 'Forum'),
                'discussionid' => new external_value(PARAM_INT, 'Discussion'),
                'postid' => new external_value(PARAM_INT, 'Post; all that follows is as it stands now'),
                'parent' => new external_value(PARAM_INT, 'The post it replies to, 0 for an opening post'),
                'source' => new external_value(PARAM_RAW, 'The tenant it was mirrored for; empty when born in Moodle'),
                'externalid' => new external_value(PARAM_RAW, 'Its id there'),
                'parentsource' => new external_value(PARAM_RAW, 'The same of the post it replies to'),
                'parentexternalid' => new external_value(PARAM_RAW, 'The same of the post it replies to'),
                'authorid' => new external_value(PARAM_INT, 'Author; 0 when the post is gone'),
                'authorname' => new external_value(PARAM_RAW, 'Full name'),
                'authoridnumber' => new external_value(PARAM_RAW, 'ID number; empty when another account has it too'),
                'actorid' => new external_value(PARAM_INT, 'Who made the change'),
                'actorname' => new external_value(PARAM_RAW, 'Full name'),
                'actoridnumber' => new external_value(PARAM_RAW, 'ID number; empty when another account has it too'),
                'subject' => new external_value(PARAM_RAW, 'Plain text; of an opening post the name of the discussion'),
                'message' => new external_value(PARAM_RAW, 'Cleaned HTML'),
                'edited' => new external_value(PARAM_BOOL, 'Whether there is a text; of a mirrored post: not the one sent'),
                'base' => new external_value(PARAM_INT, 'Of a mirrored post: which version of its text was there before'),
                'cut' => new external_value(PARAM_BOOL, 'Whether the text is longer than what is told'),
                'created' => new external_value(PARAM_INT, 'When it was written'),
                'modified' => new external_value(PARAM_INT, 'When it was last changed'),
                'deleted' => new external_value(PARAM_BOOL, 'Whether the post, or its text, is gone'),
                'private' => new external_value(PARAM_BOOL, 'Whether it is not for all who read the forum'),
                'inforumid' => new external_value(PARAM_INT, 'Where the discussion is by now'),
                'groupid' => new external_value(PARAM_INT, 'Group of the discussion, -1 for everybody'),
                'pinned' => new external_value(PARAM_BOOL, 'Whether the discussion is pinned'),
                'locked' => new external_value(PARAM_BOOL, 'Whether the discussion is locked'),
                'newlypinned' => new external_value(PARAM_BOOL, 'Of a mirrored one: whether that is another state than was sent'),
                'newlylocked' => new external_value(PARAM_BOOL, 'The same'),
            ])),
            'cursor' => new external_value(PARAM_RAW, 'For the next call'),
            'more' => new external_value(PARAM_BOOL, 'Whether there is more to read at once'),
            'restarted' => new external_value(PARAM_BOOL, 'Whether the cursor was not known any more and all is told anew'),
            'unreadable' => new external_multiple_structure(
                new external_value(PARAM_INT, 'Forum that is gone, or that the account may not mirror'),
            ),
        ]);
    }

    /**
     * Whether the account may mirror a forum.
     *
     * @param int $forumid id in table forum
     * @return bool
     */
    private static function may_read(int $forumid): bool {
        $cm = get_coursemodule_from_instance('forum', $forumid);
        return $cm && !$cm->deletioninprogress && has_capability('local/peerbridge:mirror', \context_module::instance($cm->id));
    }
}
