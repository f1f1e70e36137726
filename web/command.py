"""`redactor serve`: the service on this machine."""

from __future__ import annotations

import click
from waitress import serve as listen

from web.app import create_app


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(*, host: str, port: int) -> None:
    """Démarre le service web sur cette machine / starts the web service on this machine."""
    click.echo(f"http://{host}:{port}", err=True)
    listen(create_app(), host=host, port=port, _quiet=True)
