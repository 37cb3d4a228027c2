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

use PHPUnit\Framework\Attributes\CoversClass;

/**
 * What happens inside Moodle when an item is applied. What its functions answer is tested by the shared cases too.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[CoversClass(mirror::class)]
#[CoversClass(author_access::class)]
#[CoversClass(post_writer::class)]
#[CoversClass(post_map::class)]
#[CoversClass(audit::class)]
#[CoversClass(\local_peerbridge\task\cleanup::class)]
final class mirror_test extends \advanced_testcase {
    /** @var \stdClass course with completion */
    private \stdClass $course;

    /** @var \stdClass forum that is completed by one post */
    private \stdClass $forum;

    /** @var \stdClass enrolled student */
    private \stdClass $author;

    /** @var \stdClass service account, the current user */
    private \stdClass $service;

    /** @var bool[] what mirror::is_writing said to the observer */
    public static array $seen = [];

    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        // A refused item is rolled back, which a test inside a transaction cannot be.
        $this->preventResetByRollback();
        $generator = $this->getDataGenerator();
        $this->course = $generator->create_course(['enablecompletion' => 1]);
        $this->forum = $this->create_forum([
            'completion' => COMPLETION_TRACKING_AUTOMATIC,
            'completionposts' => 1,
        ]);
        $this->author = $generator->create_and_enrol($this->course);
        $this->service = $generator->get_plugin_generator('local_peerbridge')->create_service_account();
        self::$seen = [];
    }

    /**
     * A forum in the course.
     *
     * @param array $options what differs
     * @return \stdClass row of forum
     */
    private function create_forum(array $options = []): \stdClass {
        return $this->getDataGenerator()->create_module('forum', $options + ['course' => $this->course->id]);
    }

    /**
     * Mirror a post of the author.
     *
     * @param array $other fields that differ
     * @return array result
     */
    private function mirror(array $other = []): array {
        return $this->getDataGenerator()->get_plugin_generator('local_peerbridge')
            ->create_mirrored_post($this->forum, (int)$this->author->id, $other);
    }

    /**
     * Assert that an item is refused, and that nothing of it is kept.
     *
     * @param string $errorcode why
     * @param array $other fields that differ
     */
    private function assert_refused(string $errorcode, array $other = []): void {
        global $DB, $USER;
        $counts = fn() => array_map(
            [$DB, 'count_records'],
            ['forum_posts', 'forum_discussions', 'local_peerbridge_map', 'local_peerbridge_audit'],
        );
        $before = $counts();
        $this->assertSame($errorcode, $this->mirror($other)['errorcode']);
        $this->assertSame($before, $counts());
        $this->assertEquals($this->service->id, $USER->id);
    }

    public function test_a_post_is_written_and_logged_as_its_author(): void {
        global $DB, $USER;
        $sink = $this->redirectEvents();
        $result = $this->mirror();
        $events = array_filter($sink->get_events(), fn($event) => $event instanceof \mod_forum\event\discussion_created);
        $this->assertSame([$this->author->id], array_column(array_map(fn($event) => $event->get_data(), $events), 'userid'));
        $this->assertEquals($this->author->id, $DB->get_field('forum_posts', 'userid', ['id' => $result['postid']]));
        $this->assertEquals($this->service->id, $USER->id);
    }

    public function test_an_edit_is_logged_as_the_account_with_the_author_related(): void {
        $this->mirror();
        $sink = $this->redirectEvents();
        $this->mirror(['revision' => 2, 'message' => '<p>Edited.</p>']);
        $events = array_filter($sink->get_events(), fn($event) => $event instanceof \mod_forum\event\post_updated);
        $event = reset($events)->get_data();
        $this->assertEquals($this->service->id, $event['userid']);
        $this->assertEquals($this->author->id, $event['relateduserid']);
    }

    public function test_the_audit_names_account_and_author(): void {
        global $DB;
        $result = $this->mirror();
        $this->mirror(['revision' => 4, 'deleted' => true]);
        $rows = array_values($DB->get_records('local_peerbridge_audit', null, 'id'));
        $this->assertSame(['created', 'deleted'], array_column($rows, 'action'));
        $this->assertEquals([1, 4], array_column($rows, 'revision'));
        $this->assertEquals($this->service->id, $rows[0]->actorid);
        $this->assertEquals($this->author->id, $rows[0]->userid);
        $this->assertEquals($result['postid'], $rows[1]->postid);
    }

    public function test_the_audit_is_purged_by_age(): void {
        global $DB;
        $this->mirror();
        $DB->set_field('local_peerbridge_audit', 'timecreated', time() - 100);
        audit::purge(0);
        $this->assertSame(1, $DB->count_records('local_peerbridge_audit'));
        audit::purge(99);
        $this->assertSame(0, $DB->count_records('local_peerbridge_audit'));
    }

    public function test_nobody_is_mailed_unless_the_site_wants_it(): void {
        global $DB;
        $mailed = fn(array $result) => (int)$DB->get_field('forum_posts', 'mailed', ['id' => $result['postid']]);
        $this->assertSame(FORUM_MAILED_SUCCESS, $mailed($this->mirror()));
        $this->assertSame(FORUM_MAILED_SUCCESS, $mailed($this->mirror(['externalid' => 'r1', 'parent' => 't1'])));
        set_config('notify', 1, 'local_peerbridge');
        $this->assertSame(FORUM_MAILED_PENDING, $mailed($this->mirror(['externalid' => 't2'])));
    }

    public function test_a_mirrored_post_completes_the_forum_for_its_author(): void {
        $cm = get_coursemodule_from_instance('forum', $this->forum->id);
        $state = fn() => (int)(new \completion_info($this->course))
            ->get_data($cm, false, $this->author->id)->completionstate;
        $this->assertSame(COMPLETION_INCOMPLETE, $state());
        $this->mirror();
        $this->assertSame(COMPLETION_COMPLETE, $state());
    }

    public function test_observers_can_tell_an_echo(): void {
        \core\event\manager::phpunit_replace_observers([[
            'eventname' => '\mod_forum\event\discussion_created',
            'callback' => [self::class, 'observe'],
        ]]);
        $this->mirror();
        $this->assertSame([true], self::$seen);
        $this->assertFalse(mirror::is_writing());
    }

    /**
     * Keep what an observer of the later mirror would ask.
     *
     * @param \core\event\base $event any
     */
    public static function observe(\core\event\base $event): void {
        self::$seen[] = mirror::is_writing();
    }

    public function test_a_deletion_takes_files_and_tags_away(): void {
        global $DB;
        $result = $this->mirror();
        $context = \context_module::instance($this->forum->cmid);
        $file = ['contextid' => $context->id, 'component' => 'mod_forum', 'filearea' => 'attachment',
            'itemid' => $result['postid'], 'filepath' => '/', 'filename' => 'a.txt'];
        get_file_storage()->create_file_from_string($file, 'planted');
        \core_tag_tag::set_item_tags('mod_forum', 'forum_posts', $result['postid'], $context, ['planted']);
        $this->mirror(['revision' => 2, 'deleted' => true]);
        $this->assertTrue(get_file_storage()->is_area_empty($context->id, 'mod_forum', 'attachment', $result['postid']));
        $this->assertSame([], \core_tag_tag::get_item_tags('mod_forum', 'forum_posts', $result['postid']));
        $post = $DB->get_record('forum_posts', ['id' => $result['postid']]);
        $this->assertSame(['', '', '1'], [$post->subject, $post->message, (string)$post->deleted]);
    }

    public function test_a_post_threshold_holds_for_mirrored_posts(): void {
        $this->forum = $this->create_forum(['blockperiod' => DAYSECS, 'blockafter' => 1, 'warnafter' => 1]);
        $now = ['timecreated' => time(), 'timemodified' => time()];
        $this->assertSame('created', $this->mirror($now)['status']);
        $this->assert_refused('throttled', ['externalid' => 't2'] + $now);
    }

    public function test_a_cut_off_date_holds_for_mirrored_posts(): void {
        $this->forum = $this->create_forum(['cutoffdate' => time() - DAYSECS]);
        $this->assert_refused('cannotpost');
    }

    public function test_a_hidden_course_is_not_visible(): void {
        global $DB;
        $DB->set_field('course', 'visible', 0, ['id' => $this->course->id]);
        rebuild_course_cache($this->course->id);
        $this->assert_refused('notvisible');
    }

    public function test_a_suspended_enrolment_is_none(): void {
        global $DB;
        $DB->set_field('user_enrolments', 'status', ENROL_USER_SUSPENDED, ['userid' => $this->author->id]);
        $this->assert_refused('notenrolled');
    }

    public function test_a_deleted_account_is_not_posted_for(): void {
        delete_user(clone $this->author);
        $this->assert_refused('usernotfound');
    }

    public function test_a_group_outside_the_grouping_of_the_forum_is_no_audience(): void {
        $generator = $this->getDataGenerator();
        $group = $generator->create_group(['courseid' => $this->course->id]);
        groups_add_member($group, $this->author);
        $grouping = $generator->create_grouping(['courseid' => $this->course->id]);
        $this->forum = $this->create_forum(['groupmode' => SEPARATEGROUPS, 'groupingid' => $grouping->id]);
        $this->assert_refused('groupmismatch', ['groupid' => (int)$group->id]);
        groups_assign_grouping($grouping->id, $group->id);
        $this->assertSame('created', $this->mirror(['groupid' => (int)$group->id])['status']);
    }

    public function test_who_may_not_answer_everybody_does_not_become_the_author_either(): void {
        global $DB;
        $this->forum = $this->create_forum(['groupmode' => SEPARATEGROUPS]);
        $this->mirror(['userid' => 0]);
        $reply = ['externalid' => 'r1', 'parent' => 't1'];
        $this->assert_refused('cannotpost', $reply);
        $posted = $this->mirror(['userid' => 0] + $reply);
        $this->assertSame('created', $posted['status']);
        $this->assert_refused('cannotpost', ['revision' => 2] + $reply);
        $this->assertEquals($this->service->id, $DB->get_field('forum_posts', 'userid', ['id' => $posted['postid']]));
    }

    public function test_who_may_answer_everybody_by_now_becomes_the_author(): void {
        global $DB;
        $this->forum = $this->create_forum(['groupmode' => SEPARATEGROUPS]);
        $this->mirror(['userid' => 0]);
        $reply = ['externalid' => 'r1', 'parent' => 't1'];
        $posted = $this->mirror(['userid' => 0] + $reply);
        $DB->set_field('course_modules', 'groupmode', NOGROUPS, ['id' => $this->forum->cmid]);
        rebuild_course_cache($this->course->id);
        $this->assertSame('updated', $this->mirror(['revision' => 2] + $reply)['status']);
        $this->assertEquals($this->author->id, $DB->get_field('forum_posts', 'userid', ['id' => $posted['postid']]));
    }

    public function test_a_post_threshold_holds_for_a_new_author_too(): void {
        $this->forum = $this->create_forum(['blockperiod' => DAYSECS, 'blockafter' => 1, 'warnafter' => 1]);
        $now = ['timecreated' => time(), 'timemodified' => time()];
        $this->mirror($now);
        $this->mirror(['externalid' => 't2', 'userid' => 0] + $now);
        $this->assert_refused('throttled', ['externalid' => 't2', 'revision' => 2] + $now);
    }

    public function test_the_account_needs_the_capability_in_the_forum(): void {
        $roleid = $this->getDataGenerator()->create_role();
        $context = \context_module::instance($this->forum->cmid);
        role_assign($roleid, $this->service->id, $context);
        assign_capability('local/peerbridge:mirror', CAP_PROHIBIT, $roleid, $context);
        $this->assert_refused('nopermission');
    }

    public function test_the_account_can_be_kept_to_one_category(): void {
        global $DB;
        $generator = $this->getDataGenerator();
        $ours = \context_coursecat::instance($this->course->category);
        $role = $DB->get_record('role', ['shortname' => 'local_peerbridge'], '*', MUST_EXIST);
        role_unassign($role->id, $this->service->id, \context_system::instance()->id);
        role_assign($role->id, $this->service->id, $ours);
        $this->assertSame('created', $this->mirror()['status']);
        $course = $generator->create_course(['category' => $generator->create_category()->id]);
        $this->forum = $generator->create_module('forum', ['course' => $course->id]);
        $this->assert_refused('nopermission', ['externalid' => 't2']);
    }

    public function test_a_deleted_forum_is_forgotten_but_for_the_erased(): void {
        global $DB;
        $this->mirror();
        $this->mirror(['externalid' => 't2', 'userid' => 0]);
        (new post_map())->erase((int)$this->forum->id, [(int)$this->service->id]);
        course_delete_module($this->forum->cmid);
        $this->assertSame(['t2'], array_values($DB->get_fieldset('local_peerbridge_map', 'externalid')));
        $this->assertSame('forumgone', $this->mirror()['errorcode']);
        $this->forum = $this->create_forum();
        $this->assertSame('created', $this->mirror()['status']);
        $this->assertSame('stale', $this->mirror(['externalid' => 't2', 'revision' => 99])['status']);
    }

    public function test_a_deleted_course_is_forgotten(): void {
        global $DB;
        $this->mirror();
        delete_course($this->course, false);
        $this->assertSame(0, $DB->count_records('local_peerbridge_map'));
        $this->assertSame(0, $DB->count_records('local_peerbridge_audit'));
    }

    public function test_a_forum_that_went_without_telling_is_forgotten_by_the_task(): void {
        global $DB;
        $this->mirror();
        $kept = $this->create_forum();
        $this->mirror(['externalid' => 't2', 'forumid' => (int)$kept->id]);
        $DB->delete_records('forum', ['id' => $this->forum->id]);
        (new \local_peerbridge\task\cleanup())->execute();
        $this->assertSame(['t2'], array_values($DB->get_fieldset('local_peerbridge_map', 'externalid')));
        $this->assertSame(['t2'], array_values($DB->get_fieldset('local_peerbridge_audit', 'externalid')));
    }

    public function test_another_module_with_the_number_of_the_forum_forgets_nothing(): void {
        global $DB;
        $this->mirror();
        local_peerbridge_pre_course_module_delete((object)['module' => 0, 'instance' => $this->forum->id]);
        $this->assertSame(1, $DB->count_records('local_peerbridge_map'));
    }
}
