"""The words a template may use."""

from infodesk.errors import InfodeskError
from infodesk.render.document import PageBreak
from infodesk.reports.charts import CHARTS
from infodesk.reports.context import Context
from infodesk.reports.fill import Placed, Placer, called
from infodesk.reports.measure import figure_words
from infodesk.reports.sentences import SENTENCES
from infodesk.reports.tables import TABLES
from infodesk.stats.compare import Against
from infodesk.text.message import Message

NOT_OUTSIDE = ("findings", "late", "unusual", "missing", "refused")  # they name departments


class Vocabulary:
    """What stands behind the names in a template; the bulletin's own template lists them."""

    def __init__(self, context: Context, placer: Placer) -> None:
        self._context, self._placer = context, placer

    def names(self) -> dict[str, object]:
        """Every name with what it means."""
        context = self._context
        return {
            "chart": self.chart,
            "either": self.either,
            "figure": self.figure,
            "has_previous": context.is_known(Against.PREVIOUS),
            "hospital": context.root.title,
            "months": len(context.history),
            "page_break": self.page_break,
            "period": context.period.title,
            "sentence": self.sentence,
            "table": self.table,
            "zh": context.language.code == "zh",
        }

    def either(self, zh: str, en: str) -> str:
        """One of two texts, by the language of the report."""
        return zh if self._context.language.code == "zh" else en

    def figure(self, name: str, unit: str = "") -> str:
        """A figure with its unit and coverage: `87.00 %`, `868 人 (7/8)`, `—`; of the hospital, or of a unit."""
        context = self._context
        measure = context.measure(name)
        found = context.figure(measure, context.unit(unit))
        return figure_words(measure, found, context.language)

    def sentence(self, name: str, **options: object) -> Message | None:
        """A sentence made by rule; nothing where there is nothing to say."""
        self._check_outgoing(name)
        return called(SENTENCES, name, self._context, options)

    def table(self, name: str, **options: object) -> Placed | str:
        """A table, or a line saying that it would be empty."""
        self._check_outgoing(name)
        made = called(TABLES, name, self._context, options)
        if not made.rows:
            return self._context.language("{title}: none.", title=made.title)
        return self._placer.place(made)

    def chart(self, name: str, **options: object) -> Placed | str:
        """A chart, its table where pictures cannot be drawn, or a line saying that it would be empty."""
        made = called(CHARTS, name, self._context, options)
        if not made.categories:
            return self._context.language("{title}: none.", title=made.title)
        return self._placer.place(made)

    def _check_outgoing(self, name: str) -> None:
        if self._context.outgoing and name in NOT_OUTSIDE:
            raise InfodeskError(
                Message("{name} must not leave the house", name=repr(name)),
                Message("leave it out of a report with outgoing: true"),
            )

    def page_break(self) -> Placed:
        """What follows begins on a new page."""
        return self._placer.place(PageBreak())
