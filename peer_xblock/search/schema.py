"""The index's fields, and documents as rows of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import Document as Row
from tantivy import Schema, SchemaBuilder

from .documents import Answered, Document, PersonDocument, ThreadDocument, ThreadHit
from .wording import english, french, names

# In the folder's name: an index of another schema is never opened, but made anew beside the old one.
SCHEMA_VERSION = 2
EVERYBODY = "everybody"
THREAD, PERSON = "thread", "person"
QUESTION = "question"


def schema() -> Schema:
    """text: the opening as experts are found by it. title, replies, french: what a search looks in besides.

    spelt: the same words as they are written, for those that are begun or misspelt.
    """
    builder = SchemaBuilder()
    for name in ("kind", "group", "type", "tag"):
        builder = builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("text", "title", "replies"):
        builder = builder.add_text_field(name, tokenizer_name="words", index_option="freq")
    for name in ("name", "author", "spelt"):
        builder = builder.add_text_field(name, tokenizer_name="names", index_option="freq")
    for name in ("space", "answerer", "is_open"):
        builder = builder.add_unsigned_field(name, indexed=True)
    return (
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        .add_text_field("french", tokenizer_name="french", index_option="freq")
        .add_unsigned_field("at", fast=True)
        .add_unsigned_field("created", indexed=True, fast=True)
        .add_bytes_field("answers", stored=True)
        .add_bytes_field("posts", stored=True)
        .add_unsigned_field("user", stored=True)
        .build()
    )


def register_analyzers(index: tantivy.Index) -> None:
    """Before anything is written or asked."""
    index.register_tokenizer("words", english())
    index.register_tokenizer("french", french())
    index.register_tokenizer("names", names())


def row_of(document: Document, fields: Schema) -> Row:
    """A document as tantivy takes it."""
    values = _person_values(document) if isinstance(document, PersonDocument) else _thread_values(document)
    return Row.from_dict(values, fields)


def hit_of(row: Row, score: float) -> ThreadHit:
    """What is stored of a thread."""
    stored: Sequence[Sequence[int]] = json.loads(bytes(row.get_first("answers") or b"[]"))
    answers = tuple(Answered(*pair) for pair in stored)
    return ThreadHit(str(row.get_first("id")), score, answers, tuple(posts_of(row)))


def posts_of(row: Row) -> list[int]:
    """The posts of the responses whose words were indexed."""
    posts: list[int] = json.loads(bytes(row.get_first("posts") or b"[]"))
    return posts


def _person_values(person: PersonDocument) -> dict[str, Any]:
    return {"id": person.id, "kind": PERSON, "name": person.name, "user": person.user}


def _thread_values(thread: ThreadDocument) -> dict[str, Any]:
    replies = "\n".join(reply.text for reply in thread.replies)
    return {
        "id": thread.id,
        "kind": THREAD,
        "type": thread.kind,
        "space": thread.space,
        "group": thread.group or EVERYBODY,
        # The title says what it is about: its words count twice.
        "text": f"{thread.title}\n{thread.title}\n{thread.text}",
        "title": thread.title,
        "replies": replies,
        "french": f"{thread.title}\n{thread.title}\n{thread.text}\n{replies}",
        "spelt": f"{thread.title}\n{thread.text}\n{replies}",
        "author": thread.author,
        "tag": list(thread.tags),
        "is_open": int(thread.is_open),
        "at": thread.at,
        "created": thread.created,
        "answers": json.dumps([[a.author, a.post] for a in thread.answers]).encode(),
        "posts": json.dumps([reply.post for reply in thread.replies]).encode(),
        "answerer": sorted({answer.author for answer in thread.answers}),
    }
