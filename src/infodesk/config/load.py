"""A workspace's definitions, all of them, or all that is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath

from pydantic import BaseModel

from infodesk.config.build_codes import build_codes
from infodesk.config.build_forms import Surroundings
from infodesk.config.build_reports import build_clauses, build_report, check_clauses
from infodesk.config.build_settings import build_exemptions, build_settings
from infodesk.config.build_tools import load_tools
from infodesk.config.build_units import build_units
from infodesk.config.files import CLAUSES, CONFIG, UNITS
from infodesk.config.load_logbooks import LogbookFile, load_hands, load_logbooks
from infodesk.config.load_statistics import FormFile, load_statistics
from infodesk.config.loader import Loader
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
from infodesk.config.source import Place, Problem, Source
from infodesk.model.calendar import Calendar
from infodesk.model.clause import Clause
from infodesk.model.definitions import Definitions
from infodesk.model.report import Report
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
    units = build_units(units_source, units_shape)
    calendar = _calendar(loader, config_source, config)
    codes = {shape.id: build_codes(shape) for _, _, shape in loader.each("codes", CodesShape)}
    around = Surroundings(units, codes, config.deadlines, config.frequencies, config.variants)
    statistics = load_statistics(loader, (config_source, config), around)
    forms = statistics.forms
    exemptions = build_exemptions(config_source, config, statistics.rule_ids, units)
    settings = replace(build_settings(config_source, config), exemptions=exemptions)
    logbooks, hands = load_logbooks(
        loader,
        (config_source, config),
        load_hands(loader),
        around,
        [each.form.id for each in forms],
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
        rules=statistics.rules,
        indicators=statistics.indicators,
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


def _clauses(loader: Loader, files: Iterable[FormFile | LogbookFile]) -> tuple[Clause, ...]:
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
