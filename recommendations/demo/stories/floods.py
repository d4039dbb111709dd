"""The invented inquiry “Ready for the next flood: market towns on the Fen and the Marl”."""

from __future__ import annotations

from recommendations.demo.stories.notation import (
    DONE,
    NOTED,
    OK,
    PART,
    YES,
    D,
    K,
    N,
    Owner,
    Rec,
    S,
    Slip,
    Story,
    T,
    Up,
    worry,
)
from recommendations.lifecycle import Priority

FLOODS = Story(
    key="floods",
    committee="places",
    reference="MCC CE 1",
    title="Ready for the next flood: market towns on the Fen and the Marl",
    scope="What the council and its partners learned from the floods of two winters, and how ready the six market "
    "towns on the two rivers are for the next one.",
    summary="Eleven hundred homes were flooded in two winters. The committee found good work by volunteers, plans "
    "that nobody had practised, and culverts that no one body could say it owned.",
    chair="Chairman of the Communities and Environment Select Committee",
    months_ago=11,
    days=5,
    findings=(
        "For 214 of about 900 culverts nobody could say who owns them.",
        "Four of six town plans had never been practised.",
        "Warnings reached people with a mobile telephone and few others.",
    ),
    recommendations=(
        Rec(
            "A register of culverts",
            "That one public register shows every culvert, who owns it and when it was last cleared.",
            (
                Owner(
                    "drainage",
                    6,
                    (YES, "The partnership holds most of the records and will lead."),
                    updates=(
                        Up(
                            S,
                            "Records of 520 of about 900 culverts are in the register.",
                            "Two districts have not sent theirs.",
                            "The new board will ask for them.",
                        ),
                    ),
                    verdicts=(worry("Half a register does not help in a flood."),),
                    slips=(
                        Slip(1, 6, "The work passes to the new board with two districts' records missing."),
                    ),
                    milestones=(("Council's own culverts", 2, True), ("Districts' culverts", 5, False)),
                ),
                Owner(
                    "highways",
                    6,
                    (YES, "All highway culverts will be entered."),
                    updates=(
                        Up(
                            D, "All 310 highway culverts are in the register with the date they were cleared."
                        ),
                    ),
                    verdicts=(None,),
                    lead=False,
                ),
            ),
            finding=1,
            priority=Priority.TOP,
            themes=("Flooding",),
            measure="Every culvert has an owner in a public register.",
        ),
        Rec(
            "Practise every town plan",
            "That each of the six market towns practises its flood plan once a year with all bodies that have a part "
            "in it.",
            (
                Owner(
                    "drainage",
                    10,
                    (YES, "Two practices a quarter."),
                    updates=(Up(T, "Three of six towns have practised."),),
                    verdicts=(OK,),
                ),
                Owner(
                    "district",
                    10,
                    (YES, "The district will take part in its three towns."),
                    updates=(Up(T, "The district took part in both practices in its area."),),
                    verdicts=(OK,),
                    lead=False,
                ),
                Owner(
                    "police",
                    10,
                    None,
                    updates=(None,),
                    verdicts=(None,),
                    lead=False,
                ),
            ),
            finding=2,
            priority=Priority.HIGH,
            themes=("Flooding", "Emergency planning"),
        ),
        Rec(
            "Warnings for people without mobiles",
            "That households without a mobile telephone are warned by a call, a siren or a flood warden.",
            (
                Owner(
                    "district",
                    9,
                    (PART, "Wardens in all three towns; no sirens."),
                    reason="Sirens failed in trials: people took them for burglar alarms.",
                    updates=(
                        Up(
                            K,
                            "Wardens cover 31 of 44 streets at risk.",
                            "Volunteers are hard to find in two towns.",
                            "A recruiting day with the parish councils.",
                        ),
                    ),
                    verdicts=(OK,),
                ),
            ),
            finding=3,
            themes=("Flooding", "Emergency planning"),
        ),
        Rec(
            "Clear before the winter",
            "That culverts and gullies upstream of the six towns are cleared each year before the end of October.",
            (
                Owner(
                    "highways",
                    7,
                    (YES, "The winter programme will be brought forward."),
                    updates=(
                        Up(
                            D,
                            "All 310 culverts and 4,100 gullies upstream of the towns were cleared by 24 October.",
                        ),
                    ),
                    verdicts=(None,),
                ),
            ),
            finding=1,
            themes=("Flooding", "Highways"),
        ),
        Rec(
            "Care homes near the river",
            "That every care home in a flood area has a plan to move its residents, agreed with the health trust.",
            (
                Owner(
                    "community",
                    8,
                    (YES, "The trust will agree plans with all 17 homes."),
                    updates=(
                        Up(
                            K,
                            "Plans for nine of 17 homes are agreed.",
                            "Two homes have changed hands.",
                            exempt=(
                                "One provider is in talks to sell both of its homes in the area; it asked that this "
                                "is not made public before its staff are told.",
                                3,
                                "One provider's circumstances delay two of the plans; commercial details are withheld.",
                            ),
                        ),
                    ),
                    verdicts=(worry("Winter has begun."),),
                ),
                Owner(
                    "icb",
                    8,
                    (NOTED, "The board notes the recommendation."),
                    reason="The board's part is to be agreed with the trust.",
                    updates=(None,),
                    verdicts=(None,),
                    lead=False,
                ),
            ),
            priority=Priority.HIGH,
            themes=("Flooding", "Health"),
        ),
        Rec(
            "Advice on insurance",
            "That flooded households are told of the insurance scheme for homes at risk, and helped to apply.",
            (
                Owner(
                    "district",
                    4,
                    (YES, "A leaflet and a drop-in session in each town."),
                    updates=(Up(D, "Leaflets went to 2,300 homes and 180 people came to the sessions."),),
                    verdicts=(DONE,),
                ),
            ),
            themes=("Flooding",),
        ),
        Rec(
            "A flood fund",
            "That the Cabinet sets aside £250,000 a year for property-level defences in streets flooded twice.",
            (
                Owner(
                    "cabinet",
                    12,
                    (PART, "£100,000 a year for three years."),
                    reason="The full sum can't be found without cutting other flood works.",
                    updates=(Up(T, "48 homes have flood doors; the year's money is committed."),),
                    verdicts=(OK,),
                ),
            ),
            themes=("Flooding", "Budget"),
        ),
        Rec(
            "Planning conditions",
            "That new homes upstream of the towns hold their rainwater on site, and that this is checked when they "
            "are built.",
            (
                Owner(
                    "district",
                    12,
                    (NOTED, "Noted for the next local plan."),
                    reason="A decision depends on the examination of the local plan next year.",
                    updates=(Up(N, "The draft policy goes to the planning committee in spring."),),
                    verdicts=(worry("The committee asks for a decision, not a note."),),
                ),
            ),
            themes=("Flooding", "Planning"),
        ),
        Rec(
            "Sandbags where they are needed",
            "That sandbags are stored in each of the six towns and that people know where.",
            (
                Owner(
                    "highways",
                    3,
                    (YES, "Six stores will be set up."),
                    updates=(
                        Up(
                            S,
                            "Four of six stores are set up.",
                            "No site was found in two towns.",
                            "Talks with a supermarket about its car park.",
                        ),
                    ),
                    verdicts=(worry("Due months ago and still not done."),),
                ),
            ),
            finding=2,
            themes=("Flooding", "Emergency planning"),
        ),
    ),
)
