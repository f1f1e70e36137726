"""Whose mailbox an address is, by its domain."""

from __future__ import annotations

import pytest

from redactor.model import Facts
from redactor.people.mailboxes import is_body_mail

BODY = "Société de transport de la Rive-Boréale"


@pytest.mark.parametrize(
    ("address", "is_body"),
    [
        ("ann.lee@mtq.gouv.qc.ca", True),
        ("ann.lee@sante.quebec", True),
        ("ann@ville.montcerf.example", True),
        ("ann.lee@transport.example", True),  # a word of the body's name
        ("ann.lee@strb.example", True),  # its initials
        ("ann.lee@farmpost.example", False),
        ("ann.lee@gmail.example", False),
    ],
)
def test_domain(address: str, is_body: bool) -> None:
    assert is_body_mail(address, Facts(body=BODY)) is is_body


def test_an_unknown_body_claims_no_domain() -> None:
    assert not is_body_mail("ann.lee@transport.example", Facts())
