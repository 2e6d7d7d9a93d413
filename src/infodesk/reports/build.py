"""Building a report: fill its template, put its head and foot to it, write it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from infodesk.config.files import find_file
from infodesk.errors import InfodeskError
from infodesk.model.item import Secrecy, highest
from infodesk.model.period import Period
from infodesk.model.report import Report
from infodesk.render.document import Document
from infodesk.render.write import FORMATS, Stationery, Written, write_document
from infodesk.reports.context import Context
from infodesk.reports.fill import Placer, fill
from infodesk.reports.quality import is_settled, verdict
from infodesk.reports.vocabulary import Vocabulary
from infodesk.stats.desk import Desk
from infodesk.store.made import record_built
from infodesk.text.language import Language
from infodesk.text.message import Message


@dataclass(frozen=True)
class Edition:
    """How a report is wanted: in which language and formats, on what paper, of which class at least."""

    language: Language
    stationery: Stationery
    formats: tuple[str, ...] = FORMATS
    secrecy: Secrecy = Secrecy.INTERNAL
    office: bool | None = None  # whether infodesk[office] is there; nothing: look for it


@dataclass(frozen=True)
class Built:
    """A report that was written; `verdict` says how sound its data are, settled if all has come and no finding is open."""

    report: Report
    written: Written
    verdict: Message
    is_settled: bool


def stationery_in(workspace: Path) -> Stationery:
    """The workspace's own letterheads and styles, else those of the starter hospital."""
    found = (
        _stationery(workspace, name) for name in ("reference.docx", "letterhead.typ", "page.css")
    )
    return Stationery(*found)


def _stationery(workspace: Path, name: str) -> Path:
    file = find_file(workspace, f"reports/{name}")
    if file is None:
        raise InfodeskError(Message("there is no file {file}", file=f"reports/{name}"))
    return file.path


def build_report(
    desk: Desk, report: Report, period: Period, edition: Edition, folder: Path
) -> Built:
    """Write a report of a period into a folder, its class the highest of what it shows: `2026-09_医院统计月报_机密.docx` and so on.

    InfodeskError for a period of another length, an unknown format, or a mistake in the template.
    """
    _check(report, period, edition.formats)
    context = Context(desk, period, edition.language, report.outgoing)
    document = _document(context, report, edition)
    name = f"{period}_{report.name}_{document.secrecy}"
    written = write_document(
        document, folder / name, edition.formats, edition.stationery, office=edition.office
    )
    return Built(report, written, verdict(context), is_settled(context))


def note_built(desk: Desk, period: Period, built: Iterable[Built]) -> None:
    """Note in the audit chain what somebody built, so that `evidence` can show it."""
    for each in built:
        files = [path.name for path in each.written.paths]
        record_built(desk.store, desk.actor, (each.report.id, period), files)


def _check(report: Report, period: Period, formats: Iterable[str]) -> None:
    if report.frequency is not period.frequency:
        raise InfodeskError(
            Message("{report} is not made for {period}", report=report.title, period=period),
            Message("name the period with -p"),
        )
    for name in formats:
        if name not in FORMATS:
            raise InfodeskError(
                Message("there is no format {name}", name=repr(name)),
                Message("the formats are {names}", names=list(FORMATS)),
            )


def report_document(desk: Desk, report: Report, period: Period, edition: Edition) -> Document:
    """The report as it is going to be written."""
    return _document(Context(desk, period, edition.language, report.outgoing), report, edition)


def _document(context: Context, report: Report, edition: Edition) -> Document:
    _ = edition.language
    placer = Placer()
    blocks = fill(Path(report.template), Vocabulary(context, placer).names(), placer, _)
    return Document(
        hospital=_.tell(context.root.title),
        title=_.tell(report.title),
        period=_.tell(context.period.title),
        secrecy=_.tell(_class(context, edition).label),
        made_at=context.desk.now,
        language=_,
        blocks=blocks,
        particulars=tuple(_particulars(context)),
        signatures=(_("Compiled by"), _("Checked by"), _("Issued by")),
    )


def _class(context: Context, edition: Edition) -> Secrecy:
    """The highest class of what is shown; the edition's at least, but for what is made to leave the house."""
    return context.secrecy if context.outgoing else highest([edition.secrecy, context.secrecy])


def _particulars(context: Context) -> Iterator[tuple[str, str]]:
    """Which state of the data it rests on, who made it, and when."""
    _ = context.language
    version = _("provisional, not closed")
    if context.release is not None:
        number, seal = context.release.number, context.release.seal[:12]
        version = _("release {n}, seal {seal}", n=number, seal=seal)
    yield _("Data"), version
    actor = context.desk.actor
    if actor.by:  # the name of an account tells a leader nothing
        yield _("Made by"), actor.by
    yield _("Made on"), f"{context.desk.now:%Y-%m-%d %H:%M}"
