"""The Django backend for the embedded database: plain PostgreSQL, whose server is brought up by the first connection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import base, client
from django.db.utils import OperationalError

from committee.database.cluster import PORT, ROLE, Cluster, DatabaseTrouble, programs


class EmbeddedDatabaseError(OperationalError):
    """The embedded database cannot be used; the message says what to do."""


class DatabaseClient(client.DatabaseClient):
    """``manage.py dbshell`` with the psql of the embedded server."""

    connection: DatabaseWrapper

    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.use_cluster()
        self.executable_name = str(programs() / "psql")
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    @property
    def cluster(self) -> Cluster:
        return self.settings_dict["CLUSTER"]

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        cluster = settings_dict["CLUSTER"]
        settings_dict |= {"HOST": str(cluster.socket_directory), "PORT": str(PORT), "USER": ROLE}
        super().__init__(settings_dict, alias)

    def use_cluster(self, *, again: bool = False) -> None:
        try:
            self.cluster.use(again=again)
        except DatabaseTrouble as problem:
            raise EmbeddedDatabaseError(str(problem)) from problem

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.use_cluster()
        for _attempt in range(2):
            try:
                return super().get_new_connection(conn_params)
            except self.Database.OperationalError as problem:
                if not self.cluster.answers():
                    self.use_cluster(again=True)  # the server was killed since we last looked
                elif "does not exist" in str(problem) and conn_params.get("dbname") == self.cluster.database:
                    self.cluster.make_database(self.cluster.database)
                else:
                    raise
        return super().get_new_connection(conn_params)
