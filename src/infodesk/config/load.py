"""A workspace's definitions, all of them, or all that is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath

from pydantic import BaseModel

from infodesk.config.build_codes import build_codes
from infodesk.config.build_forms import Surroundings, build_form
from infodesk.config.build_indicators import build_indicators
from infodesk.config.build_reports import build_clauses, build_report, check_clauses
from infodesk.config.build_rules import build_rules, check_derived, check_ids
from infodesk.config.build_settings import build_exemptions, build_settings
from infodesk.config.build_tools import load_tools
from infodesk.config.build_units import build_units
from infodesk.config.files import CLAUSES, CONFIG, UNITS
from infodesk.config.load_logbooks import LogbookFile, load_hands, load_logbooks
from infodesk.config.loader import Loader
from infodesk.config.mentioned import Mentioned, form_names, rule_names
from infodesk.config.shapes import FormShape, IndicatorsShape
from infodesk.config.shapes_hospital import (
    CalendarShape,
    ClausesShape,
    CodesShape,
    ConfigShape,
    ReportShape,
    UnitsShape,
)
from infodesk.config.shapes_logbook import LogbookShape
from infodesk.config.shapes_tool import ToolShape
from infodesk.config.source import Path, Place, Problem, Source
from infodesk.config.variants import Chosen, check_wanted, choose
from infodesk.expr.scope import Scope
from infodesk.model.calendar import Calendar
from infodesk.model.clause import Clause
from infodesk.model.definitions import Definitions
from infodesk.model.form import Form
from infodesk.model.indicator import Indicator
from infodesk.model.report import Report
from infodesk.model.rule import Rule
from infodesk.model.settings import Settings
from infodesk.text.message import Message


@dataclass(frozen=True)
class Loaded:
    """The definitions, or the problems that stand in their way, in the order of files and lines."""

    definitions: Definitions | None
    problems: tuple[Problem, ...] = ()
    views: Mapping[tuple[str, str], Place] = field(
        default_factory=dict
    )  # (logbook, view) → its SQL
    unused: tuple[str, ...] = ()  # forms of the workspace that config.yaml does not name


@dataclass
class _FormFile:
    source: Source
    shape: FormShape
    form: Form
    chosen: Chosen

    def left_out(self) -> Iterator[str]:
        """The items that the variant in use lacks, as `form.item`."""
        for section in self.shape.sections:
            for item in section.items:
                if item.id not in self.form.by_id:
                    yield f"{self.form.id}.{item.id}"


def load_settings(workspace: FilePath) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Only config.yaml: enough to know the language before anything else can go wrong."""
    loader = Loader(workspace)
    source, shape = loader.one(CONFIG, ConfigShape)
    settings = None if shape is None else build_settings(source, shape)
    return settings, loader.problems()


_FOLDERS: dict[str, type[BaseModel]] = {
    "calendars": CalendarShape,
    "codes": CodesShape,
    "forms": FormShape,
    "indicators": IndicatorsShape,
    "reports": ReportShape,
    "logbooks": LogbookShape,
    "tools": ToolShape,
}


def load_definitions(workspace: FilePath) -> Loaded:
    """Read everything a workspace declares, on top of the starter hospital."""
    loader = Loader(workspace)
    config_source, config = loader.one(CONFIG, ConfigShape)
    units_source, units_shape = loader.one(UNITS, UnitsShape)
    if config is None or units_shape is None:
        for folder, shape in _FOLDERS.items():
            tuple(loader.each(folder, shape))
        return Loaded(None, loader.problems())
    settings = build_settings(config_source, config)
    units = build_units(units_source, units_shape)
    calendar = _calendar(loader, config_source, config)
    codes = {shape.id: build_codes(shape) for _, _, shape in loader.each("codes", CodesShape)}
    around = Surroundings(units, codes, config.deadlines, config.frequencies, config.variants)
    forms, others = _forms(loader, config_source, config, around)
    broken = Mentioned.of(source for source in others if source.problems)
    unused = Mentioned.of(source for source in others if not source.problems)
    unused = replace(unused, items=frozenset(name for each in forms for name in each.left_out()))
    scope_forms = {each.form.id: each.form for each in forms}
    kinds = frozenset(kind.id for kind in units.kinds)
    rules = [
        rule
        for each in forms
        for rule in _rules(each, Scope(scope_forms, each.form, kinds), broken, unused)
    ]
    known = _check_rules(forms, others)
    settings = replace(settings, exemptions=build_exemptions(config_source, config, known, units))
    declared: list[Mapping[str, list[str]]] = [each.shape.variants for each in forms]
    indicators = _indicators(
        loader, (config, declared), Scope(scope_forms, None, kinds), broken, unused
    )
    check_wanted(config_source, config.variants, declared)
    logbooks, hands = load_logbooks(
        loader, (config_source, config), load_hands(loader), around, scope_forms
    )
    clauses = _clauses(loader, [*forms, *logbooks])
    reports = _reports(loader, clauses)
    tools = load_tools(loader, [each.book for each in logbooks])
    problems = loader.problems()
    if problems:
        return Loaded(None, problems, unused=tuple(loader.unused))
    definitions = Definitions(
        units=units,
        forms=tuple(each.form for each in forms),
        rules=tuple(rules),
        indicators=tuple(indicators),
        calendar=calendar,
        settings=settings,
        reports=tuple(reports),
        clauses=clauses,
        texts={each.form.definition: each.source.text for each in forms}
        | {each.book.definition: each.source.text for each in logbooks},
        logbooks=tuple(each.book for each in logbooks),
        assets=hands.assets,
        people=hands.people,
        tools=tools,
    )
    return Loaded(definitions, views=_views(logbooks), unused=tuple(loader.unused))


def _views(logbooks: Iterable[LogbookFile]) -> dict[tuple[str, str], Place]:
    return {
        (each.book.id, view.id): each.source.place(("views", n, "sql"))
        for each in logbooks
        for n, view in enumerate(each.book.views)
    }


def _calendar(loader: Loader, config_source: Source, config: ConfigShape) -> Calendar:
    calendars = {
        shape.id: (source, shape) for _, source, shape in loader.each("calendars", CalendarShape)
    }
    if config.calendar not in calendars:
        config_source.note_stranger(("calendar",), config.calendar, calendars)
        return Calendar()
    source, shape = calendars[config.calendar]
    for year, days in shape.years.items():
        for word, listed in (("holidays", days.holidays), ("workdays", days.workdays)):
            for place, day in enumerate(listed):
                path = ("years", year, word, place)
                if str(day.year) != year:
                    source.note(path, Message("{day} is not a day of {year}", day=day, year=year))
                if word == "workdays" and day.weekday() < 5:
                    source.note(path, Message("{day} is a weekday and worked anyway", day=day))
                if day in listed[:place] or (word == "workdays" and day in days.holidays):
                    source.note(path, Message("{id} is declared twice", id=day))
    return Calendar(
        frozenset(day for days in shape.years.values() for day in days.holidays),
        frozenset(day for days in shape.years.values() for day in days.workdays),
        frozenset(int(year) for year in shape.years if year.isdigit()),
        tuple(config.working_hours),
        frozenset(shape.unusual),
    )


def _rules(each: _FormFile, scope: Scope, broken: Mentioned, unused: Mentioned) -> list[Rule]:
    check_derived(each.source, each.shape, scope, broken)
    return build_rules(each.source, each.shape, scope, each.chosen, broken, unused)


def _forms(
    loader: Loader, config_source: Source, config: ConfigShape, around: Surroundings
) -> tuple[list[_FormFile], list[Source]]:
    """The forms in use, and the files of those that could not be read or are not in use."""
    forms: list[_FormFile] = []
    before = len(loader.sources)
    for file, source, shape in loader.each("forms", FormShape):
        if config.forms is None or shape.id in config.forms:
            form = build_form(source, shape, around, packaged=file.is_packaged)
            chosen = choose(shape.variants, config.variants)
            forms.append(_FormFile(source, shape, form, chosen))
        elif not file.is_packaged:
            loader.unused.append(shape.id)
    order = config.forms or []
    forms.sort(key=lambda each: order.index(each.form.id) if each.form.id in order else 0)
    check_ids([(each.source, (), each.form.id) for each in forms])
    others = [s for s in loader.sources[before:] if all(each.source is not s for each in forms)]
    known = [name for each in forms for name in form_names(each.source)]
    known += [name for source in others for name in form_names(source)]
    _check_names(config_source, config, known)
    return forms, others


def _check_names(config_source: Source, config: ConfigShape, known: list[str]) -> None:
    """Note forms that config.yaml names and nobody declares."""
    for place, name in enumerate(config.forms or []):
        if name not in known:
            config_source.note_stranger(("forms", place), name, known)
    for word, named in (("deadlines", config.deadlines), ("frequencies", config.frequencies)):
        for name in named:
            if name not in known:
                config_source.note_stranger_key((word, name), name, known)


def _check_rules(forms: Iterable[_FormFile], others: Iterable[Source]) -> list[str]:
    """Note rules declared twice and causes nobody declares; the ids of all rules there are."""
    rules = [
        (each, n, rule)
        for each in forms
        for n, rule in enumerate(each.shape.rules)
        if each.chosen.has(rule.variant)
    ]
    check_ids([(each.source, ("rules", n), rule.id) for each, n, rule in rules])
    known = [rule.id for _, _, rule in rules]
    known += [name for source in others for name in rule_names(source)]
    for each, n, rule in rules:
        for m, name in enumerate(rule.follows):
            if name not in known:
                each.source.note_stranger(("rules", n, "follows", m), name, known)
    return known


def _indicators(
    loader: Loader,
    variants: tuple[ConfigShape, list[Mapping[str, list[str]]]],
    scope: Scope,
    broken: Mentioned,
    unused: Mentioned,
) -> list[Indicator]:
    """The indicators of all files; what variants these offer is added to what the forms do."""
    config, declared = variants
    indicators: list[Indicator] = []
    places: list[tuple[Source, Path, str]] = []
    for _, source, shape in loader.each("indicators", IndicatorsShape):
        chosen = choose(shape.variants, config.variants)
        declared.append(shape.variants)
        indicators += build_indicators(source, shape, scope, chosen, broken, unused)
        places += [
            (source, ("indicators", n), each.id)
            for n, each in enumerate(shape.indicators)
            if chosen.has(each.variant)
        ]
    check_ids(places)
    return indicators


def _clauses(loader: Loader, files: Iterable[_FormFile | LogbookFile]) -> tuple[Clause, ...]:
    source, shape = loader.one(CLAUSES, ClausesShape)
    if shape is None:
        return ()
    clauses = build_clauses(source, shape)
    for each in files:
        check_clauses(each.source, each.shape.clauses, clauses)
    return clauses


def _reports(loader: Loader, clauses: tuple[Clause, ...]) -> list[Report]:
    reports = []
    for _, source, shape in loader.each("reports", ReportShape):
        check_clauses(source, shape.clauses, clauses)
        report = build_report(source, shape, loader.workspace)
        if report is not None:
            reports.append(report)
    return reports
