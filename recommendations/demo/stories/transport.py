"""The invented inquiry “Getting to school: transport for pupils with special educational needs”."""

from __future__ import annotations

from recommendations.demo.stories.notation import (
    DONE,
    NOT_OURS,
    OK,
    PART,
    PRINCIPLE,
    YES,
    D,
    F,
    K,
    N,
    Owner,
    Rec,
    Say,
    Slip,
    Story,
    T,
    Up,
    worry,
)
from recommendations.lifecycle import Grade, Outcome, Priority

TRANSPORT = Story(
    key="transport",
    committee="young",
    reference="MCC CYP 1",
    title="Getting to school: transport for pupils with special educational needs",
    scope="How well the council plans, pays for and runs school transport for pupils with special educational "
    "needs, and how families find it.",
    summary="Families told the committee that late changes to routes unsettle their children most. The committee "
    "found that contracts rewarded price and not punctuality, and that nobody rang parents when a vehicle was late.",
    chair="Chairman of the Children and Young People Select Committee",
    months_ago=34,
    days=3,
    findings=(
        "Changes of driver or route at short notice are the most common complaint of families.",
        "Contracts say nothing of punctuality, so it is neither measured nor paid for.",
        "Independent travel training works, and one school in five offers it.",
    ),
    concluded=True,
    recommendations=(
        Rec(
            "Notice of changes",
            "That families receive at least five working days' notice of any planned change of driver, passenger "
            "assistant or route.",
            (
                Owner(
                    "highways",
                    9,
                    (YES, "The service will write the notice period into each route's plan."),
                    updates=(
                        Up(
                            T,
                            "The notice period is in 61 of 84 route plans.",
                            next_steps="The rest by Easter.",
                        ),
                        Up(
                            D,
                            "All 84 route plans carry the notice period; 97% of changes since then kept to it.",
                        ),
                    ),
                    verdicts=(OK, DONE),
                ),
            ),
            finding=1,
            themes=("Transport", "Special educational needs"),
            measure="95% of planned changes are notified five working days ahead.",
        ),
        Rec(
            "Punctuality in contracts",
            "That punctuality is measured for every route and counts for at least a fifth of the score when contracts "
            "are let.",
            (
                Owner(
                    "highways",
                    12,
                    (YES, "Accepted for contracts let from the next tender onwards."),
                    updates=(
                        Up(T, "The tender papers were rewritten with the county's procurement team."),
                        Up(
                            K,
                            "Two of three lots were let with the new scoring.",
                            "The third lot drew no bidder at the ceiling price.",
                        ),
                        Up(
                            D,
                            "The third lot was let in two smaller parts. Punctuality counts for 20% in all of them.",
                        ),
                    ),
                    verdicts=(OK, worry("The committee asks how the third lot will be let."), DONE),
                    slips=(Slip(2, 4, "The third lot has to be tendered again in smaller parts."),),
                ),
            ),
            finding=2,
            priority=Priority.HIGH,
            themes=("Transport", "Commissioning"),
        ),
        Rec(
            "A call when the vehicle is late",
            "That a parent or carer is rung or texted whenever a vehicle is more than ten minutes late.",
            (
                Owner(
                    "highways",
                    6,
                    (
                        PART,
                        "Texts will be sent from the vehicle system; calls are kept for delays over 30 minutes.",
                    ),
                    reason="Calls for each ten-minute delay would need two more staff at peak times.",
                    updates=(
                        Up(D, "Texts go out on all routes. 4,200 were sent last term, most for road works."),
                    ),
                    verdicts=(DONE,),
                ),
            ),
            finding=1,
            themes=("Transport",),
        ),
        Rec(
            "Travel training in every special school",
            "That independent travel training is offered in every special school by the end of the next school year.",
            (
                Owner(
                    "trust",
                    18,
                    (YES, "The trust will train two staff in each of its special schools."),
                    updates=(
                        Up(T, "Staff in four of nine schools are trained."),
                        Up(
                            T,
                            "Staff in seven of nine schools are trained; 38 pupils have finished the course.",
                        ),
                        Up(
                            D, "Training runs in all nine special schools. 71 pupils now travel on their own."
                        ),
                    ),
                    verdicts=(OK, OK, DONE),
                ),
                Owner(
                    "children",
                    18,
                    (YES, "The council will pay for the courses for three years."),
                    updates=(
                        Up(T, "Money is set aside for three years."),
                        Up(T, "The first year's courses are paid for."),
                        Up(D, "Three years of courses are paid for and under contract."),
                    ),
                    verdicts=(OK, OK, DONE),
                    lead=False,
                    deliverer="Marlshire Learning Trust",
                ),
            ),
            finding=3,
            priority=Priority.HIGH,
            themes=("Special educational needs", "Schools"),
        ),
        Rec(
            "A parents' panel",
            "That a panel of parents and carers meets the service each term, and that its advice and the service's "
            "answers are published.",
            (
                Owner(
                    "children",
                    6,
                    (YES, "The first meeting will be held this term."),
                    updates=(
                        Up(T, "Eleven parents sit on the panel. It met twice."),
                        Up(D, "The panel meets each term and its notes are on the council's web site."),
                    ),
                    verdicts=(OK, DONE),
                ),
            ),
            themes=("Special educational needs", "Voice of young people"),
        ),
        Rec(
            "Electric vehicles on two routes",
            "That the council tries electric minibuses on two routes and reports what they cost to run.",
            (
                Owner(
                    "highways",
                    12,
                    (PRINCIPLE, "Supported in principle, subject to a grant."),
                    reason="No money is set aside; a grant will be applied for.",
                    updates=(
                        Up(N, "The grant was applied for."),
                        Up(F, "The grant was refused.", "Without it the vehicles can't be bought."),
                    ),
                    verdicts=(
                        OK,
                        Say(
                            Grade.NOT_IMPLEMENTED,
                            Outcome.CLOSE_NOT_IMPLEMENTED,
                            "Without the grant the trial can't be done. The committee asks to be told if one comes up.",
                        ),
                    ),
                ),
            ),
            themes=("Transport", "Climate"),
        ),
        Rec(
            "Police checks of the vehicles",
            "That Marlshire Constabulary checks vehicles at special schools twice in each school year.",
            (
                Owner(
                    "police",
                    None,
                    (NOT_OURS, "Vehicle checks of this kind are done by the licensing authorities."),
                    reason="The districts license these vehicles; the force has no power to inspect them on site.",
                    updates=(),
                    verdicts=(
                        Say(
                            Grade.CONCERNS,
                            Outcome.CLOSE_SUPERSEDED,
                            "Taken up with the districts instead, which now check each vehicle twice a year.",
                        ),
                    ),
                ),
            ),
            themes=("Transport",),
        ),
        Rec(
            "One telephone number",
            "That families have one telephone number for all questions on school transport, answered until 6pm.",
            (
                Owner(
                    "children",
                    6,
                    (YES, "The contact centre will take these calls."),
                    updates=(
                        Up(
                            D,
                            "The number is open from 7am to 6pm. Nine in ten calls are answered in a minute.",
                        ),
                    ),
                    verdicts=(DONE,),
                ),
            ),
            themes=("Transport",),
        ),
    ),
)
