"""The command line: `python -m lib …`. Errors go to standard error in one line; exit codes 0, 1, 2."""

import sys

import click

from lib import data, settings, trouble
from lib.cli import backups, database, demo, exports, imports, kpi, messages, run, screens, users
from lib.refusals import N_, Refused, Unavailable
from lib.words import words


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def desk() -> None:
    """The dealership desk: figures, imports, people and screens from the command line."""


COMMANDS: tuple[click.Command, ...] = (
    database.init,
    database.doctor,
    run.run,
    demo.demo,
    imports.import_,
    exports.export,
    backups.backup,
    backups.restore,
    kpi.figures,
    messages.messages,
    users.user,
    screens.screen,
)
ABSENT = N_(
    "There is no database at {file}. Create it with python -m lib init, or correct DATABASE_URL or DESK_DATA_DIR."
)
AWAY = N_("The database cannot be reached: is it started, is DATABASE_URL right?")
FAILED = N_("Something went wrong on our side ({kind}); the log tells where, under the number {number}.")
for command in COMMANDS:
    desk.add_command(command)


def main() -> int:
    """Run one command. 0 done, 1 refused, 2 unusable arguments."""
    try:
        settings.load()
        result = desk(standalone_mode=False)
    except settings.BadSettings as error:
        return _complain(str(error), 2)
    except click.ClickException as error:
        return _complain(error.format_message(), 2)
    except click.Abort:
        return _complain("stopped", 130)
    except Unavailable:
        return _complain(_unavailable(), 1)
    except Refused as error:
        return _complain(words(settings.load().language).of(error), 1)
    except Exception as error:
        number = trouble.note(error)
        return _complain(words(settings.load().language).say(FAILED, kind=type(error).__name__, number=number), 1)
    return result if isinstance(result, int) else 0


def _unavailable() -> str:
    store, speak = data.database(), words(settings.load().language)
    return speak.say(ABSENT, file=store.url.database) if store.missing else speak.say(AWAY)


def _complain(message: str, code: int) -> int:
    print(message.replace("\n", " "), file=sys.stderr)
    return code
