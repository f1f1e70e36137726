"""Several machines: Procrastinate on PostgreSQL hands out the ids of chunks. The table `chunk` stays the truth.

Each worker puts what waits in the queue (a chunk once: `queueing_lock`), and has what stalled workers held tried again.
A job that comes twice, or late, finds its chunk done and ends.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy import text

from redactor.errors import StoreUnreachable
from redactor.jobs.runner import IDLE_SECONDS, LOST_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Engine

    from redactor.jobs.runner import Runner
    from redactor.store.database import Store

QUEUE = "redactor"
TASK = "redactor.step"
GRACE_SECONDS = 5.0  # for what is in hand when a worker is told to end; then it is given back
_LOCK = 0x5EDAC70A  # of PostgreSQL's advisory locks: one worker makes Procrastinate's tables


def work(store: Store, runner: Runner, *, url: str, jobs: int) -> None:
    """Does the work of the store until a signal ends it. `url` is the database's address."""
    with _alone(store.engine):
        asyncio.run(_prepare(url))
    asyncio.run(_work(_app(url, runner), runner, jobs))


def _app(url: str, runner: Runner) -> App:
    app = App(connector=PsycopgConnector(conninfo=url))

    @app.task(name=TASK, queue=QUEUE)
    async def step(chunk: str) -> None:
        await asyncio.to_thread(runner.do_one, chunk)
        await feed(app, runner)

    return app


async def _prepare(url: str) -> None:
    app = App(connector=PsycopgConnector(conninfo=url))
    async with app.open_async():
        if not await app.check_connection_async():
            await app.schema_manager.apply_schema_async()


async def _work(app: App, runner: Runner, jobs: int) -> None:
    async with app.open_async():
        feeding = asyncio.create_task(_keep_feeding(app, runner))
        try:
            await app.run_worker_async(
                queues=[QUEUE], concurrency=jobs, shutdown_graceful_timeout=GRACE_SECONDS,
                fetch_job_polling_interval=IDLE_SECONDS, stalled_worker_timeout=LOST_SECONDS, delete_jobs="successful",
            )  # fmt: skip
        finally:
            feeding.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await feeding


async def _keep_feeding(app: App, runner: Runner) -> None:
    while True:
        with contextlib.suppress(StoreUnreachable):
            await feed(app, runner)
        await asyncio.sleep(IDLE_SECONDS)


async def feed(app: App, runner: Runner) -> None:
    """Queues the chunks that may be done, and has stalled jobs tried again."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=LOST_SECONDS):
        await manager.retry_job(job)
    for chunk in await asyncio.to_thread(runner.waiting):
        with contextlib.suppress(AlreadyEnqueued):
            await app.configure_task(TASK, queueing_lock=chunk).defer_async(chunk=chunk)


@contextlib.contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """No other worker makes the tables meanwhile."""
    with engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield
