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
 * Gives a change of a mirrored post back to who made it: the course platform, which owns the post, keeps its own.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class returner {
    /**
     * Tell the author of a change, with their text, and set pin and lock as the bridge left them. Once; safe to repeat.
     *
     * @param int $changeid id in the outbox
     * @return string returned, known or gone
     */
    public static function give_back(int $changeid): string {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/mod/forum/lib.php');
        $change = $DB->get_record(outbox::TABLE, ['id' => $changeid]);
        $cm = $change ? get_coursemodule_from_instance('forum', (int)$change->forumid) : false;
        if (!$cm || !has_capability('local/peerbridge:mirror', \context_module::instance($cm->id))) {
            return 'gone';
        }
        $transaction = $DB->start_delegated_transaction();
        $DB->execute('UPDATE {' . outbox::TABLE . '} SET timecreated = timecreated WHERE id = ?', [$changeid]);
        $isknown = (bool)$DB->get_field(outbox::TABLE, 'timereturned', ['id' => $changeid]);
        if (!$isknown) {
            $DB->set_field(outbox::TABLE, 'timereturned', time(), ['id' => $changeid]);
            self::restore_state($change);
        }
        $transaction->allow_commit();
        if (!$isknown) {
            self::tell($change, $cm);
        }
        return $isknown ? 'known' : 'returned';
    }

    /**
     * Pin and lock as the bridge wrote them, where the change is of a discussion.
     *
     * @param \stdClass $change row of the outbox
     */
    private static function restore_state(\stdClass $change): void {
        global $DB;
        $discussion = $DB->get_record('forum_discussions', ['firstpost' => $change->postid]);
        $row = $discussion ? (new post_map())->of_post((int)$change->postid) : null;
        if ($row) {
            $DB->update_record('forum_discussions', (object)[
                'id' => $discussion->id,
                'pinned' => $row->pinned ? FORUM_DISCUSSION_PINNED : FORUM_DISCUSSION_UNPINNED,
                'timelocked' => $row->locked ? ($discussion->timelocked ?: time()) : 0,
            ]);
        }
    }

    /**
     * Send the author a message. That it could not be sent is no reason to try everything again.
     *
     * @param \stdClass $change row of the outbox
     * @param \stdClass $cm course module of the forum
     */
    private static function tell(\stdClass $change, \stdClass $cm): void {
        global $DB;
        $person = \core_user::get_user($change->userid);
        if (!$person || $person->deleted || $person->suspended || isguestuser($person)) {
            return;
        }
        $strings = get_string_manager();
        $say = static fn(string $name, ?string $a = null) => $strings->get_string($name, 'local_peerbridge', $a, $person->lang);
        $name = $DB->get_field('forum_discussions', 'name', ['id' => $change->discussionid]) ?: $cm->name;
        $url = new \moodle_url('/mod/forum/discuss.php', ['d' => $change->discussionid]);
        $hastext = $change->message !== null;
        $context = \context_module::instance($cm->id);
        $text = $hastext ? format_text($change->message, (int)$change->messageformat, ['context' => $context]) : '';
        $line = $say($hastext ? 'returnedtext' : 'returnedchange', format_string($name, true, ['context' => $context]));
        $message = new \core\message\message();
        $message->component = 'local_peerbridge';
        $message->name = 'returned';
        $message->courseid = (int)$cm->course;
        $message->userfrom = \core_user::get_noreply_user();
        $message->userto = $person;
        $message->subject = $say('returned');
        $message->smallmessage = $line;
        $message->fullmessageformat = FORMAT_HTML;
        $message->fullmessagehtml = \html_writer::tag('p', $line) . ($hastext ? \html_writer::tag('blockquote', $text) : '');
        $message->fullmessage = html_to_text($message->fullmessagehtml);
        $message->notification = 1;
        $message->contexturl = $url->out(false);
        $message->contexturlname = format_string($name, true, ['context' => $context]);
        message_send($message);
    }
}
