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

/**
 * Settings and health of the Peer bridge.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

if ($hassiteconfig) {
    $settings = new admin_settingpage('local_peerbridge', new lang_string('pluginname', 'local_peerbridge'));
    $ADMIN->add('localplugins', $settings);
    if ($ADMIN->fulltree) {
        $settings->add(new admin_setting_heading(
            'local_peerbridge/health',
            new lang_string('health', 'local_peerbridge'),
            \local_peerbridge\local\health::render(),
        ));
        $settings->add(new admin_setting_heading(
            'local_peerbridge/mirroring',
            new lang_string('mirroring', 'local_peerbridge'),
            '',
        ));
        $settings->add(new admin_setting_configcheckbox(
            'local_peerbridge/notify',
            new lang_string('notify', 'local_peerbridge'),
            new lang_string('notify_desc', 'local_peerbridge'),
            0,
        ));
        $settings->add(new admin_setting_configduration(
            'local_peerbridge/auditage',
            new lang_string('auditage', 'local_peerbridge'),
            new lang_string('auditage_desc', 'local_peerbridge'),
            YEARSECS,
            DAYSECS,
        ));
    }
}
