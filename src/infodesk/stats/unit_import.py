"""Departments from a spreadsheet: what its rows say of units, and what that changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from infodesk.errors import InfodeskError
from infodesk.model.unit import Contact, Unit, UnitTree
from infodesk.text.folding import key, nearest
from infodesk.text.message import Message, Title
from infodesk.workbooks.grid import Book, Sheet

# What the columns of a list of departments are called.
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("code", "id", "代码", "编码", "科室代码", "科室编码", "单位代码", "org code"),
    "title": ("title", "name", "名称", "科室", "科室名称", "单位名称", "org name"),
    "title_en": ("title_en", "english", "英文名称", "英文名"),
    "aliases": ("aliases", "alias", "别名", "简称", "曾用名"),
    "order": ("order", "序号", "排序", "顺序"),
    "kind": ("kind", "type", "类别", "类型", "科室类别", "科室类型"),
    "parent": ("parent", "上级", "上级科室", "上级代码"),
    "contact": ("contact", "联系人", "填表人", "统计员"),
    "phone": ("phone", "telephone", "电话", "联系电话"),
    "reviewer": ("reviewer", "复核人"),
    "head": ("head", "负责人", "科主任", "科室负责人"),
}


@dataclass(frozen=True)
class Where:
    """Where the list stands: sheet, header row (from 1), and columns that are named otherwise."""

    sheet: str | None = None
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None  # of all units, where no column says it


@dataclass(frozen=True)
class Imported:
    """The tree with the list put in; which units are new, changed, and not in the list (and kept)."""

    tree: UnitTree
    new: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    left_out: tuple[int, ...] = ()  # rows (from 1) that have a title and no code


def import_units(tree: UnitTree, book: Book, where: Where) -> Imported:
    """Put a list of departments into the tree. InfodeskError names every row that cannot be taken."""
    sheet = _sheet(book, where)
    header, columns = _header(sheet, where)
    found: dict[str, Unit] = {}
    problems: list[Message] = []
    left_out: list[int] = []
    for row in range(header + 1, len(sheet.rows)):
        texts = {name: sheet.text(row, column) for name, column in columns.items()}
        if not texts.get("code"):
            left_out += [row + 1] if texts.get("title") else []
            continue
        problem = _problem(tree, texts, found, where)
        if problem is not None:
            problems.append(Message("row {row}: {problem}", row=row + 1, problem=problem))
            continue
        found[texts["code"]] = _unit(tree, texts, where, len(found) + 1)
    if problems:
        raise InfodeskError(
            Message("{problems}", problems=problems), Message("nothing was imported")
        )
    if not found:
        raise InfodeskError(Message("sheet {sheet} lists no units", sheet=sheet.name))
    merged = _merged(tree, found)
    _check_names(merged.tree)
    return replace(merged, left_out=tuple(left_out))


def _check_names(tree: UnitTree) -> None:
    """A name is one unit's: with two of them the definitions could not be read any more."""
    owners: dict[str, str] = {}
    problems = []
    for unit in tree.units[1:]:  # all but the hospital
        for name in filter(None, (unit.title.zh, unit.title.en, *unit.aliases)):
            owner = owners.setdefault(key(name), unit.id)
            if owner != unit.id and unit.closed is None:
                problems.append(
                    Message(
                        "{name} names {first} and {second}", name=name, first=owner, second=unit.id
                    )
                )
    if problems:
        raise InfodeskError(
            Message("{problems}", problems=problems), Message("nothing was imported")
        )


def _sheet(book: Book, where: Where) -> Sheet:
    if where.sheet is None:
        return book.sheets[0]
    for sheet in book.sheets:
        if key(sheet.name) == key(where.sheet):
            return sheet
    near = nearest(where.sheet, [sheet.name for sheet in book.sheets])
    raise InfodeskError(
        Message("there is no sheet {name}", name=repr(where.sheet)),
        Message("did you mean {near}?", near=near) if near else None,
    )


def _header(sheet: Sheet, where: Where) -> tuple[int, dict[str, int]]:
    rows = range(len(sheet.rows)) if where.header_row is None else [where.header_row - 1]
    names = {name: {key(t) for t in titles} for name, titles in COLUMNS.items()}
    names |= {name: {key(title)} for name, title in where.columns.items()}
    for row in rows:
        columns: dict[str, int] = {}
        for column in range(len(sheet.rows[row]) if row < len(sheet.rows) else 0):
            folded = key(sheet.text(row, column))
            for name, titles in names.items():
                if folded in titles:
                    columns.setdefault(name, column)
        if {"code", "title"} <= columns.keys():
            return row, columns
    raise InfodeskError(
        Message(
            "no header row with a code and a title was found in sheet {sheet}", sheet=sheet.name
        ),
        Message("name them: --header-row 15 --column code='Org Code' --column title='Org Name'"),
    )


def _problem(
    tree: UnitTree, texts: dict[str, str], found: Mapping[str, Unit], where: Where
) -> Message | None:
    code, title = texts.get("code", ""), texts.get("title", "")
    if not code or not title:
        return Message("a unit needs a code and a title")
    if code in found:
        return Message("code {code} stands twice", code=code)
    if _kind(tree, texts, where) is None:
        wrong = texts.get("kind") or ""
        return Message("there is no kind {kind}", kind=repr(wrong))
    return None


def _kind(tree: UnitTree, texts: dict[str, str], where: Where) -> str | None:
    known = tree.by_id.get(texts.get("code", ""))
    text = texts.get("kind") or where.kind or (known.kind if known else "")
    for kind in tree.kinds:
        if key(text) in (key(kind.id), key(kind.title.zh), key(kind.title.en)):
            return kind.id
    return None


def _unit(tree: UnitTree, texts: dict[str, str], where: Where, place: int) -> Unit:
    """What a row says, on top of what is known of the unit."""
    known = tree.by_id.get(texts["code"])
    before = known or Unit(texts["code"], Title(), "", tree.root.id)
    contact = before.contact
    aliases = tuple(a for a in _split(texts.get("aliases", "")) if a)
    order = texts.get("order", "")
    title = Title(texts["title"], texts.get("title_en") or before.title.en)
    return replace(
        before,
        title=title,
        kind=_kind(tree, texts, where) or before.kind,
        parent=texts.get("parent") or before.parent,
        order=int(order) if order.isdigit() else place,
        aliases=tuple(dict.fromkeys((*before.aliases, *aliases))),
        contact=Contact(
            texts.get("contact") or contact.name,
            texts.get("phone") or contact.phone,
            texts.get("reviewer") or contact.reviewer,
            texts.get("head") or contact.head,
        ),
    )


def _split(text: str) -> Iterator[str]:
    for part in (
        text.replace("、", ",").replace("，", ",").replace(";", ",").replace("；", ",").split(",")
    ):
        yield part.strip()


def _merged(tree: UnitTree, found: dict[str, Unit]) -> Imported:
    root = tree.root
    kept = [u for u in tree.units if u.parent is not None and u.id not in found]
    listed = sorted(found.values(), key=lambda unit: unit.order)
    ordered = [replace(unit, order=n) for n, unit in enumerate((*listed, *kept), 1)]
    changed = [u.id for u in listed if u.id in tree.by_id and _differs(u, tree.by_id[u.id])]
    new = [unit.id for unit in listed if unit.id not in tree.by_id]
    return Imported(
        UnitTree((root, *ordered), tree.kinds),
        tuple(new),
        tuple(changed),
        tuple(unit.id for unit in kept),
    )


def _differs(one: Unit, other: Unit) -> bool:
    return replace(one, order=0) != replace(other, order=0)
