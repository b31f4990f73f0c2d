"""The inks of every chart. Few: one for what is, one for what was or is expected, greys for the rest.

The theme in .streamlit/config.toml holds the same ones. Each passes 3:1 against white; text inks pass 4.5:1.
"""

INK = "#16202e"  # words and the number that matters
QUIET = "#56657a"  # labels, axes
HAIRLINE = "#e3e7ee"  # grid
PAPER = "#ffffff"

MAIN = "#1f5fd6"  # this period, this one
MAIN_SOFT = "#dbe6fa"  # the area below it
SOFT = "#8fb0ec"  # this one, not complete yet
OTHER = "#8391a5"  # the previous period, the other one
TARGET = "#b25e09"  # the target's line and its label
GOOD = "#0b7a5b"  # ahead, up where up is good
LATE = "#c8322b"  # late or lost, nothing else

CATEGORIES = ("#1f5fd6", "#0f9d76", "#c27a0a", "#8a5cd0", "#c94f6d", "#5b7083")
