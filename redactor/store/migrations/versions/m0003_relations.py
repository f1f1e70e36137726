"""How documents are related, and which pages are outside the request."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns; what was decided before says nothing of either."""
    op.add_column("document", sa.Column("relations", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("decision", sa.Column("scope", sa.String(length=16), nullable=True))
