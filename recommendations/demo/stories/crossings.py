"""The invented inquiry “Eyes up: young people, mobile phones and safety on the way to school”."""

from __future__ import annotations

from recommendations.demo.stories.notation import PART, PRINCIPLE, YES, Owner, Rec, Story
from recommendations.lifecycle import Priority

CROSSINGS = Story(
    key="crossings",
    committee="young",
    reference="MCC CYP 3",
    title="Eyes up: young people, mobile phones and safety on the way to school",
    scope="Why more young people are hurt on the way to school than five years ago, and what schools, the police and "
    "the council can do.",
    summary="Injuries to pupils on the way to school rose by a fifth in five years, most of them within 400 metres of "
    "the gate. The committee heard from pupils, head teachers, drivers and the police, and makes ten "
    "recommendations.",
    chair="Chairman of the Children and Young People Select Committee",
    months_ago=1,
    days=20,
    findings=(
        "Six in ten injuries happen within 400 metres of a school gate.",
        "Pupils said that a crossing in the wrong place is a crossing they don't use.",
        "School travel plans are out of date in two schools of three.",
    ),
    recommendations=(
        Rec(
            "Crossings where pupils cross",
            "That the council asks pupils where they cross, and moves or adds a crossing at the ten schools with the "
            "most injuries.",
            (
                Owner("cabinet", 14, None),
                Owner("highways", 14, None, lead=False),
            ),
            finding=2,
            priority=Priority.TOP,
            themes=("Road safety", "Schools", "Highways"),
            measure="Injuries within 400 metres of these schools fall by half in three years.",
        ),
        Rec(
            "School streets",
            "That streets at 20 school gates are closed to motor traffic at the start and end of the day.",
            (
                Owner("cabinet", 18, None),
                Owner("police", 18, (YES, "The force will enforce the closures in the first month of each.")),
            ),
            finding=1,
            priority=Priority.HIGH,
            themes=("Road safety", "Schools"),
        ),
        Rec(
            "Travel plans brought up to date",
            "That every school brings its travel plan up to date each year, with its pupils.",
            (
                Owner("schools", 10, (YES, "The association will remind its members each September.")),
                Owner(
                    "trust",
                    10,
                    (PRINCIPLE, "Supported in principle."),
                    reason="Each school decides for itself.",
                ),
            ),
            finding=3,
            themes=("Road safety", "Schools"),
        ),
        Rec(
            "Phones away at the kerb",
            "That pupils design and run a campaign to put phones away at the kerb, paid for by the council for two "
            "years.",
            (Owner("children", 8, None),),
            themes=("Road safety", "Voice of young people"),
            number="4a",
        ),
        Rec(
            "Parents at the gate",
            "That the same campaign speaks to parents who drive to school.",
            (Owner("children", 8, None),),
            themes=("Road safety",),
            number="4b",
        ),
        Rec(
            "Notice of late buses",
            "That pupils who wait at stops without a pavement are told by text when their bus is late.",
            (Owner("highways", 10, None),),
            themes=("Transport", "Road safety"),
            repeats=("transport", 3),
            number="5",
        ),
        Rec(
            "Speed checks",
            "That Marlshire Constabulary checks speeds at each of the ten schools once a month in term time.",
            (
                Owner(
                    "police",
                    6,
                    (PART, "Once a term, with more where speeds are high."),
                    reason="Officers' time.",
                ),
            ),
            finding=1,
            themes=("Road safety",),
            number="6",
        ),
        Rec(
            "First aid for Year 8",
            "That every pupil in Year 8 is taught first aid.",
            (Owner("schools", 16, None), Owner("community", 16, None, lead=False)),
            themes=("Health", "Schools"),
            number="7",
        ),
        Rec(
            "Records of injuries",
            "That hospitals, police and the council share figures of injuries on the way to school each term, "
            "without names.",
            (Owner("icb", 8, None), Owner("police", 8, None), Owner("children", 8, None, lead=False)),
            themes=("Road safety", "Health"),
            number="8",
        ),
        Rec(
            "A lollipop person for every primary school on a main road",
            "That each primary school on a main road has a school crossing patrol.",
            (Owner("cabinet", 12, None),),
            finding=1,
            priority=Priority.HIGH,
            themes=("Road safety", "Schools"),
            number="9",
        ),
        Rec(
            "A report in a year",
            "That the Cabinet Member reports to the committee a year from now on every recommendation of this inquiry.",
            (Owner("cabinet", 14, None),),
            themes=("Road safety",),
            number="10",
        ),
    ),
)
