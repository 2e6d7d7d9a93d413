"""Reports: which there are, and which files were written."""

from infodesk.cli.terminal import Terminal, new_table
from infodesk.model.definitions import Definitions
from infodesk.model.period import Frequency, Period
from infodesk.reports.build import Built
from infodesk.text.message import Title

FREQUENCIES = {
    Frequency.MONTH: Title("月报", "monthly"),
    Frequency.QUARTER: Title("季报", "quarterly"),
    Frequency.HALF: Title("半年报", "half-yearly"),
    Frequency.YEAR: Title("年报", "yearly"),
}


def show_reports(terminal: Terminal, definitions: Definitions) -> None:
    """A line for every report."""
    tell = terminal.language
    table = new_table(tell("Id"), tell("Report"), tell("Made"))
    for report in definitions.reports:
        made = tell.tell(FREQUENCIES[report.frequency])
        table.add_row(report.id, tell.tell(report.title), made)
    terminal.table(table)


def reports_json(definitions: Definitions) -> dict[str, object]:
    """The documented shape of `report list --json`."""
    return {
        "reports": [
            {
                "id": report.id,
                "title": {"zh": report.title.zh, "en": report.title.en},
                "frequency": report.frequency.value,
            }
            for report in definitions.reports
        ]
    }


def show_built(terminal: Terminal, built: list[Built]) -> None:
    """The paths as results; what was left out, and how sound the data are, as talk."""
    for each in built:
        for path in each.written.paths:
            terminal.result(terminal.shown(path))
        for skipped in each.written.skipped:
            terminal.say("{format}: {why}", format=skipped.format, why=skipped.why)
        terminal.say("{report}: {verdict}", report=each.report.title, verdict=each.verdict)


def built_json(terminal: Terminal, period: Period, built: list[Built]) -> dict[str, object]:
    """The documented shape of `report build --json`."""
    tell = terminal.language.tell
    return {
        "period": str(period),
        "reports": [
            {
                "id": each.report.id,
                "files": [str(path) for path in each.written.paths],
                "skipped": [
                    {"format": skipped.format, "why": tell(skipped.why)}
                    for skipped in each.written.skipped
                ],
                "settled": each.is_settled,
                "verdict": tell(each.verdict),
            }
            for each in built
        ],
    }
