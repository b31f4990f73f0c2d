"""A channel sheet that names another parent: free while nothing was counted there, refused afterwards."""

from pathlib import Path

from db.engine import Database
from lib import data
from lib.access import SYSTEM, Scope
from lib.network.moving import move
from lib.network.reading import Node, nodes
from tests.lib.imports.books import CHANNELS, LEAD, Rows, ground, load

AGENT = {"code": "S1-A", "name": "片区代理", "kind": "片区代理", "parent_code": "S1-C1"}
ELSEWHERE: Rows = [AGENT | {"parent_code": "S1-C2"}]


def by_code() -> dict[str, Node]:
    return {each.code: each for each in data.fresh(nodes, Scope())}


def test_a_node_with_no_figures_goes_where_the_file_says(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **(ground() | {"channels": [*CHANNELS, AGENT]}))
    assert load(tmp_path, channels=ELSEWHERE).loaded
    found = by_code()
    assert found["S1-A"].path == f"{found['S1-C2'].path}{found['S1-A'].id}."


def test_a_node_with_figures_is_not_uprooted_by_a_file(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **(ground(leads=[LEAD | {"channel_code": "S1-A"}]) | {"channels": [*CHANNELS, AGENT]}))
    report = load(tmp_path, channels=ELSEWHERE)
    assert not report.loaded
    assert [(each.sheet, each.column) for each in report.wrong] == [("channels", "parent_code")]
    assert by_code()["S1-A"].parent_id == by_code()["S1-C1"].id


def test_the_same_file_changes_nothing_after_a_move(store: Database, tmp_path: Path) -> None:
    sheets = ground(leads=[LEAD | {"channel_code": "S1-A"}]) | {"channels": [*CHANNELS, AGENT]}
    load(tmp_path, **sheets)
    data.write(move, SYSTEM, by_code()["S1-A"].id, by_code()["S1-A"].version, by_code()["S1-C2"].id)
    moved = by_code()
    assert load(tmp_path, **sheets).loaded
    assert by_code() == moved
