"""The general rules, which every form gets: what they are called and how grave they are.

The checks themselves are Python: GEN-001 to GEN-005, -009, -010, -012 and -021 where workbooks are read, the
others in `stats`.
"""

from dataclasses import dataclass

from infodesk.model.rule import Severity
from infodesk.text.message import Title

GENERAL: dict[str, tuple[Severity, Title]] = {
    "GEN-001": (
        Severity.ERROR,
        Title("必填项为空，没有发生请填0", "Required item blank; write 0 if none"),
    ),
    "GEN-002": (Severity.ERROR, Title("类型错误或代码不存在", "Wrong type or unknown code")),
    "GEN-003": (Severity.ERROR, Title("不允许负数", "Negative not allowed")),
    "GEN-004": (Severity.ERROR, Title("小数位数不符", "Too many decimals")),
    "GEN-005": (Severity.ERROR, Title("科室代码不存在或已停用", "Unknown or retired department")),
    "GEN-006": (Severity.ERROR, Title("同一记录重复报送", "The same record given twice")),
    "GEN-007": (
        Severity.ERROR,
        Title("表号、版本、期别或填报单位不符", "Form, version, period or reporter mismatch"),
    ),
    "GEN-008": (Severity.WARNING, Title("应报未报", "Missing expected row")),
    "GEN-009": (
        Severity.INFO,
        Title("存在未定义的列、行或工作表，未读取", "Unknown column, line or sheet ignored"),
    ),
    "GEN-010": (Severity.INFO, Title("单元格已自动规范化", "Cell normalised")),
    "GEN-011": (Severity.FLAGGED, Title("填表人、复核人或负责人未签", "Cover not signed")),
    "GEN-012": (Severity.WARNING, Title("合计行与计算不一致", "Totals row differs")),
    "GEN-013": (Severity.WARNING, Title("整行全为0", "Row is all zero")),
    "GEN-014": (
        Severity.ERROR,
        Title("该期已锁定，须申请更正", "Period locked: use the correction procedure"),
    ),
    "GEN-015": (Severity.WARNING, Title("环比变动过大", "Large change against the period before")),
    "GEN-016": (Severity.WARNING, Title("同比变动过大", "Large change against last year")),
    "GEN-017": (Severity.WARNING, Title("疑似复制上期数据", "Looks like a copy of last period")),
    "GEN-018": (
        Severity.WARNING,
        Title("数量级异常，疑多位、少位或单位错误", "Order of magnitude: digit or unit error?"),
    ),
    "GEN-019": (Severity.INFO, Title("重复提交同一文件", "Same file submitted again")),
    "GEN-020": (
        Severity.WARNING,
        Title("填报日期早于报告期末", "Filled in before the period ended"),
    ),
    "GEN-021": (Severity.WARNING, Title("行或列位置变动", "Line or column moved")),
}


@dataclass(frozen=True)
class Thresholds:
    """From where on GEN-015 to GEN-018 ask; percent, counts and periods as `config.example.yaml` explains them.

    Until a unit has `history` months in the store they only inform.
    """

    month_change: int = 30
    year_change: int = 50
    least_count: int = 20
    least_money: int = 10
    same_items: int = 8
    same_share: int = 80
    median_periods: int = 6
    median_least: int = 8
    median_times: int = 8
    history: int = 13
