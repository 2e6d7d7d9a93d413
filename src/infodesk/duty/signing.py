"""Signing many entries in one go: each gets its own signature in the chain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from infodesk.duty.room import DutyRoom
from infodesk.duty.standing import Unsigned, unsigned
from infodesk.duty.write import How, find_entry, sign
from infodesk.errors import InfodeskError, RefusedError
from infodesk.model.entry import Line
from infodesk.model.logbook import Logbook
from infodesk.text.folding import key
from infodesk.text.message import Message

Time = tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class Signed:
    """What became of the signatures: the lines written, and those refused with the reason."""

    lines: tuple[Line, ...]
    refused: tuple[tuple[Unsigned, RefusedError], ...] = ()


def posts_of_writer(room: DutyRoom, name: str | None) -> tuple[str, ...]:
    """The post named, by its id or title; else all posts the writer holds. InfodeskError if there is none."""
    people = room.definitions.people
    if name is None:
        found = people.find(room.writer)
        if found is None or not found.posts:
            raise InfodeskError(
                Message("{name} holds no post that signs", name=room.person_name(room.writer)),
                Message("say who signs with {option}, and for which post with {post}", option="--by", post="--post"),
            )  # fmt: skip
        return found.posts
    for post in people.posts:
        if key(name) in map(key, (post.id, post.title.zh, post.title.en)):
            return (post.id,)
    raise InfodeskError(
        Message("there is no post {name}", name=repr(name)),
        Message("it has {names}", names=[post.id for post in people.posts]),
    )


def to_sign(
    room: DutyRoom, books: Iterable[Logbook], posts: Iterable[str], time: Time = (None, None)
) -> tuple[Unsigned, ...]:
    """The signatures still wanted of some posts, for entries that happened in a time (half open)."""
    start, end = time
    wanted = set(posts)
    return tuple(
        each
        for each in unsigned(room, books)
        if each.sign.post in wanted
        and (start is None or each.entry.first.occurred_at >= start)
        and (end is None or each.entry.first.occurred_at < end)
    )


def sign_all(room: DutyRoom, listed: Iterable[Unsigned], second: str = "") -> Signed:
    """Sign what was listed, each entry on its own. One that is refused (somebody wrote meanwhile, or the writer
    has taken another part and nobody signs as well) leaves the others alone."""
    lines: dict[str, Line] = {}
    written, refused = [], []
    for each in listed:
        root = each.entry.id
        seen = lines.get(root, each.entry.last)
        try:
            lines[root] = _sign(room, each, seen, second)
        except RefusedError as error:
            refused.append((each, error))
        else:
            written.append(lines[root])
    return Signed(tuple(written), tuple(refused))


def _sign(room: DutyRoom, each: Unsigned, seen: Line, second: str) -> Line:
    whole = find_entry(room, each.entry.id)
    if whole.last.id != seen.id:
        raise RefusedError(Message("somebody else wrote {line} meanwhile", line=whole.last.id))
    written = sign(room, whole, each.sign.post, How(second=second))
    assert written.line is not None, "nothing of a signature can be unsound"
    return written.line
