"""Only the verifier makes a release, and only for a file without leak that is no draft."""

from __future__ import annotations

import hashlib
import pickle

import pytest

from redactor.pdf.verifier import Channel, Leak, Proof, Release, release_of

DATA = b"%PDF-1.7 the very bytes"
DIGEST = hashlib.sha256(DATA).hexdigest()


def test_a_clean_proof_makes_a_release() -> None:
    release = release_of(Proof(DIGEST, (), (("pages", 1),)))
    assert release is not None
    assert (release.sha256, release.checks) == (DIGEST, (("pages", 1),))
    assert release.covers(DATA)
    assert not release.covers(DATA + b" ")


@pytest.mark.parametrize(
    "proof",
    [Proof(DIGEST, (Leak(Channel.PAGE_TEXT, 0),), ()), Proof(DIGEST, (), (), draft=True)],
    ids=["leak", "draft"],
)
def test_no_release(proof: Proof) -> None:
    assert release_of(proof) is None


def test_nobody_else_makes_one() -> None:
    with pytest.raises(TypeError):
        Release(object(), DIGEST, ())


def test_a_release_does_not_travel() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(release_of(Proof(DIGEST, (), ())))


def test_a_proof_travels() -> None:
    proof = Proof(DIGEST, (Leak(Channel.PIXELS, 3),), (("pages", 4),))
    assert pickle.loads(pickle.dumps(proof)) == proof
