"""`redactor worker`: a further process, or machine, for the work of a store."""

from __future__ import annotations

import signal
import threading
from pathlib import Path  # noqa: TC003  click reads the annotations
from typing import TYPE_CHECKING

import click

from redactor.commands import shared
from redactor.commands.store import data_option, opened, url_option
from redactor.jobs.runner import Runner

if TYPE_CHECKING:
    from redactor.store.database import Store


@click.command()
@shared.pack_option
@data_option
@url_option
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Files treated at once.")
@click.option("--once", is_flag=True, help="Ends when there is nothing left to do.")
def worker(*, data: Path, url: str | None, jobs: int, once: bool) -> int:
    """Lit et produit les documents d'un dépôt partagé. / Does the work of a shared store.

    Several machines share one PostgreSQL database and one folder (blobs, key). Ctrl-C or SIGTERM gives back what is
    in hand; what a machine that vanished had in hand is taken over after a minute.
    """
    with opened(data, url, pack=shared.pack()) as store:
        runner = Runner(store, workers=jobs)
        if once:
            runner.run_until_idle()
            runner.stop()
            return 0
        if url is not None:
            _share(store, url, jobs)
            return 0
        ended = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: ended.set())
        with runner:
            ended.wait()
    return 0


def _share(store: Store, url: str, jobs: int) -> None:
    """The work of several machines, handed out by the database; this process only adds its sign of life."""
    from redactor.jobs import cluster  # noqa: PLC0415  an extra: only this way needs it

    with Runner(store, workers=0) as runner:
        cluster.work(store, runner, url=url, jobs=jobs)
