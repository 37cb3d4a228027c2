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
 * How far somebody has read the outbox.
 *
 * Rows are committed in another order than they are numbered: a row that is not there yet may have a lower number than
 * one that is. So what is younger than a minute, longer than any transaction may take, is read again each time.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class change_cursor {
    /** Seconds after which nothing can be missing before a row. */
    private const SETTLED = 60;

    /**
     * A place in the outbox.
     */
    private function __construct(
        /** @var int nothing up to this id can be missing any more */
        private readonly int $floor,
        /** @var int the last id that was read */
        public readonly int $after,
    ) {
    }

    /**
     * Read a cursor that was given out earlier.
     *
     * @param string $text '' for the beginning
     * @return self
     * @throws \invalid_parameter_exception
     */
    public static function parse(string $text): self {
        if ($text === '') {
            return new self(0, 0);
        }
        if (!preg_match('/^(\d{1,18}):(\d{1,18})$/', $text, $match) || (int)$match[2] < (int)$match[1]) {
            throw new \invalid_parameter_exception('cursor: one that this function gave, or an empty text');
        }
        return new self((int)$match[1], (int)$match[2]);
    }

    /**
     * Whether the outbox went back behind the cursor, as when Moodle is restored from a backup: its ids begin again.
     *
     * @return bool
     */
    public function is_ahead(): bool {
        global $DB;
        return $this->floor > (int)$DB->get_field_sql('SELECT MAX(id) FROM {' . outbox::TABLE . '}');
    }

    /**
     * Where to go on after a page.
     *
     * @param int $last id of the page's last row
     * @param bool $more whether further rows are there already
     * @param int $now the time, in seconds
     * @return self
     */
    public function next(int $last, bool $more, int $now): self {
        global $DB;
        $sql = 'SELECT MAX(id) FROM {' . outbox::TABLE . '} WHERE timecreated <= ?';
        $settled = (int)$DB->get_field_sql($sql, [$now - self::SETTLED]);
        $floor = max($this->floor, $more ? min($settled, $last) : $settled);
        return new self($floor, $more ? max($last, $floor) : $floor);
    }

    /**
     * The cursor to be given out.
     *
     * @return string
     */
    public function text(): string {
        return "$this->floor:$this->after";
    }
}
