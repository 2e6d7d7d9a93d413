"""`infodesk inspect --print`: the sheet of a checklist as files."""

from infodesk.cli.workspace import Office
from infodesk.errors import InfodeskError
from infodesk.model.logbook import Logbook
from infodesk.render.office import has_office
from infodesk.render.write import write_document
from infodesk.reports.build import stationery_in
from infodesk.reports.sheet import sheet
from infodesk.text.message import Message

FORMATS = ("pdf", "html", "docx")


def put_sheet(
    found: Office,
    book: Logbook,
    schedule: str,
    formats: tuple[str, ...],
    devices: tuple[str, ...] = ("",),
) -> bool:
    """Write the sheet into the folder of reports; as html where infodesk[office] is missing. Nobody is needed."""
    if not devices:
        found.terminal.say("Nothing is due")
        return False
    for name in formats:
        if name not in FORMATS:
            raise InfodeskError(
                Message("there is no format {name}", name=repr(name)),
                Message("the formats are {names}", names=list(FORMATS)),
            )
    settings = found.definitions.settings
    language = found.terminal.workspace_language(settings.language)
    title = book.schedule_by_id[schedule].title if schedule else book.title
    name = f"{found.room.now:%Y-%m-%d}_{language.tell(title)}"
    document = sheet(found.room, book, schedule, language, devices)
    wanted = formats or (("pdf",) if has_office() else ("html",))
    target = found.path(settings.folders.reports) / name
    written = write_document(document, target, wanted, stationery_in(found.folder))
    for path in written.paths:
        found.terminal.result(found.terminal.shown(path))
    for skipped in written.skipped:
        found.terminal.say("{format}: {why}", format=skipped.format, why=skipped.why)
    return False
