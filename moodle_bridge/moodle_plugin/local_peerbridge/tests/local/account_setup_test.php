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
 * The account of the bridge may do what it needs, and not more.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[CoversClass(account_setup::class)]
final class account_setup_test extends \advanced_testcase {
    public function test_setting_up_twice_gives_the_same_account_and_token(): void {
        global $CFG;
        $this->resetAfterTest();
        $this->setAdminUser();
        $tokens = [];
        foreach ([1, 2] as $time) {
            $setup = new account_setup('peerbridge', false);
            $setup->allow_web_services();
            $account = $setup->ensure_account('peerbridge@example.invalid');
            $setup->ensure_role($account);
            $tokens[] = [$account->id, $setup->ensure_token($account)];
        }
        $this->assertSame($tokens[0], $tokens[1]);
        $this->assertSame('rest', $CFG->webserviceprotocols);
        $context = \context_system::instance();
        $this->assertTrue(has_capability('local/peerbridge:mirror', $context, $account));
        $this->assertFalse(has_capability('moodle/course:manageactivities', $context, $account));
        $this->assertFalse(has_capability('enrol/manual:enrol', $context, $account));
        $this->assertFalse(has_capability('moodle/user:create', $context, $account));
    }

    public function test_an_account_that_enrols_may_make_learners_and_no_teachers(): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $setup = new account_setup('peerbridge', false);
        $account = $setup->ensure_account('peerbridge@example.invalid');
        $setup->ensure_role($account, enrols: true);
        $course = $this->getDataGenerator()->create_course();
        $this->setUser($account);
        $roles = get_assignable_roles(\context_course::instance($course->id), ROLENAME_SHORT);
        $this->assertSame(['student'], array_values($roles));
    }

    public function test_only_the_account_for_checks_may_make_people(): void {
        global $DB;
        $this->resetAfterTest();
        $this->setAdminUser();
        $setup = new account_setup('peercheck', true);
        $setup->allow_web_services();
        $account = $setup->ensure_account('peercheck@example.invalid');
        $setup->ensure_role($account);
        $this->assertTrue(has_capability('moodle/user:create', \context_system::instance(), $account));
        $services = $DB->get_records_menu('external_services', null, '', 'shortname, enabled');
        $this->assertEquals(1, $services['local_peerbridge_check']);
    }
}
