"""A page for every form and one for the indicators, from the starter hospital's definitions.

Writes docs/forms/*.md and docs/indicators.md; with --check it only says which are not up to date.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from infodesk.config.load import load_definitions
from infodesk.expr.wording import Wording
from infodesk.model.definitions import Definitions
from infodesk.model.form import Form, Section
from infodesk.model.indicator import Better, Indicator, Plausible
from infodesk.model.item import NUMERIC, Item, Type
from infodesk.model.rule import Rule
from infodesk.text.language import language
from infodesk.text.message import Title

DOCS = Path(__file__).parents[1] / "docs"
MADE = "<!-- Made from the definitions by .ci/pages.py: change those, then `make fill`. -->"
ZH, EN = language("zh"), language("en")
BETTER = {
    Better.UP: "higher",
    Better.DOWN: "lower",
    Better.RANGE: "within its range",
    Better.MONITOR: "",
}


def main() -> int:
    """Write the pages, or complain of those that are not up to date."""
    pages = dict(_pages(_starter()))
    there = {*(DOCS / "forms").glob("*.md"), DOCS / "indicators.md"}
    stale = [path for path in there - set(pages) if path.exists()]
    stale += [path for path, text in pages.items() if _text_of(path) != text]
    if "--check" in sys.argv:
        for path in sorted(stale):
            sys.stdout.write(f"{path.relative_to(DOCS.parent)} is not up to date: make fill\n")
        return 1 if stale else 0
    for path in stale:
        path.unlink(missing_ok=True)
    for path, text in pages.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _starter() -> Definitions:
    """All there is in the starter hospital, in use."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config.yaml").write_text("language: zh\n", encoding="utf-8")
        found = load_definitions(Path(folder))
    if found.definitions is None:
        raise SystemExit("\n".join(f"{each.place}: {each.message}" for each in found.problems))
    return found.definitions


def _pages(definitions: Definitions) -> Iterator[tuple[Path, str]]:
    for form in definitions.forms:
        yield DOCS / "forms" / f"{form.id}.md", _joined(_form(definitions, form))
    yield DOCS / "forms" / "README.md", _joined(_contents(definitions))
    yield DOCS / "indicators.md", _joined(_indicators(definitions))


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _both(title: Title) -> str:
    return " · ".join(dict.fromkeys(filter(None, (title.zh, title.en))))


def _row(*cells: object) -> str:
    return (
        "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
    )


def _table(*heads: str) -> list[str]:
    return ["", _row(*heads), "|" + "---|" * len(heads)]


def _contents(definitions: Definitions) -> Iterator[str]:
    yield from ("# The forms", MADE)
    yield from _table("form", "表", "English", "every", "about", "items", "rules")
    for form in definitions.forms:
        rules = sum(rule.form == form.id for rule in definitions.rules)
        link = f"[`{form.id}`]({form.id}.md)"
        about = _about(definitions, form)
        every = form.frequency.value
        yield _row(link, form.title.zh, form.title.en, every, about, len(form.by_id), rules)


def _about(definitions: Definitions, form: Form) -> str:
    kinds = {kind.id: kind.title for kind in definitions.units.kinds}
    about = "the hospital"
    if form.about is not None:
        also, without = (
            "".join(f", {word} {_both(definitions.units.by_id[u].title)}" for u in named)
            for word, named in (("also", form.about.also), ("but not", form.about.without))
        )
        about = f"each {_both(kinds[form.about.kind])}{also}{without}"
    rows = ", ".join(_both(item.label) for item in form.row_key)
    return f"{about}, a row for each {rows}" if rows else about


def _form(definitions: Definitions, form: Form) -> Iterator[str]:
    yield from (f"# {_both(form.title)}", MADE, "", f"`{form.id}`")
    due = form.due
    day = f"day {due.day} after the period, {due.at:%H:%M}; off a holiday: {due.roll}"
    facts = [("category", form.category), ("every", form.frequency.value), ("due", day)]
    facts += [("about", _about(definitions, form)), ("clauses", "、".join(form.clauses))]
    yield from _table("", "")
    yield from (_row(name, value) for name, value in facts if value)
    if form.key:
        yield from ("", "## Key · 关键项目", *_items(form.key))
    for section in form.sections:
        yield from _section(definitions, section)
    yield from _rules(definitions, form)


def _section(definitions: Definitions, section: Section) -> Iterator[str]:
    yield from (
        "",
        f"## {_both(section.title)}",
        "",
        f"`{section.id}`. {_sender(definitions, section)}",
    )
    yield from _items(section.items)


def _sender(definitions: Definitions, section: Section) -> str:
    units = definitions.units
    if section.sender == "unit":
        text = "Sent by each unit for itself."
    else:
        text = f"Sent by {section.sender} {_both(units.by_id[section.sender].title)}."
    if section.applies_to:
        kinds = {kind.id: kind.title for kind in units.kinds}
        text += f" Asked of {', '.join(_both(kinds[kind]) for kind in section.applies_to)} only."
    if section.nil is not None:
        text += f" One tick makes its blanks 0: {_both(section.nil)}."
    return text


def _items(items: Iterable[Item]) -> Iterator[str]:
    yield from _table(
        "item",
        "项目",
        "English",
        "type",
        "unit",
        "over time",
        "over units",
        "required",
        "class",
        "note",
    )
    for item in items:
        numeric = item.type in NUMERIC
        yield _row(
            f"`{item.id}`",
            item.label.zh,
            item.label.en,
            _type(item),
            item.unit,
            item.over_time.value if numeric else "",
            ("sum" if item.adds_up else "none") if numeric else "",
            "yes" if item.required else "",
            item.secrecy.value,
            " ".join(filter(None, (_both(item.note), _lifetime(item)))),
        )


def _type(item: Item) -> str:
    text = item.type.value
    if item.type is Type.DECIMAL:
        text = f"decimal({item.decimals})"
    if item.codes:
        text = "code: " + "、".join(f"{code.id} {code.title.zh}" for code in item.codes)
    return f"{text}, may be negative" if item.negative else text


def _lifetime(item: Item | Rule | Form) -> str:
    since = f"since {item.since}" if item.since else ""
    return " ".join(filter(None, (since, f"until {item.until}" if item.until else "")))


def _rules(definitions: Definitions, form: Form) -> Iterator[str]:
    wording = Wording(definitions.form_by_id, form.id)
    yield from ("", "## Rules · 审核关系")
    yield from _table("rule", "severity", "must be true", "message")
    for rule in definitions.rules:
        if rule.form == form.id:
            words = wording.of(rule.check)
            extra = f"; follows from {', '.join(rule.follows)}" if rule.follows else ""
            severity = f"{rule.severity.label.zh} {rule.severity.value}"
            told = f"{ZH.tell(words)}<br>{EN.tell(words)}"
            yield _row(rule.id, severity, told, _both(rule.message) + extra)


def _indicators(definitions: Definitions) -> Iterator[str]:
    yield from ("# The indicators", MADE, "")
    yield "Add up first, over units and over time; divide last. An item stands for its total. `S…` numbers: [sources.md](sources.md)."
    groups = dict.fromkeys(indicator.group for indicator in definitions.indicators)
    for group in groups:
        yield from ("", f"## {_both(group)}")
        yield from _table(
            "indicator",
            "指标",
            "formula",
            "unit",
            "better",
            "plausible",
            "for",
            "reference",
            "used by",
            "source",
        )
        for indicator in definitions.indicators:
            if indicator.group == group:
                yield _indicator(definitions, indicator)


def _indicator(definitions: Definitions, indicator: Indicator) -> str:
    words = Wording(definitions.form_by_id).of(indicator.formula)
    growth = indicator.growth_of is not None
    zh, en = ("增幅（比上年同期）：", "growth in a year of: ") if growth else ("", "")
    return _row(
        f"`{indicator.id}`",
        _both(indicator.title),
        f"{zh}{ZH.tell(words)}<br>{en}{EN.tell(words)}",
        indicator.unit,
        BETTER[indicator.better],
        _plausible(indicator.plausible),
        "units and hospital" if indicator.per_unit else "hospital",
        _both(indicator.reference),
        indicator.used_by,
        indicator.source or "verify",
    )


def _plausible(plausible: Plausible | None) -> str:
    if plausible is None:
        return ""
    days = f" in {plausible.per_days} days" if plausible.per_days else ""
    exempt = f", not for {', '.join(plausible.exempt)}" if plausible.exempt else ""
    return f"{plausible.low} to {plausible.high}{days}{exempt}"


if __name__ == "__main__":
    sys.exit(main())
