"""`redactor doctor`: what this machine has, what is missing and how to get it."""

from __future__ import annotations

import dataclasses

import click

from redactor.capabilities import Capability, capabilities
from redactor.commands import shared
from redactor.errors import RedactorError


@click.command()
@shared.pack_option
@click.option("--json", "as_json", is_flag=True, help="Print the list on stdout as JSON.")
def doctor(*, as_json: bool) -> int:
    """Dit ce qui est installé, ce qui manque et comment l'obtenir.

    Says what is installed, what is missing and how to get it. Exit code: 0 ready, 2 something needed is missing.
    """
    found = (*capabilities(), _pack())
    if as_json:
        shared.print_json([dataclasses.asdict(one) for one in found])
    else:
        for one in found:
            click.echo(_line(one))
    return 0 if all(one.found or not one.required for one in found) else 2


def _pack() -> Capability:
    try:
        name = shared.pack().id
    except RedactorError as error:
        return Capability("policies", found=False, adds="the law", install=str(error), required=True)
    return Capability("policies", found=True, adds=name, install="", required=True)


def _line(one: Capability) -> str:
    mark = "ok     " if one.found else ("MISSING" if one.required else "absent ")
    hint = "" if one.found else f"  ->  {one.install}"
    return f"{mark} {one.name:<16} {one.adds}{hint}"
