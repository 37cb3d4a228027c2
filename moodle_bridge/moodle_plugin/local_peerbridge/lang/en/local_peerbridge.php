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
 * English strings of the Peer bridge.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$string['accountname'] = 'service account';
$string['auditage'] = 'Keep the audit for';
$string['auditage_desc'] = 'The audit says which account wrote in whose name, and when. Zero keeps it for ever.';
$string['cannotpost'] = 'Moodle does not let the author post here: the forum\'s type, its cut-off date, a lock or a permission forbids it.';
$string['conflict'] = 'The database refused twice, as something else was writing. Try again.';
$string['forumgone'] = 'There is no forum {$a}, or it is being deleted.';
$string['forummismatch'] = 'The post, or the one it replies to, is mirrored in forum {$a}.';
$string['groupmismatch'] = 'Group {$a}: its members would not be the only readers, the author is not one of them, or the discussion is meant for others.';
$string['health'] = 'State of the bridge';
$string['healthbad'] = 'Please look';
$string['healthcheckservice'] = 'Service for checks (on test sites only)';
$string['healthgood'] = 'Good';
$string['healthlast'] = 'Last change mirrored';
$string['healthoff'] = 'Off';
$string['healthon'] = 'On';
$string['healthposts'] = 'Posts known to the bridge';
$string['healthrest'] = 'REST protocol';
$string['healthservice'] = 'Service "Peer bridge"';
$string['healthtokens'] = 'Tokens of the service';
$string['healthwebservices'] = 'Web services';
$string['internal'] = 'Moodle failed ({$a}); its log says where.';
$string['invaliditem'] = '{$a}';
$string['messageprovider:returned'] = 'A change in a mirrored forum that does not stand';
$string['mirroring'] = 'Mirroring';
$string['moved'] = 'The discussion was moved in Moodle, to forum {$a}.';
$string['nogroup'] = 'There is no group {$a} in the course.';
$string['nopermission'] = 'The service account may not mirror into forum {$a} (local/peerbridge:mirror).';
$string['notenrolled'] = 'User {$a} is not actively enrolled in the course.';
$string['notify'] = 'Forum mails for mirrored posts';
$string['notify_desc'] = 'Lets Moodle mail new mirrored posts to those who subscribe to the forum. Leave it off while older posts are brought in, and where people are told by the course platform already.';
$string['notvisible'] = 'User {$a} cannot see the forum.';
$string['parentgone'] = 'The post {$a} that it replies to is no longer in Moodle.';
$string['parentmissing'] = 'The post {$a} that it replies to was not mirrored yet.';
$string['peerbridge:mirror'] = 'Write mirrored posts as their authors';
$string['peerbridge:use'] = 'Call the functions of the bridge';
$string['pluginname'] = 'Peer bridge';
$string['privacy:metadata:audit'] = 'Who wrote a mirrored post in whose name.';
$string['privacy:metadata:audit:action'] = 'Whether it was created, updated, deleted or restored.';
$string['privacy:metadata:audit:actorid'] = 'The account whose token was used.';
$string['privacy:metadata:audit:externalid'] = 'The id of the post on the course platform.';
$string['privacy:metadata:audit:timecreated'] = 'When.';
$string['privacy:metadata:audit:userid'] = 'The author.';
$string['privacy:metadata:map'] = 'Which forum post a post of the course platform is mirrored to.';
$string['privacy:metadata:map:externalid'] = 'The id of the post on the course platform.';
$string['privacy:metadata:map:postid'] = 'The forum post.';
$string['privacy:metadata:map:revision'] = 'The newest revision that was mirrored.';
$string['privacy:metadata:map:source'] = 'The tenant of the course platform.';
$string['privacy:metadata:map:timecreated'] = 'When it was first mirrored.';
$string['privacy:metadata:map:timemodified'] = 'When it was last changed by the bridge.';
$string['privacy:metadata:map:userid'] = 'The author.';
$string['privacy:metadata:outbox'] = 'Which forum posts somebody changed in Moodle, for the course platform to read.';
$string['privacy:metadata:outbox:message'] = 'The text that somebody wrote over a mirrored post, until it is settled.';
$string['privacy:metadata:outbox:postid'] = 'The forum post.';
$string['privacy:metadata:outbox:subject'] = 'Its title.';
$string['privacy:metadata:outbox:timecreated'] = 'When.';
$string['privacy:metadata:outbox:userid'] = 'Who changed it.';
$string['reasonboolean'] = 'true or false is expected';
$string['reasonempty'] = 'must not be empty';
$string['reasonformat'] = 'only 1 (HTML) is supported';
$string['reasoninteger'] = 'an integer is expected';
$string['reasonlong'] = 'too long';
$string['reasonmissing'] = 'missing';
$string['reasonobject'] = 'a JSON object is expected';
$string['reasonpattern'] = 'empty, too long, or has a character that is not allowed';
$string['reasonrange'] = 'out of range';
$string['reasontags'] = 'must be text without tags; write &lt; for <';
$string['reasontext'] = 'a text is expected';
$string['returned'] = 'Your change was not kept';
$string['returnedchange'] = 'You changed something in "{$a}". It was written on the course platform, where somebody else had changed it meanwhile or where you may not change it, so it is as before.';
$string['returnedtext'] = 'You changed a post in "{$a}". It was written on the course platform, where somebody else had changed it meanwhile or where you may not change it, so its own text stands. This is what you wrote:';
$string['rolename'] = 'Peer bridge ({$a})';
$string['taskcleanup'] = 'Clean up the bridge\'s tables';
$string['throttled'] = 'The author reached the forum\'s post threshold for blocking. Try again later.';
$string['usernotfound'] = 'There is no active account with id {$a}.';
