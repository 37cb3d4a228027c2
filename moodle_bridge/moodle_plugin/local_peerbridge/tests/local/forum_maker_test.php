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
 * The forum of a space is made once.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[CoversClass(forum_maker::class)]
final class forum_maker_test extends \advanced_testcase {
    public function test_a_forum_is_made_once_and_then_left_alone(): void {
        global $DB;
        $this->resetAfterTest();
        $this->setAdminUser();
        $course = $this->getDataGenerator()->create_course();
        $wanted = ['courseid' => (int)$course->id, 'idnumber' => 'space-1', 'name' => 'Questions', 'groupmode' => SEPARATEGROUPS];
        $made = forum_maker::from_array($wanted)->ensure();
        $again = forum_maker::from_array(['name' => 'Renamed', 'groupmode' => NOGROUPS] + $wanted)->ensure();
        $this->assertSame(['created' => false] + $made, ['created' => false] + $again);
        $this->assertSame([true, false], [$made['created'], $again['created']]);
        $this->assertSame('Questions', $DB->get_field('forum', 'name', ['id' => $made['forumid']]));
        $this->assertEquals(SEPARATEGROUPS, $DB->get_field('course_modules', 'groupmode', ['id' => $made['cmid']]));
    }

    public function test_a_wrong_field_is_named(): void {
        $this->expectException(\invalid_parameter_exception::class);
        $this->expectExceptionMessage('groupmode');
        forum_maker::from_array(['courseid' => 2, 'idnumber' => 'space-1', 'name' => 'Questions', 'groupmode' => 7]);
    }
}
