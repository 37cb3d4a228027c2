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
use local_peerbridge\external\return_changes;
use PHPUnit\Framework\Attributes\CoversClass;

/**
 * What people change of a mirrored post is kept until it is settled, and goes back to them where it does not stand.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[CoversClass(outbox::class)]
#[CoversClass(change_reader::class)]
#[CoversClass(returner::class)]
#[CoversClass(return_changes::class)]
#[CoversClass(\local_peerbridge\observer::class)]
final class owned_posts_test extends \advanced_testcase {
    /** @var \stdClass the forum */
    private \stdClass $forum;

    /** @var \stdClass enrolled student */
    private \stdClass $author;

    /** @var \local_peerbridge_generator makes mirrored posts */
    private \local_peerbridge_generator $bridge;

    /** @var array result of the mirrored discussion */
    private array $made;

    protected function setUp(): void {
        global $CFG;
        parent::setUp();
        require_once($CFG->dirroot . '/mod/forum/externallib.php');
        $this->resetAfterTest();
        $this->preventResetByRollback();
        $generator = $this->getDataGenerator();
        $course = $generator->create_course();
        $this->forum = $generator->create_module('forum', ['course' => $course->id]);
        $this->author = $generator->create_and_enrol($course, 'student', ['idnumber' => 'lea@idp']);
        $this->bridge = $generator->get_plugin_generator('local_peerbridge');
        $this->bridge->create_service_account();
        $this->made = $this->mirror(['edit' => 1]);
    }

    /**
     * Mirror the discussion, or its next revision.
     *
     * @param array $other fields that differ
     * @return array result
     */
    private function mirror(array $other): array {
        $item = $other + ['timecreated' => time(), 'timemodified' => time()];
        return $this->bridge->create_mirrored_post($this->forum, (int)$this->author->id, $item);
    }

    /**
     * Let the author edit the post by hand.
     *
     * @param string $message the new text
     */
    private function edit(string $message): void {
        global $USER;
        $service = $USER;
        $this->setUser($this->author);
        \mod_forum_external::update_discussion_post($this->made['postid'], '', $message);
        $this->setUser($service);
    }

    /**
     * The changes of some forums, as the web service gives them.
     *
     * @param \stdClass|null $forum another than the forum
     * @return array[]
     */
    private function changes(?\stdClass $forum = null): array {
        $page = get_changes::execute('', json_encode([(int)($forum ?? $this->forum)->id]));
        return external_api::clean_returnvalue(get_changes::execute_returns(), $page)['changes'];
    }

    /**
     * Pin or lock the discussion by hand, as core does.
     *
     * @param bool $pins whether it is to be pinned, else it is to be locked
     */
    private function set_state(bool $pins): void {
        $values = $pins ? ['pinned' => 1] : ['timelocked' => time()];
        $this->setAdminUser();
        global $DB;
        $DB->update_record('forum_discussions', (object)(['id' => $this->made['discussionid']] + $values));
        $class = $pins ? \mod_forum\event\discussion_pinned::class : \mod_forum\event\discussion_lock_updated::class;
        $other = ['forumid' => $this->forum->id] + ($pins ? [] : ['status' => 'locked']);
        $context = \context_module::instance($this->forum->cmid);
        $class::create(['context' => $context, 'objectid' => $this->made['discussionid'], 'other' => $other])->trigger();
    }

    /**
     * Give changes back, as the web service does.
     *
     * @param int[] $ids their ids
     * @return string[] statuses
     */
    private function give_back(array $ids): array {
        $results = return_changes::execute(json_encode($ids));
        return array_column(external_api::clean_returnvalue(return_changes::execute_returns(), $results), 'status');
    }

    public function test_a_text_is_kept_though_the_bridge_writes_over_it(): void {
        $this->edit('<p>By hand</p>');
        $this->mirror(['revision' => 2, 'message' => '<p>Newer</p>', 'edit' => 2]);
        $told = $this->changes()[0];
        $this->assertSame(['t1', 1, true], [$told['externalid'], $told['base'], $told['edited']]);
        $this->assertSame([(int)$this->author->id, 'lea@idp'], [$told['actorid'], $told['actoridnumber']]);
        $this->assertStringContainsString('By hand', $told['message']);
    }

    public function test_of_what_the_bridge_wrote_no_text_is_told(): void {
        $this->set_state(true);
        $told = $this->changes()[0];
        $this->assertSame([false, '', true, false], [
            $told['edited'], $told['message'], $told['newlypinned'], $told['newlylocked'],
        ]);
    }

    public function test_what_was_pinned_by_hand_stays_until_the_item_says_otherwise(): void {
        global $DB;
        $this->set_state(true);
        $this->set_state(false);
        $this->mirror(['revision' => 2]);
        $discussion = $DB->get_record('forum_discussions', ['id' => $this->made['discussionid']]);
        $this->assertTrue($discussion->pinned && $discussion->timelocked);
        $this->mirror(['revision' => 3, 'pinned' => true, 'locked' => true]);
        $told = $this->changes()[0];
        $this->assertSame([false, false], [$told['newlypinned'], $told['newlylocked']]);
        $this->mirror(['revision' => 4]);
        $discussion = $DB->get_record('forum_discussions', ['id' => $this->made['discussionid']]);
        $this->assertEquals([0, 0], [$discussion->pinned, $discussion->timelocked]);
    }

    public function test_what_was_deleted_by_hand_is_written_anew(): void {
        global $DB;
        $reply = $this->mirror(['externalid' => 'r1', 'parent' => 't1']);
        \mod_forum_external::delete_post($this->made['postid']);
        $this->assertSame([true, true], array_column($this->changes(), 'deleted'));
        $late = $this->mirror(['externalid' => 'r1', 'parent' => 't1', 'revision' => 2]);
        $this->assertSame('parentgone', $late['errorcode']);
        $again = $this->mirror(['revision' => 2]);
        $this->assertSame('restored', $again['status']);
        $late = $this->mirror(['externalid' => 'r1', 'parent' => 't1', 'revision' => 3]);
        $this->assertSame('restored', $late['status']);
        $this->assertNotSame($reply['postid'], $late['postid']);
        $this->assertSame(2, $DB->count_records('forum_posts', ['discussion' => $again['discussionid']]));
    }

    public function test_a_move_is_told_of_each_post_and_followed(): void {
        global $DB;
        $second = $this->getDataGenerator()->create_module('forum', ['course' => $this->forum->course]);
        $this->mirror(['externalid' => 'r1', 'parent' => 't1']);
        $DB->set_field('forum_discussions', 'forum', $second->id, ['id' => $this->made['discussionid']]);
        \mod_forum\event\discussion_moved::create([
            'context' => \context_module::instance($second->cmid),
            'objectid' => $this->made['discussionid'],
            'other' => ['fromforumid' => $this->forum->id, 'toforumid' => $second->id],
        ])->trigger();
        $this->assertSame([(int)$second->id, (int)$second->id], array_column($this->changes(), 'inforumid'));
        $this->assertSame(['t1', 'r1'], array_column($this->changes($second), 'externalid'));
        $this->assertSame('moved', $this->mirror(['revision' => 2])['errorcode']);
        $answer = ['externalid' => 'r2', 'parent' => 't1'];
        $this->assertSame('moved', $this->mirror($answer)['errorcode']);
        $there = ['forumid' => (int)$second->id];
        $this->assertSame('updated', $this->mirror(['revision' => 3] + $there)['status']);
        $this->assertSame('created', $this->mirror($answer + $there)['status']);
    }

    public function test_a_change_goes_back_to_its_author_once(): void {
        $this->edit('<p>By hand</p>');
        $sink = $this->redirectMessages();
        $id = $this->changes()[0]['id'];
        $this->assertSame(['returned', 'known', 'gone'], $this->give_back([$id, $id, 987654]));
        $messages = $sink->get_messages();
        $this->assertCount(1, $messages);
        $this->assertEquals($this->author->id, $messages[0]->useridto);
        $this->assertStringContainsString('By hand', $messages[0]->fullmessagehtml);
    }

    public function test_a_pin_that_does_not_stand_is_undone(): void {
        global $DB, $USER;
        $service = $USER;
        $this->set_state(true);
        $this->setUser($service);
        $this->give_back([$this->changes()[0]['id']]);
        $this->assertEquals(0, $DB->get_field('forum_discussions', 'pinned', ['id' => $this->made['discussionid']]));
    }

    public function test_texts_go_after_a_month_and_with_the_author(): void {
        global $DB;
        $this->edit('<p>By hand</p>');
        $DB->set_field(outbox::TABLE, 'timecreated', time() - 31 * DAYSECS);
        outbox::purge();
        $this->assertSame(0, $DB->count_records_select(outbox::TABLE, 'message IS NOT NULL'));
        $this->edit('<p>Again by hand</p>');
        $this->assertSame(1, $DB->count_records_select(outbox::TABLE, 'message IS NOT NULL'));
        $context = \context_module::instance($this->forum->cmid);
        $contexts = new \core_privacy\local\request\approved_contextlist($this->author, 'local_peerbridge', [$context->id]);
        \local_peerbridge\privacy\provider::delete_data_for_user($contexts);
        $this->assertSame(0, $DB->count_records_select(outbox::TABLE, 'message IS NOT NULL'));
    }

    public function test_what_is_not_for_all_readers_is_not_told(): void {
        global $DB, $USER;
        $service = $USER;
        $this->setUser($this->author);
        $id = (int)\mod_forum_external::add_discussion($this->forum->id, 'Not yet', '<p>Not yet</p>')['discussionid'];
        $this->setUser($service);
        $DB->set_field('forum_discussions', 'timestart', time() + HOURSECS, ['id' => $id]);
        $told = $this->changes()[0];
        $this->assertSame([true, ''], [$told['private'], $told['message']]);
    }
}
