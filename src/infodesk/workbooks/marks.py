"""What our workbooks carry so that they are known again: names, and the ids beside what people see.

Every sheet has names of its own (they travel with a copied sheet), and a hidden row or column of ids
(they move with inserted rows and columns).
"""

# names, each local to its sheet
FORM = "infodesk_form"
DEFINITION = "infodesk_definition"
SENDER = "infodesk_sender"
PERIOD = "infodesk_period"
COVER = "infodesk_cover"
RETURN = "infodesk_return"  # on a query slip: the number of the return

# roles of columns, in the hidden row under a header
LABEL = "@label"
MEASURE = "@unit"
VALUE = "@value"
PREVIOUS = "@previous"
CHECK = "@check"
NOTE = "@note"
ITEM = "@item"
UNIT = "@dept"
TITLE = "@title"
NIL = "@nil"

# roles of lines, in the hidden column of ids
CORRECT = ":correct"  # after an item's id: where the previous period's value is corrected
TICKED = ":wrong"
REASON = ":reason"
RULE = "rule:"
NIL_LINE = "nil:"
TOTALS = "@totals"

TICK = "✓"
TICKS = frozenset({"✓", "√", "v", "V", "是", "x", "X", "1", "y", "Y"})

# what the cover asks, in its order, and whether it must be filled in
COVER_FIELDS: tuple[tuple[str, bool], ...] = (
    ("preparer", True),
    ("reviewer", True),
    ("head", True),
    ("phone", False),
    ("date", True),
    ("notes", False),
)
