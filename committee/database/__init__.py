"""The embedded PostgreSQL: the database when DATABASE_URL is unset.

``cluster`` is the side of the processes that use it, ``supervisor`` the process that starts, watches and stops the
server, ``base`` the Django backend that asks for it on the first connection. Nothing here starts at import.
"""
