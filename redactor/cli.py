"""The command line: finds the command, calls it, turns its end into an exit code.

Exit codes: CONTRACTS, "Commands". Commands are imported when they are called: a child process that imports this module
again stays light. Others come from the entry-point group `redactor.commands`; one whose extra is not installed is
listed with the line that installs it.
"""

from __future__ import annotations

import logging
import sys
import threading
from concurrent.futures import InvalidStateError
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click

from redactor import __version__
from redactor.errors import RedactorError, code_with_facts

GROUP = "redactor.commands"
OWN = ("analyse", "redact", "verify", "policies", "evaluate", "doctor", "store", "user", "audit", "worker")
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
UNEXPECTED = 1


class Commands(click.Group):
    """Our own commands, and those that other parts add."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, ours and the added ones."""
        del ctx
        return sorted({*OWN, *(one.name for one in entry_points(group=GROUP))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; ours first."""
        del ctx
        if cmd_name in OWN:
            return load(EntryPoint(cmd_name, f"redactor.commands.{cmd_name}:{cmd_name}", GROUP))
        added = next(iter(entry_points(group=GROUP, name=cmd_name)), None)
        return None if added is None else load(added)


def load(added: EntryPoint) -> click.Command:
    """The command of an entry point; where its extra is missing, one that says how to install it."""
    try:
        command: click.Command = added.load()
    except ImportError as error:
        extra = next(iter(added.value.partition(":")[0].split(".")))
        return _missing(added.name, extra, error.name or "?")
    return command


def _missing(name: str, extra: str, module: str) -> click.Command:
    line = f"Not installed (module {module} is missing). Install it with: pip install 'redactor[{extra}]'"

    def tell() -> None:
        click.echo(line, err=True)
        sys.exit(2)

    return click.Command(name, callback=tell, help=line, short_help=f"Needs: pip install 'redactor[{extra}]'")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="redactor")
@click.option("--log", is_flag=True, help="Write events to stderr, one JSON object a line; never a document's words.")
def cli(*, log: bool) -> None:
    """Caviardage des documents demandés en vertu de la Loi sur l'accès du Québec : proposé, expliqué, prouvé.

    Redaction under Québec's Access Act: proposed, explained, proved on every file.
    """
    if log:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger = logging.getLogger("redactor")
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)


def _quiet(fault: threading.ExceptHookArgs) -> None:
    """A thread that ends with its run is no news; of any other fault only the kind is told."""
    if fault.exc_type is not InvalidStateError:
        click.echo(f"redactor: unexpected ({fault.exc_type.__name__})", err=True)


def main(arguments: list[str] | None = None) -> Any:
    """Runs the command line and ends the process with its exit code. Nothing a library said reaches the terminal."""
    threading.excepthook = _quiet
    try:
        code = cli.main(arguments, prog_name="redactor", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrompu. Relancez la même commande pour continuer. / Interrupted: run it again.", err=True)
        sys.exit(INTERRUPTED)
    except RedactorError as error:
        click.echo(f"redactor: {code_with_facts(error.code, error.facts)}. {error.conseil} / {error.advice}", err=True)
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001  the last handler: a library's message may quote a document
        click.echo(
            f"redactor: unexpected ({type(error).__name__}). {RedactorError.conseil} / {RedactorError.advice}", err=True
        )
        sys.exit(UNEXPECTED)
