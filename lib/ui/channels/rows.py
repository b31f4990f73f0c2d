"""The rows behind a node's figures: the board's dialog over the node's own area."""

from lib.access import Actor, Scope
from lib.board.figures import EVERYTHING
from lib.channels.overview import Standing
from lib.ui.board import rows
from lib.ui.board.filters import Chosen
from lib.ui.periods import ChosenPeriod


def show_opened(actor: Actor, standing: Standing, when: ChosenPeriod) -> None:
    """The dialog of the figure that is open, if any: masked, a page at a time."""
    path = standing.node.path
    rows.show_opened(actor, Chosen(Scope(path), Scope(path, actor.own_scope.owner_id), EVERYTHING, when))
