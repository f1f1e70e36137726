"""`redactor serve`: store, runner and service in one process, on this machine."""

from __future__ import annotations

import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click
from waitress import serve as listen

from redactor.commands import shared
from redactor.data_folder import data_folder
from redactor.jobs.runner import Runner
from redactor.sandbox import Sandbox
from redactor.store.database import Store
from web.app import BODY_LIMIT_BYTES, create_app
from web.services import Services

EXAMPLE: Final = Path(__file__).parent.parent / "examples" / "demande-2024-118"
THREADS: Final = 8  # calls answered at once; each holds one connection of the store


@click.command()
@shared.pack_option
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Dossier des données / data folder.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--name", "names", multiple=True, help="Autre nom par lequel on joint le service / other host name.")
@click.option("--https", is_flag=True, help="Derrière un mandataire HTTPS / behind an HTTPS proxy.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(*, data: Path | None, host: str, port: int, names: tuple[str, ...], https: bool, workers: int) -> None:
    """Démarre le service web sur cette machine / starts the web service on this machine.

    Refuse de démarrer sur un dossier de règles fautif / refuses to start on a bad folder of rules: exit code 2.
    """
    pack = shared.pack()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # what ends a service: the runner gives its work back
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(data or data_folder()))
        stack.enter_context(Runner(store, workers=workers))
        sandbox = stack.enter_context(Sandbox())
        services = Services(store, sandbox, pack, EXAMPLE if EXAMPLE.is_dir() else None)
        app = create_app(services, hosts=("127.0.0.1", "localhost", host, *names), secure=https)
        click.echo(f"http://{host}:{port}", err=True)
        listen(app, host=host, port=port, threads=THREADS, max_request_body_size=BODY_LIMIT_BYTES, _quiet=True)
