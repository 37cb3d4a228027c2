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
use PHPUnit\Framework\Attributes\CoversClass;

/**
 * The web service functions: who may call them, and what they answer.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[CoversClass(upsert_post::class)]
#[CoversClass(upsert_posts::class)]
#[CoversClass(lookup::class)]
#[CoversClass(get_digest::class)]
#[CoversClass(get_status::class)]
#[CoversClass(get_changes::class)]
#[CoversClass(ensure_forum::class)]
final class functions_test extends \advanced_testcase {
    /** @var \stdClass the forum */
    private \stdClass $forum;

    /** @var \stdClass enrolled student */
    private \stdClass $author;

    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $this->preventResetByRollback();
        $course = $this->getDataGenerator()->create_course();
        $this->forum = $this->getDataGenerator()->create_module('forum', ['course' => $course->id]);
        $this->author = $this->getDataGenerator()->create_and_enrol($course);
        $this->plugin_generator()->create_service_account();
    }

    /**
     * The plugin's generator.
     *
     * @return \local_peerbridge_generator
     */
    private function plugin_generator(): \local_peerbridge_generator {
        return $this->getDataGenerator()->get_plugin_generator('local_peerbridge');
    }

    /**
     * JSON of an item.
     *
     * @param array $other fields that differ
     * @return string
     */
    private function item(array $other = []): string {
        return json_encode($this->plugin_generator()->create_item_fields($this->forum, (int)$this->author->id, $other));
    }

    public function test_one_post(): void {
        $result = external_api::clean_returnvalue(upsert_post::execute_returns(), upsert_post::execute($this->item()));
        $this->assertSame('created', $result['status']);
        $this->assertGreaterThan(0, $result['postid']);
    }

    public function test_a_bad_item_of_a_batch_keeps_no_other_from_being_applied(): void {
        $items = [$this->item(), $this->item(['externalid' => 't2', 'userid' => -5]), '7', $this->item(['externalid' => 't3'])];
        $results = external_api::clean_returnvalue(
            upsert_posts::execute_returns(),
            upsert_posts::execute('[' . implode(',', $items) . ']'),
        );
        $this->assertSame(['created', 'error', 'error', 'created'], array_column($results, 'status'));
        $this->assertStringStartsWith('userid: ', $results[1]['message']);
    }

    public function test_a_batch_of_more_than_a_hundred_is_refused_as_a_whole(): void {
        global $DB;
        try {
            upsert_posts::execute('[' . implode(',', array_fill(0, 101, $this->item())) . ']');
            $this->fail('It was accepted');
        } catch (\invalid_parameter_exception $error) {
            $this->assertStringContainsString('at most 100', $error->debuginfo);
        }
        $this->assertSame(0, $DB->count_records('local_peerbridge_map'));
    }

    public function test_what_is_not_json_is_refused(): void {
        $this->expectException(\invalid_parameter_exception::class);
        upsert_post::execute('{"source": ');
    }

    public function test_lookup_compares_byte_for_byte(): void {
        upsert_post::execute($this->item());
        $found = external_api::clean_returnvalue(lookup::execute_returns(), lookup::execute('acme', '["T1", "t1", "t1"]'));
        $this->assertSame(['t1'], array_column($found, 'externalid'));
        $this->assertSame([], lookup::execute('ACME', '["t1"]'));
    }

    public function test_digest_lists_posts_of_both_origins(): void {
        $mirrored = upsert_post::execute($this->item());
        $born = $this->getDataGenerator()->get_plugin_generator('mod_forum')->create_post(
            ['discussion' => $mirrored['discussionid'], 'parent' => $mirrored['postid'], 'userid' => $this->author->id],
        );
        $page = external_api::clean_returnvalue(get_digest::execute_returns(), get_digest::execute((int)$this->forum->id));
        $this->assertSame([[$mirrored['postid'], 't1'], [(int)$born->id, '']], array_map(
            fn($row) => [$row['postid'], $row['externalid']],
            $page,
        ));
        $text = "How do I sum a series?\0<p>It does not converge.</p>\0" . "1";
        $this->assertSame(hash('sha256', $text), $page[0]['hash']);
    }

    public function test_status_names_version_and_functions(): void {
        $status = external_api::clean_returnvalue(get_status::execute_returns(), get_status::execute());
        $this->assertSame((int)get_config('local_peerbridge', 'version'), $status['version']);
        $this->assertContains('local_peerbridge_upsert_posts', $status['functions']);
        $this->assertCount(9, $status['functions']);
    }

    public function test_a_forum_is_made_through_the_function(): void {
        $forum = json_encode(['courseid' => (int)$this->forum->course, 'idnumber' => 'space-1', 'name' => 'Questions']);
        $made = external_api::clean_returnvalue(ensure_forum::execute_returns(), ensure_forum::execute($forum));
        $this->assertTrue($made['created']);
    }

    /**
     * Every function, with arguments that are right.
     *
     * @return array[]
     */
    public static function functions_provider(): array {
        return [
            'upsert_post' => [upsert_post::class, ['{}']],
            'upsert_posts' => [upsert_posts::class, ['[]']],
            'lookup' => [lookup::class, ['acme', '[]']],
            'get_status' => [get_status::class, []],
            'ensure_forum' => [ensure_forum::class, ['{}']],
            'get_changes' => [get_changes::class, ['', '[]']],
            'get_digest' => [get_digest::class, null],
        ];
    }

    /**
     * Without the capability nothing is answered.
     *
     * @dataProvider functions_provider
     * @param string $class of the function
     * @param array|null $arguments null for the id of the forum
     */
    #[\PHPUnit\Framework\Attributes\DataProvider('functions_provider')]
    public function test_nobody_else_may_call(string $class, ?array $arguments): void {
        $this->setUser($this->author);
        $this->expectException(\required_capability_exception::class);
        $class::execute(...$arguments ?? [(int)$this->forum->id]);
    }
}
