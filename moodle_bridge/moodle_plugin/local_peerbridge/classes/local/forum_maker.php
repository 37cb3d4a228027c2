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
 * Makes the forum with an idnumber, unless the course has it.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class forum_maker {
    /** Types of forum in which more than one discussion can be mirrored. */
    private const TYPES = ['general', 'news'];

    /** How long to wait for another call that makes the same forum. */
    private const LOCK_SECONDS = 10;

    /**
     * Only from_array makes makers.
     */
    private function __construct(
        /** @var int where */
        public readonly int $courseid,
        /** @var string what it is found by */
        private readonly string $idnumber,
        /** @var string what people see */
        private readonly string $name,
        /** @var int NOGROUPS, SEPARATEGROUPS or VISIBLEGROUPS */
        private readonly int $groupmode,
        /** @var bool whether learners see it */
        private readonly bool $visible,
        /** @var string one of TYPES */
        private readonly string $type,
    ) {
    }

    /**
     * Check a decoded JSON object.
     *
     * @param array $fields courseid, idnumber and name are required
     * @return self
     * @throws \invalid_parameter_exception naming the field
     */
    public static function from_array(array $fields): self {
        $fields += ['groupmode' => NOGROUPS, 'visible' => true, 'type' => 'general'];
        $rules = [
            'courseid' => static fn($value) => is_int($value) && $value > 0,
            'idnumber' => static fn($value) => is_string($value) && preg_match('/^[a-z0-9._:-]{1,100}$/D', $value),
            'name' => static fn($value) => is_string($value) && trim($value) !== '' && \core_text::strlen($value) <= 255
                && $value === clean_param($value, PARAM_TEXT),
            'groupmode' => static fn($value) => in_array($value, [NOGROUPS, SEPARATEGROUPS, VISIBLEGROUPS], true),
            'visible' => static fn($value) => is_bool($value),
            'type' => static fn($value) => in_array($value, self::TYPES, true),
        ];
        foreach ($rules as $name => $holds) {
            if (!isset($fields[$name]) || !$holds($fields[$name])) {
                throw new \invalid_parameter_exception("forum: $name: missing or not as expected");
            }
        }
        return new self(...array_map(static fn($name) => $fields[$name], array_keys($rules)));
    }

    /**
     * The forum's ids. An existing forum is left as its teachers made it.
     *
     * @return array forumid, cmid, created
     */
    public function ensure(): array {
        // An idnumber is not unique in the database: two calls at once must not make two forums.
        $lock = \core\lock\lock_config::get_lock_factory('local_peerbridge')
            ->get_lock("forum:$this->courseid:$this->idnumber", self::LOCK_SECONDS);
        if (!$lock) {
            throw new \moodle_exception('locktimeout');
        }
        try {
            $found = $this->find();
            return ($found ?? $this->make()) + ['created' => $found === null];
        } finally {
            $lock->release();
        }
    }

    /**
     * The forum that is there.
     *
     * @return array|null forumid, cmid
     */
    private function find(): ?array {
        global $DB;
        $sql = "SELECT cm.id, cm.instance, cm.idnumber
                  FROM {course_modules} cm
                  JOIN {modules} m ON m.id = cm.module AND m.name = 'forum'
                 WHERE cm.course = :courseid AND cm.idnumber = :idnumber AND cm.deletioninprogress = 0
              ORDER BY cm.id";
        $rows = $DB->get_records_sql($sql, ['courseid' => $this->courseid, 'idnumber' => $this->idnumber]);
        foreach ($rows as $row) {
            if ($row->idnumber === $this->idnumber) {
                return ['forumid' => (int)$row->instance, 'cmid' => (int)$row->id];
            }
        }
        return null;
    }

    /**
     * A new forum, whose subscriptions and grading are left to its teachers.
     *
     * @return array forumid, cmid
     */
    private function make(): array {
        global $CFG;
        require_once($CFG->dirroot . '/course/lib.php');
        require_once($CFG->dirroot . '/mod/forum/lib.php');
        $module = create_module((object)[
            'modulename' => 'forum',
            'course' => $this->courseid,
            'section' => 0,
            'visible' => (int)$this->visible,
            'visibleoncoursepage' => 1,
            'cmidnumber' => $this->idnumber,
            'groupmode' => $this->groupmode,
            'groupingid' => 0,
            'name' => $this->name,
            'introeditor' => ['text' => '', 'format' => FORMAT_HTML, 'itemid' => IGNORE_FILE_MERGE],
            'type' => $this->type,
            'forcesubscribe' => FORUM_CHOOSESUBSCRIBE,
            'trackingtype' => FORUM_TRACKING_OPTIONAL,
            'maxbytes' => 0,
            'maxattachments' => 0,
            'assessed' => 0,
            'scale' => 0,
            'grade_forum' => 0,
            'grade_forum_notify' => 0,
        ]);
        return ['forumid' => (int)$module->instance, 'cmid' => (int)$module->coursemodule];
    }
}
