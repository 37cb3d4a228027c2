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
 * One post to mirror, as the bridge sends it: whole state, every field checked.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class item {
    /** What tells tenants and posts apart is lower case: look-ups ignore case on MySQL and MariaDB. */
    private const SOURCE = '/^[a-z0-9_-]{1,40}$/D';

    /** See SOURCE. */
    private const EXTERNALID = '~^[a-z0-9._:/-]{1,128}$~D';

    /** Length of forum_posts.subject and forum_discussions.name. */
    private const SUBJECT_CHARACTERS = 255;

    /** Far above what the LMS lets its learners write. */
    private const MESSAGE_BYTES = 1000000;

    /** The group id that stands for everybody in the course. */
    public const EVERYBODY = -1;

    /**
     * Only from_array makes items.
     */
    private function __construct(
        /** @var string the tenant */
        public readonly string $source,
        /** @var string the post's id there */
        public readonly string $externalid,
        /** @var int newest wins */
        public readonly int $revision,
        /** @var int where it belongs */
        public readonly int $forumid,
        /** @var int the author, 0 for the service account */
        public readonly int $userid,
        /** @var string external id of the parent, '' for an opening post */
        public readonly string $parent,
        /** @var string title */
        public readonly string $subject,
        /** @var string HTML */
        public readonly string $message,
        /** @var int who may read it: a group, or EVERYBODY */
        public readonly int $groupid,
        /** @var int when it was written */
        public readonly int $timecreated,
        /** @var int when it was last changed */
        public readonly int $timemodified,
        /** @var bool whether it is gone */
        public readonly bool $deleted,
        /** @var bool state of the thread */
        public readonly bool $pinned,
        /** @var bool state of the thread */
        public readonly bool $locked,
        /** @var int which version of the text this is, 0 when a bridge does not say it */
        public readonly int $edit,
    ) {
    }

    /**
     * Check a decoded JSON object.
     *
     * @param array $fields by name; unknown ones are ignored, so that a newer bridge can talk to an older plugin
     * @return self
     * @throws item_error invaliditem, its message beginning with the name of the first field that is wrong
     */
    public static function from_array(array $fields): self {
        $deleted = self::boolean($fields, 'deleted');
        if (self::integer($fields, 'messageformat', (int)FORMAT_HTML) !== (int)FORMAT_HTML) {
            self::refuse('messageformat', 'reasonformat');
        }
        $parent = self::text($fields, 'parent');
        $created = self::integer($fields, 'timecreated', 1);
        return new self(
            source: self::pattern($fields, 'source', self::SOURCE),
            externalid: self::pattern($fields, 'externalid', self::EXTERNALID),
            revision: self::integer($fields, 'revision', 1, post_map::ERASED - 1),
            forumid: self::integer($fields, 'forumid', 1),
            userid: self::integer($fields, 'userid', 0),
            parent: $parent === '' ? '' : self::pattern($fields, 'parent', self::EXTERNALID),
            subject: self::subject($fields, $deleted),
            message: self::message($fields, $deleted),
            groupid: self::group($fields),
            timecreated: $created,
            timemodified: self::integer($fields, 'timemodified', $created),
            deleted: $deleted,
            pinned: self::boolean($fields, 'pinned'),
            locked: self::boolean($fields, 'locked'),
            edit: array_key_exists('edit', $fields) ? self::integer($fields, 'edit', 0) : 0,
        );
    }

    /**
     * Whether it opens a discussion.
     *
     * @return bool
     */
    public function is_opening(): bool {
        return $this->parent === '';
    }

    /**
     * The hash of its text, as the digest gives it of the post once it is written.
     *
     * @return string
     */
    public function hash(): string {
        return $this->deleted ? self::hash_of('', '', (int)FORMAT_PLAIN) : self::hash_of($this->subject, $this->message);
    }

    /**
     * The hash of a post's text.
     *
     * @param string $subject as stored
     * @param string $message as stored
     * @param int|null $format of the message, null for HTML
     * @return string
     */
    public static function hash_of(string $subject, string $message, ?int $format = null): string {
        $format ??= (int)FORMAT_HTML;
        return hash('sha256', "$subject\0$message\0$format");
    }

    /**
     * The post that it replies to, where that was born in Moodle: its number stands behind "moodle:".
     *
     * @return int id in table forum_posts, 0 where the parent is an external id
     */
    public function native_parent(): int {
        return preg_match('/^moodle:([1-9]\d{0,9})$/', $this->parent, $match) ? (int)$match[1] : 0;
    }

    /**
     * A field that must be there.
     *
     * @param array $fields all fields
     * @param string $name the field
     * @return mixed its value
     */
    private static function field(array $fields, string $name): mixed {
        if (!array_key_exists($name, $fields)) {
            self::refuse($name, 'reasonmissing');
        }
        return $fields[$name];
    }

    /**
     * A field that holds text.
     *
     * @param array $fields all fields
     * @param string $name the field
     * @return string
     */
    private static function text(array $fields, string $name): string {
        $value = self::field($fields, $name);
        return is_string($value) ? $value : self::refuse($name, 'reasontext');
    }

    /**
     * A field that holds text of one form.
     *
     * @param array $fields all fields
     * @param string $name the field
     * @param string $pattern regular expression
     * @return string
     */
    private static function pattern(array $fields, string $name, string $pattern): string {
        $value = self::text($fields, $name);
        return preg_match($pattern, $value) ? $value : self::refuse($name, 'reasonpattern');
    }

    /**
     * A field that holds an integer within bounds. No text that looks like a number: a bridge that sends one is wrong.
     *
     * @param array $fields all fields
     * @param string $name the field
     * @param int $least smallest value
     * @param int $most largest value, by default what fits an id or a time
     * @return int
     */
    private static function integer(array $fields, string $name, int $least, int $most = 9999999999): int {
        $value = self::field($fields, $name);
        if (!is_int($value)) {
            self::refuse($name, 'reasoninteger');
        }
        return $value >= $least && $value <= $most ? $value : self::refuse($name, 'reasonrange');
    }

    /**
     * A field that holds true or false.
     *
     * @param array $fields all fields
     * @param string $name the field
     * @return bool
     */
    private static function boolean(array $fields, string $name): bool {
        $value = self::field($fields, $name);
        return is_bool($value) ? $value : self::refuse($name, 'reasonboolean');
    }

    /**
     * The title. Tags are refused, as core's own functions do: it is printed in many places that expect none.
     *
     * @param array $fields all fields
     * @param bool $deleted whether it may be empty
     * @return string
     */
    private static function subject(array $fields, bool $deleted): string {
        $subject = self::text($fields, 'subject');
        if (\core_text::strlen($subject) > self::SUBJECT_CHARACTERS) {
            self::refuse('subject', 'reasonlong');
        }
        if ($subject !== clean_param($subject, PARAM_TEXT)) {
            self::refuse('subject', 'reasontags');
        }
        return $deleted || trim($subject) !== '' ? $subject : self::refuse('subject', 'reasonempty');
    }

    /**
     * The text. It is stored as it is; Moodle cleans it whenever it shows it.
     *
     * @param array $fields all fields
     * @param bool $deleted whether it may be empty
     * @return string
     */
    private static function message(array $fields, bool $deleted): string {
        $message = self::text($fields, 'message');
        if (strlen($message) > self::MESSAGE_BYTES) {
            self::refuse('message', 'reasonlong');
        }
        return $deleted || trim($message) !== '' ? $message : self::refuse('message', 'reasonempty');
    }

    /**
     * Who may read it.
     *
     * @param array $fields all fields
     * @return int EVERYBODY, or an id above 0: 0 would be read as everybody by some of Moodle
     */
    private static function group(array $fields): int {
        $groupid = self::integer($fields, 'groupid', self::EVERYBODY);
        return $groupid !== 0 ? $groupid : self::refuse('groupid', 'reasonrange');
    }

    /**
     * Refuse the item.
     *
     * @param string $name the field that is wrong
     * @param string $reason string identifier of what is wrong with it
     * @return never
     */
    private static function refuse(string $name, string $reason): never {
        throw new item_error('invaliditem', $name . ': ' . get_string($reason, 'local_peerbridge'));
    }
}
