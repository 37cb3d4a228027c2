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
 * What the settings page says about the state of the bridge.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class health {
    /**
     * The section as HTML.
     *
     * @return string
     */
    public static function render(): string {
        $table = new \html_table();
        $table->attributes['class'] = 'table generaltable';
        $table->caption = get_string('health', 'local_peerbridge');
        $table->captionhide = true;
        foreach (self::rows() as [$name, $value, $isgood]) {
            $cell = new \html_table_cell(get_string($name, 'local_peerbridge'));
            $cell->header = true;
            $cell->scope = 'row';
            $badge = $isgood === null ? '' : \html_writer::span(
                get_string($isgood ? 'healthgood' : 'healthbad', 'local_peerbridge'),
                'badge ' . ($isgood ? 'bg-success text-white' : 'bg-warning text-dark'),
            );
            $table->data[] = [$cell, s($value), $badge];
        }
        return \html_writer::table($table);
    }

    /**
     * What is looked at.
     *
     * @return array[] [string identifier, value, whether it is as it should be; null when that cannot be said]
     */
    private static function rows(): array {
        global $CFG, $DB;
        $service = $DB->get_record('external_services', ['shortname' => 'local_peerbridge']);
        $check = $DB->get_record('external_services', ['shortname' => 'local_peerbridge_check']);
        $protocols = explode(',', $CFG->webserviceprotocols ?? '');
        $tokens = $service ? $DB->count_records('external_tokens', ['externalserviceid' => $service->id]) : 0;
        $last = $DB->get_field_sql('SELECT MAX(timemodified) FROM {local_peerbridge_map}');
        return [
            self::flag('healthwebservices', !empty($CFG->enablewebservices)),
            self::flag('healthrest', in_array('rest', $protocols, true)),
            self::flag('healthservice', $service && $service->enabled),
            self::flag('healthcheckservice', $check && $check->enabled, false),
            ['healthtokens', (string)$tokens, $tokens > 0],
            ['healthposts', (string)$DB->count_records('local_peerbridge_map'), null],
            ['healthlast', $last ? userdate($last) : get_string('never'), null],
        ];
    }

    /**
     * A row that is on or off.
     *
     * @param string $name string identifier
     * @param bool $ison whether it is on
     * @param bool $shouldbe whether it should be
     * @return array
     */
    private static function flag(string $name, bool $ison, bool $shouldbe = true): array {
        return [$name, get_string($ison ? 'healthon' : 'healthoff', 'local_peerbridge'), $ison === $shouldbe];
    }
}
