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
 * Makes the account that the bridge uses, with a role that allows what it needs and no more.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class account_setup {
    /** What the bridge cannot do without. */
    private const CAPABILITIES = [
        'local/peerbridge:use',
        'local/peerbridge:mirror',
        'webservice/rest:use',
        'moodle/course:view',
        'moodle/course:viewhiddencourses',
        'moodle/course:viewhiddenactivities',
        'moodle/course:ignoreavailabilityrestrictions',
        'moodle/course:viewparticipants',
        'moodle/site:accessallgroups',
        'moodle/user:viewdetails',
        'moodle/user:viewalldetails',
        'mod/forum:viewdiscussion',
        'mod/forum:startdiscussion',
        'mod/forum:replypost',
        'mod/forum:editanypost',
        'mod/forum:deleteanypost',
        'mod/forum:postwithoutthrottling',
    ];

    /** To make the forums that it mirrors into. */
    private const FORUM_CAPABILITIES = ['moodle/course:manageactivities', 'mod/forum:addinstance'];

    /** To enrol people who write on the course platform and are not in the course yet. */
    private const ENROL_CAPABILITIES = ['enrol/manual:enrol', 'moodle/role:assign'];

    /** To make a course with people for a check, on a test site. */
    private const CHECK_CAPABILITIES = [
        'moodle/course:create',
        'moodle/course:delete',
        'moodle/course:visibility',
        'moodle/category:viewcourselist',
        'moodle/course:managegroups',
        'moodle/user:create',
        'moodle/user:update',
        'moodle/user:delete',
    ];

    /** Roles that a check gives to its people. */
    private const CHECK_ROLES = ['student', 'teacher', 'editingteacher'];

    /**
     * A set-up.
     */
    public function __construct(
        /** @var string of the account */
        private readonly string $username,
        /** @var bool whether it is for checks on a test site */
        private readonly bool $forchecks,
    ) {
    }

    /**
     * Turn web services, REST and, for checks, the service for checks on.
     */
    public function allow_web_services(): void {
        global $CFG, $DB;
        set_config('enablewebservices', 1);
        $protocols = array_filter(explode(',', $CFG->webserviceprotocols ?? ''));
        set_config('webserviceprotocols', implode(',', array_unique([...$protocols, 'rest'])));
        if ($this->forchecks) {
            $DB->set_field('external_services', 'enabled', 1, ['shortname' => $this->service()]);
        }
    }

    /**
     * The account, made when there is none. Nobody can log in with it: it has a token only.
     *
     * @param string $email its address
     * @return \stdClass row of user
     */
    public function ensure_account(string $email): \stdClass {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/user/lib.php');
        $user = $DB->get_record('user', ['username' => $this->username, 'mnethostid' => $CFG->mnet_localhost_id]);
        if ($user) {
            return $user;
        }
        $id = user_create_user((object)[
            'username' => $this->username,
            'auth' => 'webservice',
            'email' => $email,
            'firstname' => get_string('pluginname', 'local_peerbridge'),
            'lastname' => get_string('accountname', 'local_peerbridge'),
            'confirmed' => 1,
            'policyagreed' => 1,
            'mnethostid' => $CFG->mnet_localhost_id,
            'emailstop' => 1,
        ], false);
        return $DB->get_record('user', ['id' => $id], '*', MUST_EXIST);
    }

    /**
     * The role, given to the account in the whole site.
     *
     * @param \stdClass $account row of user
     * @param bool $makesforums whether it may make forums
     * @param bool $enrols whether it may enrol learners
     */
    public function ensure_role(\stdClass $account, bool $makesforums = false, bool $enrols = false): void {
        global $DB;
        $context = \context_system::instance();
        $shortname = $this->service();
        $roleid = $DB->get_field('role', 'id', ['shortname' => $shortname])
            ?: create_role(get_string('rolename', 'local_peerbridge', $shortname), $shortname, '');
        set_role_contextlevels($roleid, [CONTEXT_SYSTEM, CONTEXT_COURSECAT, CONTEXT_COURSE]);
        $capabilities = [
            ...self::CAPABILITIES,
            ...($makesforums || $this->forchecks ? self::FORUM_CAPABILITIES : []),
            ...($enrols || $this->forchecks ? self::ENROL_CAPABILITIES : []),
            ...($this->forchecks ? self::CHECK_CAPABILITIES : []),
        ];
        foreach ($capabilities as $capability) {
            assign_capability($capability, CAP_ALLOW, $roleid, $context, true);
        }
        $roles = $this->forchecks ? self::CHECK_ROLES : ($enrols ? ['student'] : []);
        foreach ($roles as $name) {
            $this->allow_assigning($roleid, $DB->get_field('role', 'id', ['shortname' => $name], MUST_EXIST));
        }
        role_assign($roleid, $account->id, $context);
    }

    /**
     * The token, made when there is none.
     *
     * @param \stdClass $account row of user
     * @return string the secret
     */
    public function ensure_token(\stdClass $account): string {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/webservice/lib.php');
        $service = $DB->get_record('external_services', ['shortname' => $this->service()], '*', MUST_EXIST);
        $keys = ['externalserviceid' => $service->id, 'userid' => $account->id];
        if (!$DB->record_exists('external_services_users', $keys)) {
            (new \webservice())->add_ws_authorised_user((object)$keys);
        }
        return $DB->get_field('external_tokens', 'token', $keys + ['tokentype' => EXTERNAL_TOKEN_PERMANENT])
            ?: \core_external\util::generate_token(
                EXTERNAL_TOKEN_PERMANENT,
                $service,
                (int)$account->id,
                \context_system::instance(),
            );
    }

    /**
     * Let the role give another one.
     *
     * @param int $roleid ours
     * @param int $targetid the other
     */
    private function allow_assigning(int $roleid, int $targetid): void {
        global $DB;
        if (!$DB->record_exists('role_allow_assign', ['roleid' => $roleid, 'allowassign' => $targetid])) {
            core_role_set_assign_allowed($roleid, $targetid);
        }
    }

    /**
     * Shortname of the service, and of the role that goes with it.
     *
     * @return string
     */
    private function service(): string {
        return $this->forchecks ? 'local_peerbridge_check' : 'local_peerbridge';
    }
}
