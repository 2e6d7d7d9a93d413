"""Places that somebody confirmed: where a sender's copy of a form keeps an item, shown and revocable."""

from dataclasses import dataclass

from infodesk.model.actor import Actor
from infodesk.store.audit import instant, record
from infodesk.store.store import Store


@dataclass(frozen=True)
class ConfirmedPlace:
    """One confirmed place. `place` is kind, from and to: `line:7:9`."""

    id: int
    sender: str
    form: str
    item: str
    place: str
    confirmed_at: str
    by: str


def confirm_place(
    store: Store, actor: Actor, sender: str, answer: tuple[str, str], place: str
) -> None:
    """Keep a place for a sender's item (form, item); an earlier one gives way."""
    with store.writing():
        store.connection.execute(
            "INSERT OR REPLACE INTO confirmed_place "
            "(sender, form, item, place, confirmed_at, os_user, by_name) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (sender, *answer, place, instant(actor.now), actor.os_user, actor.by),
        )
        detail = {"form": answer[0], "item": answer[1], "place": place}
        record(store, actor, "confirm", sender, detail)


def revoke_place(store: Store, actor: Actor, number: int) -> ConfirmedPlace | None:
    """Forget a place; it, or nothing if there is none of that number."""
    found = next((each for each in confirmed_places(store) if each.id == number), None)
    if found is not None:
        with store.writing():
            store.connection.execute("DELETE FROM confirmed_place WHERE id = ?", (number,))
            detail = {"form": found.form, "item": found.item, "place": found.place}
            record(store, actor, "revoke", found.sender, detail)
    return found


def confirmed_places(store: Store) -> list[ConfirmedPlace]:
    """All places that are remembered."""
    query = (
        "SELECT id, sender, form, item, place, confirmed_at, "
        "CASE by_name WHEN '' THEN os_user ELSE by_name END FROM confirmed_place ORDER BY id"
    )
    return [ConfirmedPlace(*row) for row in store.connection.execute(query)]


def places_of(store: Store, sender: str) -> dict[tuple[str, str], str]:
    """(form, item) → place, for a sender."""
    found = confirmed_places(store)
    return {(each.form, each.item): each.place for each in found if each.sender == sender}
