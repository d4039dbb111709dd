from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recommendations.demo import HoldsRealData, load_demo


class Command(BaseCommand):
    help = (
        "Load the demonstration: the 2015 Buckinghamshire inquiry and the fictional Marlshire County Council."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_demo()
        except HoldsRealData as error:
            raise CommandError(
                "This database holds data that is not the demonstration's. Point DATABASE_URL at an empty database."
            ) from error
        self.stdout.write(
            "The demonstration is loaded." if loaded else "The demonstration was already loaded."
        )
