"""How reports look: the same ink, frames and fills as the workbooks, and a red rule as official papers have."""

INK = "#1F2933"
FAINT = "#66727F"
FRAME = "#9AA5B1"
HEAD_FILL = "#DCE6F1"
GROUP_FILL = "#EEF3F8"
CARD_FILL = "#F7F9FC"
SIGN_FILL, SIGN_INK = "#FDF0D5", "#8A5A00"
GOOD_INK, BAD_INK = "#1B6B34", "#B42318"
RULE = "#C00000"

BARS = ("#4F7CAC", "#9DB8D2", "#2F4B6E", "#C9A227")
BAND_FILL, BAND_EDGE = "#E3F4E6", "#4C9A62"
OUTSIDE = "#C9772B"

TONES = {"": INK, "good": GOOD_INK, "bad": BAD_INK}
