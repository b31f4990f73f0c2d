"""The showroom TV, opened by a screen's link; a signed-in person sees the wall of their own scope."""

from lib.ui.wall.ticks import tick
from lib.ui.wall.viewing import open_wall

open_wall()
tick()
