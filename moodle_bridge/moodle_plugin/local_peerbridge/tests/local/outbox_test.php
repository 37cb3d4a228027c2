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

use core_external\external_api;
use local_peerbridge\external\get_changes;
use PHPUnit\Framework\Attributes\CoversClass;

/**
 * What people change in a forum is noted in the transaction of the change, and told as it stands. What the bridge
 * writes is not.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[CoversClass(outbox::class)]
#[CoversClass(change_reader::class)]
#[CoversClass(change_cursor::class)]
#[CoversClass(\local_peerbridge\observer::class)]
final class outbox_test extends \advanced_testcase {
    /** @var \stdClass the course */
    private \stdClass $course;

    /** @var \stdClass the forum */
    private \stdClass $forum;

    /** @var \stdClass enrolled student */
    private \stdClass $author;

    protected function setUp(): void {
        global $CFG;
        parent::setUp();
        require_once($CFG->dirroot . '/mod/forum/externallib.php');
        $this->resetAfterTest();
        $this->preventResetByRollback();
        $generator = $this->getDataGenerator();
        $this->course = $generator->create_course();
        $this->forum = $generator->create_module('forum', ['course' => $this->course->id]);
        $this->author = $generator->create_and_enrol($this->course, 'student', ['idnumber' => 'lea@idp']);
        $generator->get_plugin_generator('local_peerbridge')->create_service_account();
    }

    /**
     * A discussion that the author begins in Moodle, through the function that Moodle's own app uses.
     *
     * @return int id in table forum_discussions
     */
    private function discuss(): int {
        global $USER;
        $service = $USER;
        $this->setUser($this->author);
        $id = (int)\mod_forum_external::add_discussion($this->forum->id, 'Born & bred', '<p>Here</p>')['discussionid'];
        $this->setUser($service);
        return $id;
    }

    /**
     * A page of changes in the forum, as the web service gives it.
     *
     * @param string $cursor where to begin
     * @param int $limit size of the page
     * @return array
     */
    private function read(string $cursor = '', int $limit = 100): array {
        $page = get_changes::execute($cursor, json_encode([(int)$this->forum->id]), $limit);
        return external_api::clean_returnvalue(get_changes::execute_returns(), $page);
    }

    public function test_a_discussion_is_told_with_its_author(): void {
        $this->discuss();
        $changes = $this->read()['changes'];
        $told = end($changes);
        $this->assertSame(['Born & bred', '', 0], [$told['subject'], $told['externalid'], $told['parent']]);
        $this->assertSame([(int)$this->author->id, 'lea@idp'], [$told['authorid'], $told['authoridnumber']]);
        $this->assertStringContainsString('<p>Here</p>', $told['message']);
    }

    public function test_what_the_bridge_writes_is_not_told(): void {
        $bridge = $this->getDataGenerator()->get_plugin_generator('local_peerbridge');
        foreach ([[], ['revision' => 2, 'message' => '<p>Edited</p>'], ['revision' => 3, 'deleted' => true]] as $other) {
            $bridge->create_mirrored_post($this->forum, (int)$this->author->id, $other);
        }
        $this->assertSame([], $this->read()['changes']);
    }

    public function test_an_edit_of_a_mirrored_post_names_the_mirrored_id(): void {
        $bridge = $this->getDataGenerator()->get_plugin_generator('local_peerbridge');
        $made = $bridge->create_mirrored_post($this->forum, (int)$this->author->id);
        \mod_forum_external::update_discussion_post($made['postid'], '', '<p>By hand</p>');
        $told = $this->read()['changes'][0];
        $this->assertSame(['acme', 't1'], [$told['source'], $told['externalid']]);
        $this->assertStringContainsString('By hand', $told['message']);
    }

    public function test_nothing_is_noted_of_a_change_that_is_rolled_back(): void {
        global $DB;
        $transaction = $DB->start_delegated_transaction();
        $this->discuss();
        try {
            $transaction->rollback(new \moodle_exception('error'));
        } catch (\moodle_exception $error) {
            $this->assertSame('error', $error->errorcode);
        }
        $this->assertSame([], $this->read()['changes']);
    }

    public function test_each_post_of_a_deleted_discussion_is_told_as_gone(): void {
        global $DB;
        $postid = (int)$DB->get_field('forum_discussions', 'firstpost', ['id' => $this->discuss()]);
        \mod_forum_external::delete_post($postid);
        $changes = $this->read()['changes'];
        $this->assertSame([$postid, true, ''], [end($changes)['postid'], end($changes)['deleted'], end($changes)['message']]);
    }

    public function test_of_a_forum_that_goes_as_a_whole_nothing_is_told(): void {
        global $DB;
        $this->discuss();
        course_delete_module($this->forum->cmid);
        // The newest row alone stays, so that no cursor is ahead of all.
        $this->assertSame(1, $DB->count_records(outbox::TABLE));
        $this->assertSame([(int)$this->forum->id], $this->read()['unreadable']);
    }

    public function test_pages_follow_one_another_and_the_last_minute_is_read_again(): void {
        $this->discuss();
        $this->discuss();
        $first = $this->read('', 1);
        $this->assertTrue($first['more']);
        $rest = $this->read($first['cursor']);
        $this->assertFalse($rest['more']);
        $all = [...array_column($first['changes'], 'id'), ...array_column($rest['changes'], 'id')];
        $this->assertSame($all, array_column($this->read($rest['cursor'])['changes'], 'id'));
    }

    public function test_what_is_older_than_a_minute_is_read_once(): void {
        global $DB;
        $this->discuss();
        $DB->set_field(outbox::TABLE, 'timecreated', time() - 61);
        $this->assertSame([], $this->read($this->read()['cursor'])['changes']);
    }

    public function test_a_cursor_from_before_a_restore_is_begun_anew(): void {
        $this->discuss();
        $page = $this->read('99999999:99999999');
        $this->assertTrue($page['restarted']);
        $this->assertNotEmpty($page['changes']);
        $this->assertFalse($this->read($page['cursor'])['restarted']);
    }

    public function test_what_a_comparison_found_is_told(): void {
        global $DB;
        $postid = (int)$DB->get_field('forum_discussions', 'firstpost', ['id' => $this->discuss()]);
        $DB->delete_records(outbox::TABLE);
        $noted = \local_peerbridge\external\note_posts::execute((int)$this->forum->id, json_encode([$postid, $postid + 9]));
        $this->assertSame([1, [$postid]], [$noted, array_column($this->read()['changes'], 'postid')]);
    }

    public function test_an_idnumber_of_two_accounts_identifies_nobody(): void {
        $this->getDataGenerator()->create_user(['idnumber' => 'lea@idp']);
        $this->discuss();
        $this->assertSame('', $this->read()['changes'][0]['authoridnumber']);
    }

    public function test_old_rows_go_but_for_the_newest(): void {
        global $DB;
        $this->discuss();
        $this->discuss();
        $DB->set_field(outbox::TABLE, 'timecreated', time() - YEARSECS);
        outbox::purge();
        $this->assertSame(1, $DB->count_records(outbox::TABLE));
    }
}
