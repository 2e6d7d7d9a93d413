"""Units, items and rules as people call them."""

from typing import TYPE_CHECKING

from infodesk.text.language import Language

if TYPE_CHECKING:
    from infodesk.model.definitions import Definitions


def unit_name(definitions: "Definitions", language: Language, unit: str) -> str:
    """`0103 神经内科`; the hospital by its title alone."""
    found = definitions.units.by_id.get(unit)
    if found is None:
        return unit
    title = language.tell(found.title)
    return title if found.parent is None else f"{unit} {title}"


def item_name(definitions: "Definitions", language: Language, form: str, item: str) -> str:
    """An item's label; several, joined by commas, as several labels."""
    found = definitions.form_by_id.get(form)
    if found is None:
        return item
    names = item.split(",")
    return "+".join(
        language.tell(found.by_id[name].label) if name in found.by_id else name for name in names
    )
