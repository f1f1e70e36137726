"""`redactor serve`: store, runner and service in one process, on this machine."""

from __future__ import annotations

import logging
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import click
from waitress import serve as listen

from redactor.commands import shared
from redactor.data_folder import data_folder
from redactor.jobs.runner import Runner
from redactor.sandbox import Sandbox
from redactor.store.database import Store
from web.app import BODY_LIMIT_BYTES, create_app
from web.oidc import CLAIMS, Provider
from web.services import Services

EXAMPLE: Final = Path(__file__).parent.parent / "examples" / "demande-2024-118"
THREADS: Final = 8  # calls answered at once; each holds one connection of the store
PROXY: Final = "127.0.0.1"
FORWARDED: Final = {"x-forwarded-for", "x-forwarded-proto"}  # what a proxy tells of the browser behind it


@click.command()
@shared.pack_option
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Dossier des données / data folder.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--name", "names", multiple=True, help="Autre nom par lequel on joint le service / other host name.")
@click.option("--https", is_flag=True, help="Derrière un mandataire HTTPS / behind an HTTPS proxy.")
@click.option("--proxy", default=PROXY, show_default=True, help="Adresse du mandataire (avec --https) / its address.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--oidc-issuer", help="Fournisseur d'identité / identity provider (extra oidc).")
@click.option("--oidc-client", default="", help="Identifiant du service chez lui / this service's id there.")
@click.option("--oidc-secret-file", type=shared.EXISTING, help="Fichier du secret / file of the secret.")
@click.option("--oidc-claim", default=CLAIMS[0], show_default=True, type=click.Choice(CLAIMS))
def serve(
    *, data: Path | None, host: str, port: int, names: tuple[str, ...], https: bool, proxy: str, workers: int,
    oidc_issuer: str | None, oidc_client: str, oidc_secret_file: Path | None, oidc_claim: str,
) -> None:  # fmt: skip
    """Démarre le service web sur cette machine / starts the web service on this machine.

    Refuse de démarrer sur un dossier de règles fautif / refuses to start on a bad folder of rules: exit code 2.
    """
    pack = shared.pack()
    provider = _provider(oidc_issuer, oidc_client, oidc_secret_file, oidc_claim)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # what ends a service: the runner gives its work back
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(data or data_folder(), pack=pack))
        stack.enter_context(Runner(store, workers=workers))
        sandbox = stack.enter_context(Sandbox())
        services = Services(store, sandbox, pack, EXAMPLE if EXAMPLE.is_dir() else None)
        app = create_app(services, hosts=("127.0.0.1", "localhost", host, *names), secure=https, provider=provider)
        click.echo(f"http://{host}:{port}", err=True)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that calls wait is no error
        listen(app, host=host, port=port, _quiet=True, **listening(proxy if https else None))


def listening(proxy: str | None) -> dict[str, Any]:
    """How the server listens. Behind a proxy the caller is who the proxy says; else what callers say is dropped."""
    known = {"threads": THREADS, "max_request_body_size": BODY_LIMIT_BYTES, "clear_untrusted_proxy_headers": True}
    return known if proxy is None else {**known, "trusted_proxy": proxy, "trusted_proxy_headers": FORWARDED}


def _provider(issuer: str | None, client: str, secret_file: Path | None, claim: str) -> Provider | None:
    """The identity provider of the call, if one is named. Raises NoProvider."""
    if issuer is None:
        return None
    secret = secret_file.read_text("utf-8").strip() if secret_file is not None else ""
    return Provider(issuer, client, secret, claim)
