"""The bulletin of the clean September, and reports from templates written in the test."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from infodesk.model.period import Period
from infodesk.model.report import Report
from infodesk.render.document import Document, Table, Text
from infodesk.reports.build import Edition, report_document, stationery_in
from infodesk.stats.blanks import plans
from infodesk.stats.collect import Options, collect
from infodesk.text.language import language
from infodesk.text.message import Title
from infodesk.workbooks.blank.book import draw_workbook, file_name
from infodesk.workbooks.blank.plan import Answer, Answers
from tests.conftest import Month
from tests.months import kept, kept_definitions, kept_workspace  # noqa: F401  # fixtures

Fill = Callable[..., str]


@dataclass(frozen=True)
class Printed:
    """A document's text and tables, looked up by title."""

    document: Document

    @property
    def text(self) -> str:
        """All words."""
        blocks = self.document.blocks
        return "\n\n".join(block.markdown for block in blocks if isinstance(block, Text))

    def table(self, title: str) -> Table:
        """The table of that title."""
        tables = (block for block in self.document.blocks if isinstance(block, Table))
        return next(table for table in tables if table.title == title)

    def column(self, title: str, heading: str) -> dict[str, str]:
        """First cell → cell under a heading, signs and all."""
        table = self.table(title)
        place = [column.title for column in table.columns].index(heading)
        rows = (row for row in table.rows if row.kind != "group")
        return {row.cells[0].text: row.cells[place].shown for row in rows}


@pytest.fixture
def edition(hospital: Path) -> Edition:
    """In English, in what needs no office."""
    return Edition(language("en"), stationery_in(hospital), ("md", "html", "xlsx"), office=False)


@pytest.fixture
def bulletin(full_month: Month) -> Report:
    """The monthly bulletin, as declared."""
    found, *_ = full_month.desk.definitions.reports
    return found


def printed(month: Month, edition: Edition, period: Period) -> Printed:
    """The bulletin of a period as the store stands."""
    report, *_ = month.desk.definitions.reports
    return Printed(report_document(month.desk, report, period, edition))


def from_template(
    month: Month,
    edition: Edition,
    period: Period,
    folder: Path,
    template: str,
    *,
    outgoing: bool = False,
) -> Document:
    """A document from a template of the test's own."""
    path = folder / "own.md.j2"
    path.write_text(template, encoding="utf-8")
    title = Title("自定", "own")
    report = Report("own", title, period.frequency, str(path), "own", outgoing=outgoing)
    return report_document(month.desk, report, period, edition)


def give(month: Month, period: Period, answers: dict[Answer, int], senders: Iterable[str]) -> None:
    """Take in workbooks of another period with these answers."""
    signed = {"preparer": "甲", "reviewer": "乙", "head": "丙", "date": str(period.end)}
    for sender in senders:
        given = Answers(answers, {}, frozenset(), signed)
        (plan,) = plans(month.desk, period, (sender,), given)
        path = month.put(draw_workbook(plan, language("zh")), file_name(plan, language("zh")))
        (result,) = collect(month.desk, [path], Options(period))
        assert result.result == "new", result.reason
