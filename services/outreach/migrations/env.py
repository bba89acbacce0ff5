"""For developers: what alembic runs to write a new migration. Running them is ``chassis.migrate``'s work."""

from alembic import context
from sqlalchemy import create_engine

from services.outreach.tables import metadata

if url := context.config.get_main_option("sqlalchemy.url"):
    with create_engine(url).connect() as connection:
        context.configure(connection=connection, target_metadata=metadata)
        with context.begin_transaction():
            context.run_migrations()
