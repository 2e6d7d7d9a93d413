"""Entries that wait for a signature, and what became of it."""

from collections.abc import Sequence

from infodesk.cli.show.entries import level_text
from infodesk.cli.show.summary import summary
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.duty.signing import Signed
from infodesk.duty.standing import Unsigned


def show_to_sign(found: Office, listed: Sequence[Unsigned]) -> None:
    """A table: logbook, number, when, who, level, what, for which post."""
    tell = found.terminal.language
    if not listed:
        found.terminal.result(tell("Nothing waits for this signature"))
        return
    table = new_table(
        tell("Entry"), tell("When"), tell("Who"), tell("Level"), tell("What"), tell("Post")
    )
    posts = found.definitions.people.post_by_id
    for each in listed:
        book, first = found.definitions.logbook_by_id[each.book], each.entry.first
        table.add_row(
            each.entry.id,
            f"{first.occurred_at:%Y-%m-%d %H:%M}",
            found.room.person_name(first.person),
            level_text(found, each.entry),
            f"{tell.tell(book.title)} {summary(found, book, each.entry)}".rstrip(),
            tell.tell(posts[each.sign.post].title),
        )
    found.terminal.table(table)


def confirmed(found: Office, listed: Sequence[Unsigned], *, yes: bool) -> bool:
    """Whether what was listed is to be signed: by option, else as the person at the terminal answers."""
    if not listed or yes:
        return bool(listed)
    tell = found.terminal.language
    if not found.terminal.can_ask:
        found.terminal.say(
            "{n} signatures wait; nothing was signed. Sign them with {option}",
            n=len(listed), option="--yes",
        )  # fmt: skip
        return False
    question = tell("Sign {n} as {name}? (y/n)", n=len(listed), name=_writer(found))
    return found.terminal.ask(question).strip().casefold() in ("y", "yes", "是")


def show_signed(found: Office, signed: Signed | None) -> None:
    """How many were signed, and each that was not."""
    if signed is None:
        return
    tell = found.terminal.language
    found.terminal.result(tell("{n} signed", n=len(signed.lines)))
    for each, error in signed.refused:
        found.terminal.say("{entry}: {message}", entry=each.entry.id, message=error.message)
        if error.hint is not None:
            found.terminal.say("  → {hint}", hint=error.hint)


def signed_json(listed: Sequence[Unsigned], signed: Signed | None) -> dict[str, object]:
    """`wanted` are the signatures that were missing, `signed` the lines written, `refused` the others."""
    return {
        "wanted": [{"entry": each.entry.id, "post": each.sign.post} for each in listed],
        "signed": [line.id for line in signed.lines] if signed else [],
        "refused": [each.entry.id for each, _ in signed.refused] if signed else [],
    }


def _writer(found: Office) -> str:
    return found.room.person_name(found.room.writer)
