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
 * What an item must look like.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[CoversClass(item::class)]
final class item_test extends \advanced_testcase {
    /**
     * Fields that are right.
     *
     * @param array $other fields that differ
     * @return array
     */
    private function fields(array $other = []): array {
        return $this->getDataGenerator()->get_plugin_generator('local_peerbridge')
            ->create_item_fields((object)['id' => 7], 9, $other);
    }

    public function test_every_field_is_taken_over(): void {
        $item = item::from_array($this->fields(['parent' => 'p/1', 'groupid' => 3, 'pinned' => true]));
        $this->assertSame(
            ['acme', 't1', 1, 7, 9, 'p/1', 3, true, false],
            [$item->source, $item->externalid, $item->revision, $item->forumid, $item->userid, $item->parent,
                $item->groupid, $item->pinned, $item->locked],
        );
        $this->assertFalse($item->is_opening());
    }

    public function test_a_missing_field_is_named(): void {
        foreach (array_keys($this->fields()) as $name) {
            $fields = $this->fields();
            unset($fields[$name]);
            $this->assert_refused($name, $fields);
        }
    }

    /**
     * Values that are refused.
     *
     * @return array[]
     */
    public static function wrong_provider(): array {
        return [
            'upper case would meet lower case on MySQL' => ['externalid', 'T1'],
            'a line break at the end' => ['externalid', "t1\n"],
            'text is no number' => ['revision', '1'],
            'no revision outranks an erasure' => ['revision', post_map::ERASED],
            'group 0 is read as everybody by some of Moodle' => ['groupid', 0],
            'one is no boolean' => ['deleted', 1],
            'a tag in a title' => ['subject', 'x <3 you'],
            'a title beyond the column' => ['subject', str_repeat('é', 256)],
            'a text without text' => ['message', " \n"],
            'a text beyond the cap' => ['message', str_repeat('x', 1000001)],
            'changed before it was written' => ['timemodified', 1759999999],
            'Markdown' => ['messageformat', 4],
        ];
    }

    /**
     * A wrong value is refused, and its field named.
     *
     * @dataProvider wrong_provider
     * @param string $name the field
     * @param mixed $value its value
     */
    #[\PHPUnit\Framework\Attributes\DataProvider('wrong_provider')]
    public function test_a_wrong_value_is_refused(string $name, mixed $value): void {
        $this->assert_refused($name, $this->fields([$name => $value]));
    }

    public function test_a_deleted_post_needs_no_text(): void {
        $item = item::from_array($this->fields(['deleted' => true, 'subject' => '', 'message' => '']));
        $this->assertTrue($item->deleted);
    }

    /**
     * Assert that fields are refused because of one.
     *
     * @param string $name the field
     * @param array $fields all fields
     */
    private function assert_refused(string $name, array $fields): void {
        try {
            item::from_array($fields);
        } catch (item_error $error) {
            $this->assertSame('invaliditem', $error->errorcode);
            $this->assertStringStartsWith("$name: ", $error->getMessage());
            return;
        }
        $this->fail("$name was accepted");
    }
}
