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
 * Parameters that are JSON text. PHP drops values beyond max_input_vars in silence; one text cannot lose a part.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class json_text {
    /**
     * Decode an object.
     *
     * @param string $name the parameter, for the message
     * @param string $text its value
     * @return array by key
     * @throws \invalid_parameter_exception
     */
    public static function object(string $name, string $text): array {
        $value = self::decode($name, $text);
        if (!$value instanceof \stdClass) {
            throw new \invalid_parameter_exception("$name: a JSON object is expected");
        }
        return (array)$value;
    }

    /**
     * Decode an array.
     *
     * @param string $name the parameter, for the message
     * @param string $text its value
     * @param int $most how many values it may have
     * @return array list of decoded values, objects among them as stdClass
     * @throws \invalid_parameter_exception
     */
    public static function list(string $name, string $text, int $most): array {
        $value = self::decode($name, $text);
        if (!is_array($value)) {
            throw new \invalid_parameter_exception("$name: a JSON array is expected");
        }
        if (count($value) > $most) {
            throw new \invalid_parameter_exception("$name: at most $most values, got " . count($value));
        }
        return $value;
    }

    /**
     * Decode anything. Objects stay objects, so that an empty one is not taken for an empty list.
     *
     * @param string $name the parameter, for the message
     * @param string $text its value
     * @return mixed
     */
    private static function decode(string $name, string $text): mixed {
        try {
            return json_decode($text, false, 32, JSON_THROW_ON_ERROR);
        } catch (\JsonException $error) {
            throw new \invalid_parameter_exception("$name: not JSON: " . $error->getMessage());
        }
    }
}
