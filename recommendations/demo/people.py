"""The people of the demonstration. They are named by what they do; nobody here is a real person."""

from __future__ import annotations

from dataclasses import dataclass

from committee.accounts.models import User
from recommendations.lifecycle import Role
from recommendations.models import Body, Membership

PASSWORD = "demonstration"  # noqa: S105 - printed by script/demo, and refused outside a demonstration database


@dataclass(frozen=True)
class Person:
    """A person of the demonstration: key, name, e-mail address, roles as (role, body key), and whether they see exempt
    text.
    """

    key: str
    name: str
    email: str
    roles: tuple[tuple[Role, str | None], ...]
    sees_exempt: bool = False
    serves: str = ""
    """The bodies they serve, if a role has several people."""


MARLSHIRE = (
    Person("admin", "Systems Administrator", "admin@marlshire.example", ((Role.ADMINISTRATOR, None),)),
    Person(
        "scrutiny",
        "Scrutiny Manager",
        "scrutiny@marlshire.example",
        ((Role.SCRUTINY_OFFICER, "young"), (Role.SCRUTINY_OFFICER, "places")),
        sees_exempt=True,
    ),
    Person("clerk", "Democratic Services Officer", "clerk@marlshire.example", ((Role.CLERK, "council"),), True),
    Person(
        "councillor",
        "Committee Member",
        "councillor@marlshire.example",
        ((Role.COUNCILLOR, "young"), (Role.COUNCILLOR, "places")),
    ),
    Person(
        "chair",
        "Committee Chair",
        "chair@marlshire.example",
        ((Role.CHAIR, "young"), (Role.CHAIR, "places")),
    ),
    Person(
        "officer",
        "Service Improvement Officer",
        "officer@marlshire.example",
        ((Role.RESPONSIBLE_OFFICER, "children"), (Role.RESPONSIBLE_OFFICER, "highways")),
        serves="Children’s Services, Highways",
    ),
    Person(
        "approver",
        "Head of Service",
        "approver@marlshire.example",
        ((Role.APPROVER, "children"), (Role.APPROVER, "highways")),
        sees_exempt=True,
        serves="Children’s Services, Highways",
    ),
    Person(
        "cabinet_officer",
        "Cabinet Support Officer",
        "cabinet.support@marlshire.example",
        ((Role.RESPONSIBLE_OFFICER, "cabinet"),),
        serves="Cabinet",
    ),
    Person(
        "cabinet_approver",
        "Monitoring Officer",
        "monitoring.officer@marlshire.example",
        ((Role.APPROVER, "cabinet"),),
        sees_exempt=True,
        serves="Cabinet",
    ),
    Person(
        "partner_officer",
        "Partnership Liaison Officer",
        "liaison@partners.example",
        tuple(
            (Role.RESPONSIBLE_OFFICER, key)
            for key in (
                "partnership", "trust", "schools", "police", "icb", "community", "district", "kestrel",
                "drainage", "water_board",
            )
        ),
        serves="partners",
    ),
    Person(
        "partner_approver",
        "Partnership Director",
        "director@partners.example",
        tuple(
            (Role.APPROVER, key)
            for key in (
                "partnership", "trust", "schools", "police", "icb", "community", "district", "kestrel",
                "drainage", "water_board",
            )
        ),
        sees_exempt=True,
        serves="partners",
    ),
)  # fmt: skip

BUCKINGHAMSHIRE = (
    Person(
        "bucks_scrutiny",
        "Scrutiny Officer (Buckinghamshire inquiry)",
        "scrutiny@buckinghamshire.example",
        ((Role.SCRUTINY_OFFICER, "committee"),),
        sees_exempt=True,
    ),
    Person(
        "bucks_clerk",
        "Clerk (Buckinghamshire inquiry)",
        "clerk@buckinghamshire.example",
        ((Role.CLERK, "council"), (Role.CLERK, "board")),
        sees_exempt=True,
    ),
    Person(
        "bucks_councillor",
        "Committee Member (Buckinghamshire inquiry)",
        "councillor@buckinghamshire.example",
        ((Role.COUNCILLOR, "committee"),),
    ),
    Person(
        "bucks_chair",
        "Committee Chair (Buckinghamshire inquiry)",
        "chair@buckinghamshire.example",
        ((Role.CHAIR, "committee"),),
    ),
    Person(
        "bucks_officer",
        "Responsible Officer (Buckinghamshire inquiry)",
        "officer@buckinghamshire.example",
        ((Role.RESPONSIBLE_OFFICER, "successor"), (Role.RESPONSIBLE_OFFICER, "learning_trust")),
    ),
    Person(
        "bucks_approver",
        "Approver (Buckinghamshire inquiry)",
        "approver@buckinghamshire.example",
        ((Role.APPROVER, "successor"), (Role.APPROVER, "learning_trust")),
        sees_exempt=True,
    ),
)


def create(person: Person) -> User:
    """Create the account, without roles."""
    return User.objects.create_user(person.email, person.name, PASSWORD)


def give_roles(person: Person, user: User, at: dict[str, Body]) -> None:
    """Grant the person's roles, in the bodies of the keys."""
    for role, key in person.roles:
        Membership.objects.create(
            user=user, role=role, body=at[key] if key else None, sees_exempt=person.sees_exempt
        )


def demo_sign_ins() -> list[tuple[str, str, str]]:
    """Return what script/demo prints: for each sign-in what the person does, the e-mail address and the password."""
    rows = []
    for group, people in (("Marlshire", MARLSHIRE), ("Buckinghamshire 2015", BUCKINGHAMSHIRE)):
        for person in people:
            role = Role(person.roles[0][0])
            for_whom = f" ({person.serves})" if person.serves else ""
            rows.append((f"{role.label}, {group}{for_whom}", person.email, PASSWORD))
    return rows
