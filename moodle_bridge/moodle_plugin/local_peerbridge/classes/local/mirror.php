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
 * Applies items: each in one transaction, each at most once, each as its author.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class mirror {
    /** A lost race on the unique index, or a deadlock, is tried once more. */
    private const ATTEMPTS = 2;

    /** @var int how many items are being applied right now: above 0, events of mod_forum are echoes of our own writes */
    private static int $depth = 0;

    /** @var array<int, forum_target> by forum id */
    private array $targets = [];

    /** @var post_map the mapping table */
    private readonly post_map $map;

    /** @var author_access what people may do */
    private readonly author_access $access;

    /**
     * A mirror for one call.
     */
    public function __construct(
        /** @var \stdClass the service account */
        private readonly \stdClass $service,
    ) {
        global $CFG;
        require_once($CFG->dirroot . '/mod/forum/lib.php');
        require_once($CFG->libdir . '/completionlib.php');
        $this->map = new post_map();
        $this->access = new author_access();
    }

    /**
     * Whether the events that are being triggered come from the bridge itself.
     *
     * @return bool
     */
    public static function is_writing(): bool {
        return self::$depth > 0;
    }

    /**
     * Apply one decoded item. Never throws: what is wrong with an item is its result.
     *
     * @param mixed $fields decoded JSON
     * @return array result as the contract has it
     */
    public function apply(mixed $fields): array {
        $fields = $fields instanceof \stdClass ? (array)$fields : $fields;
        $externalid = is_array($fields) && is_string($fields['externalid'] ?? null) ? $fields['externalid'] : '';
        try {
            if (!is_array($fields)) {
                throw new item_error('invaliditem', 'item: ' . get_string('reasonobject', 'local_peerbridge'));
            }
            return $this->apply_item(item::from_array($fields));
        } catch (item_error $error) {
            return self::failure($externalid, $error->errorcode, $error->getMessage());
        } catch (\dml_exception $error) {
            return self::failure($externalid, 'conflict', get_string('conflict', 'local_peerbridge'));
        } catch (\Throwable $error) {
            // The text may hold what a learner wrote: only the place goes to the log.
            debugging(get_class($error) . ' at ' . $error->getFile() . ':' . $error->getLine(), DEBUG_NORMAL);
            return self::failure($externalid, 'internal', get_string('internal', 'local_peerbridge', get_class($error)));
        }
    }

    /**
     * Apply one item, trying again after a lost race.
     *
     * @param item $item what to mirror
     * @return array result
     */
    private function apply_item(item $item): array {
        for ($attempt = 1; true; $attempt++) {
            try {
                return $this->apply_once($item);
            } catch (\dml_write_exception $error) {
                if ($attempt === self::ATTEMPTS) {
                    throw $error;
                }
            }
        }
    }

    /**
     * Apply one item, in one transaction.
     *
     * @param item $item what to mirror
     * @return array result
     */
    private function apply_once(item $item): array {
        global $DB;
        $row = $this->map->find($item->source, $item->externalid);
        // A deletion is made where the post is, even when its space belongs to another forum by now.
        $forumid = $row && $item->deleted ? (int)$row->forumid : $item->forumid;
        $target = $this->targets[$forumid] ??= forum_target::load($forumid);
        if ($row && $item->revision <= $row->revision) {
            return self::known($row, $item);
        }
        $transaction = $DB->start_delegated_transaction();
        self::$depth++;
        try {
            $result = $row ? $this->change($this->map->lock($row), $item, $target) : $this->create($item, $target);
            $transaction->allow_commit();
            return $result;
        } catch (\Throwable $error) {
            $this->become($this->service);
            $transaction->rollback($error);
        } finally {
            self::$depth--;
            $this->become($this->service);
        }
    }

    /**
     * Mirror what was never seen.
     *
     * @param item $item what to mirror
     * @param forum_target $target where to
     * @return array result
     */
    private function create(item $item, forum_target $target): array {
        $row = $this->map->claim($item, $item->userid ?: (int)$this->service->id);
        if (!$item->deleted) {
            $this->write($row, $item, $target);
        }
        return $this->finish($row, $item, $item->deleted ? 'deleted' : 'created');
    }

    /**
     * Apply a revision to what was seen before.
     *
     * @param \stdClass $row the mapping, locked
     * @param item $item what to mirror
     * @param forum_target $target where to
     * @return array result
     */
    private function change(\stdClass $row, item $item, forum_target $target): array {
        global $DB;
        if ($item->revision <= $row->revision) {
            return self::known($row, $item);
        }
        $post = $row->postid ? $DB->get_record('forum_posts', ['id' => $row->postid]) : null;
        $this->follow($row, $post ?: null, $item, $target);
        $status = $row->deleted && !$item->deleted ? 'restored' : 'updated';
        if ($item->deleted) {
            $this->erase($row, $post ?: null, $item, $target);
            $status = 'deleted';
        } else if ($post) {
            $this->rewrite($row, $post, $item, $target);
        } else {
            // Whoever deleted it here was not its owner: it is written anew.
            $status = $row->postid ? 'restored' : $status;
            $this->write($row, $item, $target);
        }
        return $this->finish($row, $item, $status);
    }

    /**
     * See that a post is where the item has it. Where its discussion was moved there in Moodle, the mapping follows.
     *
     * @param \stdClass $row the mapping, completed here
     * @param \stdClass|null $post row of forum_posts, null when there is none
     * @param item $item what to mirror
     * @param forum_target $target where to
     * @throws item_error forummismatch, moved
     */
    private function follow(\stdClass $row, ?\stdClass $post, item $item, forum_target $target): void {
        global $DB;
        $there = (int)$target->forum->id;
        $here = $post ? (int)$DB->get_field('forum_discussions', 'forum', ['id' => $post->discussion]) : (int)$row->forumid;
        if (!$post && !$DB->record_exists('forum', ['id' => $here])) {
            // Its forum went without telling: it is written where the item has it.
            $here = $there;
        }
        if ($item->deleted || $here === $there) {
            $row->forumid = $here;
            return;
        }
        throw new item_error($here === (int)$row->forumid ? 'forummismatch' : 'moved', $here);
    }

    /**
     * Write a new post as its author.
     *
     * @param \stdClass $row the mapping, completed here
     * @param item $item what to mirror
     * @param forum_target $target where to
     */
    private function write(\stdClass $row, item $item, forum_target $target): void {
        [$parent, $discussion] = $item->is_opening() ? [null, null] : $this->parent_of($item);
        $author = $this->access->author($item, $this->service);
        $this->access->require_audience($item, $target, $discussion);
        $this->become_poster($author, $item, $target, $discussion);
        $writer = new post_writer($target);
        $post = $parent ? $writer->reply($item, $parent, $discussion) : $writer->start($item);
        $row->postid = $post->id;
        $row->discussionid = $post->discussion;
        $row->userid = $author->id;
        $writer->update_completion((int)$author->id, COMPLETION_COMPLETE);
        $this->become($this->service);
    }

    /**
     * Give an existing post its new text and author.
     *
     * @param \stdClass $row the mapping, completed here
     * @param \stdClass $post row of forum_posts
     * @param item $item what to mirror
     * @param forum_target $target where to
     */
    private function rewrite(\stdClass $row, \stdClass $post, item $item, forum_target $target): void {
        global $DB;
        $discussion = $DB->get_record('forum_discussions', ['id' => $post->discussion], '*', MUST_EXIST);
        $this->access->require_audience($item, $target, $discussion);
        $before = (int)$row->userid;
        $author = $item->userid ?: (int)$this->service->id;
        // To the service account any post may pass: it says nothing new, and whose it was stands in the text.
        if ($author !== $before && $author !== (int)$this->service->id) {
            $place = $post->parent ? $discussion : null;
            $this->become_poster($this->access->author($item, $this->service), $item, $target, $place);
            $this->become($this->service);
        }
        $writer = new post_writer($target);
        $writer->update($item, $post, $author, $row);
        $row->userid = $author;
        if ($author !== $before || $row->deleted) {
            $writer->update_completion($before, COMPLETION_INCOMPLETE);
            $writer->update_completion($author, COMPLETION_COMPLETE);
        }
    }

    /**
     * Take the text of a post away. The author is not asked, and need not exist any more.
     *
     * @param \stdClass $row the mapping
     * @param \stdClass|null $post row of forum_posts, null when there is none
     * @param item $item the deletion
     * @param forum_target $target where it is
     */
    private function erase(\stdClass $row, ?\stdClass $post, item $item, forum_target $target): void {
        if ($post) {
            $writer = new post_writer($target);
            $writer->erase($post, $item->timemodified);
            $writer->update_completion((int)$row->userid, COMPLETION_INCOMPLETE);
        }
    }

    /**
     * The post that an item replies to.
     *
     * @param item $item a response or a comment
     * @return array [row of forum_posts, row of forum_discussions]
     * @throws item_error parentmissing, parentgone, forummismatch
     */
    private function parent_of(item $item): array {
        global $DB;
        $row = $item->native_parent() ? null : $this->map->find($item->source, $item->parent);
        if (!$row && !$item->native_parent()) {
            throw new item_error('parentmissing', $item->parent);
        }
        $postid = $item->native_parent() ?: (int)$row->postid;
        $post = $postid ? $DB->get_record('forum_posts', ['id' => $postid]) : false;
        if (!$post) {
            throw new item_error('parentgone', $item->parent);
        }
        $discussion = $DB->get_record('forum_discussions', ['id' => $post->discussion], '*', MUST_EXIST);
        if ((int)$discussion->forum !== $item->forumid) {
            $ismoved = $row && (int)$row->forumid === $item->forumid;
            throw new item_error($ismoved ? 'moved' : 'forummismatch', $discussion->forum);
        }
        return [$post, $discussion];
    }

    /**
     * Store the mapping and the audit entry.
     *
     * @param \stdClass $row the mapping
     * @param item $item what was applied
     * @param string $status created, updated, deleted or restored
     * @return array result
     */
    private function finish(\stdClass $row, item $item, string $status): array {
        $this->map->save($row, $item);
        audit::note($status, $row, (int)$this->service->id);
        return self::success($row, $status);
    }

    /**
     * Make the author the current user, where Moodle would let them post by themselves.
     *
     * @param \stdClass $author row of user
     * @param item $item what is mirrored
     * @param forum_target $target where to
     * @param \stdClass|null $discussion the one to reply in, null for an opening post
     * @throws item_error notenrolled, notvisible, groupmismatch, cannotpost, throttled
     */
    private function become_poster(\stdClass $author, item $item, forum_target $target, ?\stdClass $discussion): void {
        $this->access->require_participant($item, $target, $author);
        $this->become($author);
        $this->access->require_poster($item, $target, $discussion);
    }

    /**
     * Make somebody the current user.
     *
     * @param \stdClass $user row of user
     */
    private function become(\stdClass $user): void {
        global $USER;
        if ($USER->id != $user->id) {
            \core\session\manager::set_user($user);
        }
    }

    /**
     * The result of an item that changes nothing.
     *
     * @param \stdClass $row the mapping
     * @param item $item of the same or an older revision
     * @return array
     */
    private static function known(\stdClass $row, item $item): array {
        return self::success($row, $item->revision === (int)$row->revision ? 'unchanged' : 'stale');
    }

    /**
     * The result of an item that was understood.
     *
     * @param \stdClass $row the mapping
     * @param string $status what happened
     * @return array
     */
    private static function success(\stdClass $row, string $status): array {
        return [
            'externalid' => $row->externalid,
            'status' => $status,
            'postid' => (int)$row->postid,
            'discussionid' => (int)$row->discussionid,
            'revision' => (int)$row->revision,
            'errorcode' => '',
            'message' => '',
        ];
    }

    /**
     * The result of an item that was not applied.
     *
     * @param string $externalid as it was sent
     * @param string $errorcode one of the contract's
     * @param string $message for people
     * @return array
     */
    private static function failure(string $externalid, string $errorcode, string $message): array {
        return [
            'externalid' => $externalid,
            'status' => 'error',
            'postid' => 0,
            'discussionid' => 0,
            'revision' => 0,
            'errorcode' => $errorcode,
            'message' => $message,
        ];
    }
}
