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
use core_privacy\local\request\userlist;
use core_privacy\local\request\writer;
use PHPUnit\Framework\Attributes\CoversClass;

/**
 * What is kept about people can be read and erased, and does not come back.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[CoversClass(provider::class)]
final class provider_test extends \core_privacy\tests\provider_testcase {
    /** @var \stdClass the forum */
    private \stdClass $forum;

    /** @var \context_module its context */
    private \context_module $context;

    /** @var \stdClass author of t1 */
    private \stdClass $author;

    /** @var \stdClass author of t2 */
    private \stdClass $other;

    /** @var \stdClass service account, the current user */
    private \stdClass $service;

    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $generator = $this->getDataGenerator();
        $course = $generator->create_course();
        $this->forum = $generator->create_module('forum', ['course' => $course->id]);
        $this->context = \context_module::instance($this->forum->cmid);
        $this->author = $generator->create_and_enrol($course);
        $this->other = $generator->create_and_enrol($course);
        $bridge = $generator->get_plugin_generator('local_peerbridge');
        $this->service = $bridge->create_service_account();
        $bridge->create_mirrored_post($this->forum, (int)$this->author->id);
        $bridge->create_mirrored_post($this->forum, (int)$this->other->id, ['externalid' => 't2']);
    }

    /**
     * Who is named in the tables.
     *
     * @return array[] author by external id
     */
    private function authors(): array {
        global $DB;
        return array_map('intval', $DB->get_records_menu('local_peerbridge_map', null, 'externalid', 'externalid, userid'));
    }

    /**
     * Assert that t1 names nobody and cannot come back, and that t2 is as it was.
     */
    private function assert_author_erased(): void {
        global $DB;
        $this->assertSame(['t1' => 0, 't2' => (int)$this->other->id], $this->authors());
        $this->assertSame(['t2'], $DB->get_fieldset('local_peerbridge_audit', 'externalid'));
        $late = $this->getDataGenerator()->get_plugin_generator('local_peerbridge')
            ->create_mirrored_post($this->forum, (int)$this->author->id, ['revision' => 1000]);
        $this->assertSame('stale', $late['status']);
    }

    public function test_every_field_is_explained(): void {
        $collection = provider::get_metadata(new collection('local_peerbridge'));
        foreach ($collection->get_collection() as $table) {
            foreach ([$table->get_summary(), ...array_values($table->get_privacy_fields())] as $string) {
                $this->assertTrue(get_string_manager()->string_exists($string, 'local_peerbridge'), $string);
            }
        }
        $this->assertCount(3, $collection->get_collection());
    }

    public function test_contexts_of_author_and_account(): void {
        foreach ([$this->author, $this->service] as $user) {
            $contexts = provider::get_contexts_for_userid((int)$user->id);
            $this->assertEquals([$this->context->id], $contexts->get_contextids());
        }
        $stranger = $this->getDataGenerator()->create_user();
        $this->assertCount(0, provider::get_contexts_for_userid((int)$stranger->id));
    }

    public function test_people_of_a_forum(): void {
        $list = new userlist($this->context, 'local_peerbridge');
        provider::get_users_in_context($list);
        $this->assertEqualsCanonicalizing([$this->author->id, $this->other->id, $this->service->id], $list->get_userids());
        $elsewhere = new userlist(\context_system::instance(), 'local_peerbridge');
        provider::get_users_in_context($elsewhere);
        $this->assertSame([], $elsewhere->get_userids());
    }

    public function test_an_export_holds_the_persons_own_only(): void {
        $this->export_context_data_for_user((int)$this->author->id, $this->context, 'local_peerbridge');
        $data = writer::with_context($this->context)->get_data([get_string('pluginname', 'local_peerbridge')]);
        $this->assertSame(['t1'], array_column($data->posts, 'externalid'));
        $this->assertSame(['created'], array_column($data->actions, 'action'));
    }

    public function test_an_erased_person_is_not_named_and_does_not_come_back(): void {
        $contexts = new approved_contextlist($this->author, 'local_peerbridge', [$this->context->id]);
        provider::delete_data_for_user($contexts);
        $this->assert_author_erased();
    }

    public function test_erasing_by_list(): void {
        $list = new approved_userlist($this->context, 'local_peerbridge', [(int)$this->author->id]);
        provider::delete_data_for_users($list);
        $this->assert_author_erased();
    }

    public function test_erasing_the_account_keeps_the_posts_of_others(): void {
        global $DB;
        $list = new approved_userlist($this->context, 'local_peerbridge', [(int)$this->service->id]);
        provider::delete_data_for_users($list);
        $this->assertSame(['t1' => (int)$this->author->id, 't2' => (int)$this->other->id], $this->authors());
        $this->assertEquals([0, 0], $DB->get_fieldset('local_peerbridge_audit', 'actorid'));
    }

    public function test_who_changed_a_post_is_exported_and_forgotten(): void {
        global $DB;
        \local_peerbridge\local\outbox::note((int)$this->forum->id, 1, 7, (int)$this->author->id);
        $this->export_context_data_for_user((int)$this->author->id, $this->context, 'local_peerbridge');
        $data = writer::with_context($this->context)->get_data([get_string('pluginname', 'local_peerbridge')]);
        $this->assertSame([7], array_column($data->changes, 'postid'));
        $list = new approved_userlist($this->context, 'local_peerbridge', [(int)$this->author->id]);
        provider::delete_data_for_users($list);
        $this->assertEquals([0], $DB->get_fieldset('local_peerbridge_outbox', 'userid'));
    }

    public function test_erasing_everybody_in_a_forum(): void {
        global $DB;
        provider::delete_data_for_all_users_in_context(\context_system::instance());
        $this->assertNotSame(['t1' => 0, 't2' => 0], $this->authors());
        provider::delete_data_for_all_users_in_context($this->context);
        $this->assertSame(['t1' => 0, 't2' => 0], $this->authors());
        $this->assertSame(0, $DB->count_records('local_peerbridge_audit'));
    }
}
