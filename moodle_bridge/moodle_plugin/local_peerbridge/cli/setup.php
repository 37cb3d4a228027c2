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
 * Makes all that the bridge needs on this site: web services on, a role, an account, a token. Safe to repeat.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

define('CLI_SCRIPT', true);

// MOODLE_ROOT: where config.php is, when the plugin is a symbolic link from elsewhere.
require((getenv('MOODLE_ROOT') ?: __DIR__ . '/../../..') . '/config.php');
require_once($CFG->libdir . '/clilib.php');

[$options, $unknown] = cli_get_params(
    ['help' => false, 'username' => 'peerbridge', 'email' => '', 'forums' => false, 'enrol' => false, 'checks' => false],
    ['h' => 'help'],
);
if ($unknown) {
    cli_error(get_string('cliunknowoption', 'core_admin', implode(' ', $unknown)));
}
if ($options['help']) {
    cli_writeln("Makes all that the Peer bridge needs on this site, and prints the token.

--username=NAME  the service account, made when there is none (peerbridge)
--email=ADDRESS  its address, of somebody who looks after the bridge
--forums         it may also make forums (local_peerbridge_ensure_forum)
--enrol          it may also enrol learners (the bridge's choice \"enrol\" for people who are not in the course)
--checks         for a test site only: it may also make courses and people, for make test-moodle");
    exit(0);
}

\core\session\manager::set_user(get_admin());
$setup = new \local_peerbridge\local\account_setup($options['username'], (bool)$options['checks']);
$setup->allow_web_services();
$account = $setup->ensure_account($options['email'] ?: "peerbridge@" . parse_url($CFG->wwwroot, PHP_URL_HOST));
$setup->ensure_role($account, (bool)$options['forums'], (bool)$options['enrol']);
cli_writeln("MOODLE_URL=$CFG->wwwroot");
cli_writeln('MOODLE_TOKEN=' . $setup->ensure_token($account));
