"""The demonstration: the first real inquiry, and a fictional county council around it."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from committee import clock
from committee.accounts.models import User
from committee.models import Installation
from recommendations.demo import marlshire, people, seed
from recommendations.models import Body, Inquiry
from recommendations.notifications.send import send_notices


class HoldsRealData(Exception):
    """The database holds data that the demonstration did not make."""


def load_demo(*, with_pack: bool = True) -> bool:
    """Load the demonstration into an empty database. Return False if it is already there.

    All of it or nothing: one transaction. Then, unless told otherwise, one briefing pack is made and released, and its
    people are sent their notices, so that neither the library nor the log of e-mail is empty. Raise HoldsRealData if
    the database holds anything else.
    """
    if Installation.objects.filter(demonstration=True).exists():
        return False
    if Body.objects.exists() or Inquiry.objects.exists() or User.objects.exists():
        raise HoldsRealData
    with transaction.atomic():
        Installation.objects.create(id=1, demonstration=True)
        council = _load_all()
    if with_pack:
        marlshire.release_a_pack(council)
    if not settings.EMAIL:  # its people are invented: nothing may go to their addresses
        send_notices(at_any_hour=True)
    return True


def _load_all() -> marlshire.Marlshire:
    everybody = {person.key: people.create(person) for person in (*people.MARLSHIRE, *people.BUCKINGHAMSHIRE)}
    people.give_roles(people.MARLSHIRE[0], everybody["admin"], {})
    admin = everybody["admin"]
    buckinghamshire = seed.make_bodies(admin)
    council = marlshire.Marlshire(today=clock.today(), people=everybody, bodies=marlshire.make_bodies(admin))
    for person in people.MARLSHIRE[1:]:
        people.give_roles(person, everybody[person.key], council.bodies)
    for person in people.BUCKINGHAMSHIRE:
        people.give_roles(person, everybody[person.key], buckinghamshire)
    seed.load(
        by=admin,
        scrutiny=everybody["bucks_scrutiny"],
        clerk=everybody["bucks_clerk"],
        at=buckinghamshire,
    )
    marlshire.load(council)
    return council
