"""The dependency rule of the house: app.py, pages → lib.ui → lib → db, never backwards, never skipping to SQL."""

import ast
from collections.abc import Callable, Iterable

from tests.sources import Source, dotted, sources

CLOCK = {
    "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "time.time_ns", "time.localtime",
    "time.gmtime",
}  # fmt: skip
ENGINES = {"sessionmaker", "scoped_session", "create_engine", "open_database"}
CONNECTIONS = {"reading.connect", "reading.begin", "writing.connect", "writing.begin"}
EXECUTING = {"execute", "scalar", "scalars", "commit", "begin", "connect"}
OPENERS = {"open_page", "open_wall"}


def breaking(files: Iterable[Source], wrong: Callable[[Source], Iterable[str]]) -> list[str]:
    return [f"{file.path}: {what}" for file in files for what in wrong(file)]


def imports_of(*packages: str) -> Callable[[Source], list[str]]:
    """Which imports of a file are of these packages or of something within them."""

    def found(source: Source) -> list[str]:
        return [name for name in source.imports if any(f"{name}.".startswith(f"{package}.") for package in packages)]

    return found


def uses(names: set[str]) -> Callable[[Source], list[str]]:
    """Which calls or attributes of a file end in one of these names."""

    def found(source: Source) -> list[str]:
        return [used for used in source.called if any(f".{used}".endswith(f".{name}") for name in names)]

    return found


def sessions_begun(source: Source) -> list[str]:
    """Where a file makes an ORM session of its own; naming the type is free."""
    return [name for name in source.called if name == "Session" and "sqlalchemy.orm.Session" in source.imports]


def outside(files: Iterable[Source], *rooms: str) -> list[Source]:
    return [file for file in files if not file.within(*rooms)]


def test_db_knows_nothing_of_rules_or_screens() -> None:
    assert breaking(sources("db/"), imports_of("lib", "pages", "app", "streamlit")) == []


def test_vocabularies_import_only_enum() -> None:
    assert {name.split(".")[0] for source in sources("db/terms.py") for name in source.imports} == {"enum"}


def test_queries_execute_nothing() -> None:
    assert breaking(sources("db/queries/"), uses(EXECUTING | ENGINES)) == []


def test_rules_know_nothing_of_screens() -> None:
    rules = outside(sources("lib/"), "lib/ui/")
    assert breaking(rules, imports_of("streamlit", "streamlit_authenticator", "pages", "app")) == []
    assert breaking(rules, imports_of("lib.ui")) == []


def test_screens_write_no_sql() -> None:
    assert breaking(sources("app.py", "pages/", "lib/ui/"), imports_of("sqlalchemy", "db.queries", "db.tables")) == []


def test_pages_take_nothing_of_db_but_its_vocabularies() -> None:
    def wrong(source: Source) -> list[str]:
        return [name for name in imports_of("db")(source) if not f"{name}.".startswith("db.terms.")]

    assert breaking(sources("app.py", "pages/"), wrong) == []


def test_pages_do_not_import_each_other() -> None:
    assert breaking(sources("pages/", "lib/"), imports_of("pages", "app")) == []


def test_only_the_clock_asks_the_time() -> None:
    assert breaking(outside(sources("app.py", "pages/", "lib/", "db/"), "lib/clock.py"), uses(CLOCK)) == []


def test_only_the_settings_read_the_environment() -> None:
    files = outside(sources("app.py", "pages/", "lib/", "db/"), "lib/settings.py")
    assert breaking(files, uses({"os.environ", "os.getenv", "os.putenv"})) == []
    assert breaking(files, imports_of("os.environ", "os.getenv", "pydantic_settings")) == []


def test_only_the_doors_open_sessions() -> None:
    files = outside(sources("app.py", "pages/", "lib/"), "lib/data.py")
    assert breaking(files, uses(ENGINES | CONNECTIONS)) == []
    assert breaking(files, sessions_begun) == []


def test_pages_ask_no_roles_and_catch_no_errors() -> None:
    def wrong(source: Source) -> list[str]:
        tries = [f"try in line {node.lineno}" for node in ast.walk(source.tree) if isinstance(node, ast.Try)]
        return [*tries, *imports_of("db.terms.Role", "db.terms.*")(source), *uses({"groupby"})(source)]

    assert breaking(sources("pages/"), wrong) == []


def test_a_page_first_asks_whether_it_may() -> None:
    """Imports and constants aside, nothing comes before the opener, so that no page shows anything by itself."""
    assert [page.path for page in sources("pages/") if not opens(first_act(page.tree))] == []


def first_act(tree: ast.Module) -> ast.stmt | None:
    """The first statement that does something: no docstring, import, definition or constant."""

    def idle(node: ast.stmt) -> bool:
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)):
            return True
        if isinstance(node, ast.Expr):
            return isinstance(node.value, ast.Constant)
        return isinstance(node, ast.Assign) and not any(isinstance(part, ast.Call) for part in ast.walk(node.value))

    return next((node for node in tree.body if not idle(node)), None)


def opens(node: ast.stmt | None) -> bool:
    """Whether a statement is a call of the opener, its result kept or not."""
    value = getattr(node, "value", None)
    return isinstance(value, ast.Call) and dotted(value.func).rpartition(".")[2] in OPENERS
