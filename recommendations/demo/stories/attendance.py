"""The invented inquiry “Here every day: attendance at secondary school”."""

from __future__ import annotations

from recommendations.demo.stories.notation import NOTED, PART, PRINCIPLE, YES, Owner, Rec, Story
from recommendations.lifecycle import Priority

ATTENDANCE = Story(
    key="attendance",
    committee="young",
    reference="MCC CYP 4",
    title="Here every day: attendance at secondary school",
    scope="Why attendance at secondary school fell after 2020 and what brings pupils back.",
    summary="One pupil in five missed more than a tenth of the school year. The committee heard that a welcome works "
    "better than a fine, and that services hear of an absence too late. It makes five recommendations, each to three "
    "bodies.",
    chair="Chairman of the Children and Young People Select Committee",
    months_ago=4,
    days=6,
    findings=(
        "Absence begins in the second half of Year 7, and most schools look at it only in Year 9.",
        "Bodies that could help hear of an absence after six weeks on average.",
    ),
    recommendations=(
        Rec(
            "A welcome back within three days",
            "That a pupil who was absent for a week is met by a named adult within three days of coming back, and "
            "that families are told who it is.",
            (
                Owner("schools", 10, (YES, "Members agreed to name the adult in each year group.")),
                Owner("trust", 10, (YES, "In all nine schools of the trust from September."), lead=False),
                Owner("children", 10, (YES, "The attendance team trains the named adults."), lead=False),
            ),
            finding=1,
            priority=Priority.HIGH,
            themes=("Attendance", "Schools"),
            measure="Nine in ten returning pupils are met within three days.",
        ),
        Rec(
            "One list, each week",
            "That schools, the council and health services share one list of pupils absent for two weeks, each week, "
            "with an agreement on who may see it.",
            (
                Owner("children", 9, (YES, "The agreement is with the data protection officer.")),
                Owner(
                    "schools",
                    9,
                    (PART, "For schools that use the county's system."),
                    reason="Two systems are in use.",
                ),
                Owner(
                    "icb",
                    9,
                    (PRINCIPLE, "Supported in principle."),
                    reason="The board's lawyers have questions.",
                ),
            ),
            finding=2,
            themes=("Attendance", "Health"),
        ),
        Rec(
            "Breakfast and a bus",
            "That the Cabinet pays for breakfast clubs at the ten schools with the lowest attendance, and that buses "
            "there arrive in time for them.",
            (
                Owner("cabinet", 14, (YES, "From the public health grant, for two years.")),
                Owner("highways", 14, (YES, "Timetables change in September."), lead=False),
                Owner("schools", 14, (YES, "All ten schools take part."), lead=False),
            ),
            themes=("Attendance", "Transport"),
        ),
        Rec(
            "Officers who know the schools",
            "That each secondary school has a police officer known to its pupils, who visits at least twice a term.",
            (
                Owner("police", 8, (YES, "Named officers for all 31 schools.")),
                Owner("schools", 8, (YES, "Each school names a member of staff to the officer."), lead=False),
                Owner("trust", 8, (YES, "Agreed by the head teachers."), lead=False),
            ),
            themes=("Attendance", "Schools"),
        ),
        Rec(
            "What pupils say",
            "That pupils who came back are asked each year what helped, and that the answers are published.",
            (
                Owner("children", 12, (YES, "With the youth council.")),
                Owner("cabinet", 12, (YES, "The Cabinet Member will present the answers."), lead=False),
                Owner("police", 12, (NOTED, "Noted."), reason="The survey is the schools’ own.", lead=False),
            ),
            themes=("Attendance", "Voice of young people"),
        ),
    ),
)
