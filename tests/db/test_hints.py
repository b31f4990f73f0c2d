"""Words to the planner change how rows are found, never which."""

from sqlalchemy import func, select

from db.engine import Database
from db.queries.channels import at_home
from db.tables import User
from tests.personas import people


def test_rows_of_one_area_after_another_are_their_own(store: Database) -> None:
    personas = people()
    paths = {"S1": personas.manager.path, "S2": personas.actors["other_consultant"].path}
    people_of = select(func.count()).select_from(User)
    with store.reading.connect() as connection:
        everybody = connection.scalar(people_of.where(User.channel_id.is_not(None)))
        found = {
            code: connection.scalar(people_of.where(at_home(User.channel_id, path)))
            for code, path in (*paths.items(), *paths.items())
        }
        assert found["S1"] != found["S2"], "or the second answer could be the first one's"
        assert sum(found.values()) == everybody
        assert connection.scalar(people_of.where(at_home(User.channel_id, None))) == connection.scalar(people_of)
