"""What the names in an expression may mean, where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from infodesk.model.item import Item
from infodesk.text.folding import key, nearest
from infodesk.text.message import Message, Title


class Questions(Protocol):
    """What a form and a logbook have in common: items with names."""

    @property
    def id(self) -> str:
        """What expressions call it."""
        ...

    @property
    def title(self) -> Title:
        """What people call it."""
        ...

    @property
    def by_id(self) -> dict[str, Item]:
        """The items by their id."""
        ...


@dataclass(frozen=True)
class Scope:
    """The forms that may be named; `home` is the form whose rule it is, nothing for an indicator.

    In an indicator `form.item` means the total of the item. `kinds` are the kinds of unit there are.
    `is_entry`: the home is a logbook; records are its entries, and a total is over the assets of one entry.
    """

    forms: Mapping[str, Questions]
    home: Questions | None = None
    kinds: frozenset[str] = frozenset()
    is_entry: bool = False
    _labels: dict[str, dict[str, tuple[str, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def is_indicator(self) -> bool:
        """Whether items stand for their totals."""
        return self.home is None

    @cached_property
    def _form_names(self) -> dict[str, tuple[str, ...]]:
        return _index((f.id, (f.id, f.title.zh, f.title.en)) for f in self.forms.values())

    def form(self, name: str) -> Questions | Message:
        """The form of that id or title, or what is wrong with the name."""
        found = self._form_names.get(key(name), ())
        if len(found) == 1:
            return self.forms[found[0]]
        near = nearest(name, (*self.forms, *(f.title.zh for f in self.forms.values())))
        return _unknown(Message("there is no form {name}", name=repr(name)), near)

    def item(self, form: Questions, name: str) -> Item | Message:
        """The item of that id or label, or what is wrong with the name."""
        if name in form.by_id:
            return form.by_id[name]
        found = self._index_of(form).get(key(name), ())
        if len(found) == 1:
            return form.by_id[found[0]]
        if found:
            return Message(
                "{name} is the label of several items; write the id: {ids}",
                name=repr(name),
                ids=list(found),
            )
        near = nearest(name, (*form.by_id, *(item.label.zh for item in form.by_id.values())))
        missing = Message("form {form} has no item {name}", form=form.id, name=repr(name))
        if self.is_entry:
            missing = Message("logbook {book} has no field {name}", book=form.id, name=repr(name))
        return _unknown(missing, near)

    def _index_of(self, form: Questions) -> dict[str, tuple[str, ...]]:
        if form.id not in self._labels:
            items = form.by_id.values()
            self._labels[form.id] = _index(
                (item.id, (item.id, item.label.zh, item.label.en)) for item in items
            )
        return self._labels[form.id]


def _index(named: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for identity, names in named:
        for name in dict.fromkeys(key(name) for name in names if name):
            index[name] = (*index.get(name, ()), identity)
    return index


def _unknown(message: Message, near: str | None) -> Message:
    if near is None:
        return message
    return Message("{problem}; did you mean {near}?", problem=message, near=near)
