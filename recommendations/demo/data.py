"""The fictional Marlshire County Council: its inquiries, and what became of each recommendation.

Everything here is invented. A story is written in a short notation that `marlshire.py` performs with the product's own
actions: months are counted from publication; `updates` and `verdicts` follow the reviews in their order, None if the
body did not answer or the committee gave no view.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from recommendations.lifecycle import Claim, Decision, Grade, Outcome, Priority

T, K, S, P, D, N, F = (
    Claim.ON_TRACK,
    Claim.AT_RISK,
    Claim.OFF_TRACK,
    Claim.PAUSED,
    Claim.DELIVERED,
    Claim.NOT_STARTED,
    Claim.NOT_FEASIBLE,
)
YES, PART, PRINCIPLE, NOTED, NO, NOT_OURS = (
    Decision.ACCEPTED,
    Decision.IN_PART,
    Decision.IN_PRINCIPLE,
    Decision.NOTED,
    Decision.REJECTED,
    Decision.NOT_OURS,
)


@dataclass(frozen=True)
class Up:
    """An update: the claim, what was done, what is in the way, what comes next."""

    claim: Claim
    progress: str
    barriers: str = ""
    next_steps: str = ""
    exempt: tuple[str, int, str] | None = None


@dataclass(frozen=True)
class Say:
    """A verdict of the committee."""

    grade: Grade
    outcome: Outcome
    comment: str = ""


@dataclass(frozen=True)
class Slip:
    """A new date asked for after the nth review: months more, why, and whether the committee agreed."""

    after: int
    months: int
    reason: str
    agreed: bool | None = True


@dataclass(frozen=True)
class Owner:
    """An assignment of a recommendation to an owning body."""

    body: str
    due: int | None = 12
    answer: tuple[Decision, str] | None = (YES, "")
    reason: str = ""
    updates: tuple[Up | None, ...] = ()
    verdicts: tuple[Say | None, ...] = ()
    slips: tuple[Slip, ...] = ()
    lead: bool = True
    deliverer: str = ""
    answered_late: bool = False
    milestones: tuple[tuple[str, int, bool], ...] = ()


@dataclass(frozen=True)
class Rec:
    heading: str
    text: str
    owners: tuple[Owner, ...]
    finding: int | None = None
    priority: Priority = Priority.STANDARD
    themes: tuple[str, ...] = ()
    measure: str = ""
    repeats: tuple[str, int] | None = None
    number: str = ""


@dataclass(frozen=True)
class Story:
    """An inquiry."""

    key: str
    committee: str
    reference: str
    title: str
    scope: str
    summary: str
    chair: str
    months_ago: int
    days: int
    findings: tuple[str, ...]
    recommendations: tuple[Rec, ...] = field(default=())
    concluded: bool = False


OK = Say(Grade.ON_COURSE, Outcome.KEEP)
DONE = Say(Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, "The committee is satisfied.")


def worry(comment: str) -> Say:
    return Say(Grade.CONCERNS, Outcome.KEEP, comment)


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

CARERS = Story(
    key="carers",
    committee="young",
    reference="MCC CYP 2",
    title="Noticed and supported: young carers in Marlshire",
    scope="How schools, health and care services notice children who care for somebody at home, and what help "
    "they get.",
    summary="About one in twenty pupils who answered the committee's survey cares for somebody at home; the council "
    "knew of one in sixty. The committee recommends that everybody who meets these children asks one question, and "
    "that somebody acts on the answer.",
    chair="Chairman of the Children and Young People Select Committee",
    months_ago=21,
    days=9,
    findings=(
        "Most young carers are not known to the council, and those who are were noticed by a teacher.",
        "GP practices record adult carers and not young ones.",
        "Help that begins within a month keeps children in school; the usual wait was eleven weeks.",
        "Young people asked for a break and a trusted adult, in that order.",
    ),
    recommendations=(
        Rec(
            "A named lead in every school",
            "That every school names a member of staff who looks out for young carers, and tells the council who it "
            "is.",
            (
                Owner(
                    "schools",
                    8,
                    (YES, "The association will ask each of its members to name a lead."),
                    updates=(
                        Up(T, "38 of 52 secondary schools have named a lead."),
                        Up(
                            K,
                            "44 of 52 secondary schools have named a lead.",
                            "Eight schools have not answered three letters.",
                            "The association's chair will ring the eight head teachers.",
                        ),
                        Up(
                            K,
                            "46 of 52 secondary schools have named a lead.",
                            "Six schools have still not answered.",
                        ),
                    ),
                    verdicts=(
                        OK,
                        worry("Eight schools without a named lead are too many."),
                        worry("The committee asks for the names of the six schools."),
                    ),
                    slips=(
                        Slip(1, 4, "More schools than expected asked for training first."),
                        Slip(2, 6, "Eight schools have not answered."),
                    ),
                ),
                Owner(
                    "trust",
                    8,
                    (YES, "The trust has asked all its schools."),
                    updates=(
                        Up(T, "19 of 23 trust schools have named a lead."),
                        Up(D, "All 23 trust schools have named a lead; the list is with the council."),
                        None,
                    ),
                    verdicts=(OK, DONE, None),
                    lead=False,
                ),
            ),
            finding=1,
            priority=Priority.TOP,
            themes=("Young carers", "Schools"),
            measure="Every school in the county has a named lead.",
        ),
        Rec(
            "One question in every assessment",
            "That every assessment of an adult's care needs asks whether a child helps to look after them, and that "
            "the answer is passed on within five working days.",
            (
                Owner(
                    "children",
                    10,
                    (YES, "The question will be added to the assessment form."),
                    updates=(
                        Up(T, "The question is in the new form, which 60% of teams use."),
                        Up(T, "All teams use the form. Answers take nine working days on average."),
                        Up(D, "All teams use the form; answers now take four working days on average."),
                    ),
                    verdicts=(OK, worry("Nine days is not five."), None),
                    slips=(
                        Slip(2, 6, "The care system's supplier delivers the automatic hand-over in spring."),
                    ),
                    milestones=(
                        ("Question in the form", 4, True),
                        ("All teams trained", 8, True),
                        ("Automatic hand-over between systems", 16, True),
                    ),
                ),
            ),
            finding=1,
            priority=Priority.HIGH,
            themes=("Young carers", "Assessment"),
        ),
        Rec(
            "Young carers on GP registers",
            "That every GP practice records young carers and offers them a yearly health check.",
            (
                Owner(
                    "icb",
                    14,
                    (PRINCIPLE, "The board supports the aim and will raise it with the practices."),
                    reason="Practices are independent; the board can encourage this but not require it.",
                    updates=(
                        Up(N, "A letter to the practices is being prepared."),
                        None,
                        Up(
                            S,
                            "31 of 74 practices record young carers.",
                            "There is no payment for the work in this year's contract.",
                            "The board has asked for it to be part of next year's local scheme.",
                        ),
                    ),
                    verdicts=(
                        worry("“In principle” has to become a decision."),
                        worry("No answer was received for this meeting."),
                        Say(
                            Grade.NOT_IMPLEMENTED,
                            Outcome.ESCALATE,
                            "Overdue at two meetings running. The committee invites the board's director of primary "
                            "care to its next meeting.",
                        ),
                    ),
                    answered_late=True,
                ),
            ),
            finding=2,
            priority=Priority.HIGH,
            themes=("Young carers", "Health"),
        ),
        Rec(
            "Help within a month",
            "That support for a young carer begins within one month of the day they are first noticed.",
            (
                Owner(
                    "children",
                    12,
                    (YES, "The target is accepted and will be measured from next quarter."),
                    updates=(
                        Up(T, "The average wait fell from eleven to seven weeks."),
                        Up(
                            K,
                            "The average wait is six weeks.",
                            "Two of five posts are vacant.",
                            "Interviews are set for next month.",
                        ),
                        Up(
                            K,
                            "The average wait is five weeks; 58% begin within a month.",
                            "One post is still vacant.",
                            "A second round of interviews.",
                            exempt=(
                                "The agreed pay supplement for the vacant post is £4,500 a year, which the council "
                                "would not wish other applicants to know while it is recruiting.",
                                4,
                                "Details of pay under negotiation are withheld while the post is being filled.",
                            ),
                        ),
                    ),
                    verdicts=(
                        OK,
                        worry("Six weeks is half of what was promised."),
                        worry("Better, but not a month."),
                    ),
                    slips=(
                        Slip(2, 4, "Two posts are vacant."),
                        Slip(3, 6, "One post is still vacant after a second round.", None),
                    ),
                ),
                Owner(
                    "kestrel",
                    12,
                    (YES, "Kestrel will hold ten places a month for Marlshire."),
                    updates=(
                        Up(T, "Ten places a month are held; eight are used."),
                        Up(T, "Twelve places a month are held; all are used."),
                        Up(
                            D,
                            "Places now open within two weeks of a call. 143 children were helped this year.",
                        ),
                    ),
                    verdicts=(OK, OK, None),
                    lead=False,
                ),
            ),
            finding=3,
            priority=Priority.TOP,
            themes=("Young carers",),
            measure="Nine in ten young carers are supported within a month.",
        ),
        Rec(
            "A break in every holiday",
            "That each known young carer is offered a break of at least one day in every school holiday.",
            (
                Owner(
                    "kestrel",
                    9,
                    (PART, "Places can be offered in the summer, Easter and Christmas holidays."),
                    reason="Half-terms can't be staffed within the present contract.",
                    updates=(
                        Up(T, "Breaks were offered to 96 children in the summer."),
                        Up(
                            D,
                            "Breaks are offered in the three long holidays; 212 children took one this year.",
                        ),
                        None,
                    ),
                    verdicts=(OK, DONE, None),
                    deliverer="Kestrel Young Carers with the district's leisure centres",
                ),
            ),
            finding=4,
            themes=("Young carers",),
        ),
        Rec(
            "A card that explains",
            "That young carers may carry a card which schools, surgeries and chemists recognise.",
            (
                Owner(
                    "children",
                    9,
                    (YES, "Designed with young people."),
                    updates=(
                        Up(T, "Young people chose the design."),
                        Up(D, "The card is out: 268 children have one, and 61 chemists put up the poster."),
                        None,
                    ),
                    verdicts=(OK, DONE, None),
                ),
            ),
            finding=4,
            themes=("Young carers", "Voice of young people"),
        ),
        Rec(
            "Bus fares",
            "That young carers travel free on the county's buses outside school hours.",
            (
                Owner(
                    "cabinet",
                    12,
                    (NO, "The Cabinet does not support this recommendation."),
                    reason="It would cost about £310,000 a year, for which there is no budget.",
                    updates=(),
                    verdicts=(
                        Say(
                            Grade.CONCERNS,
                            Outcome.KEEP,
                            "The committee asks the Cabinet to look at it again with next year's budget.",
                        ),
                        None,
                        Say(
                            Grade.NOT_IMPLEMENTED,
                            Outcome.CLOSE_NOT_IMPLEMENTED,
                            "The Cabinet has looked at it again and its answer stands.",
                        ),
                    ),
                ),
            ),
            themes=("Young carers", "Transport"),
        ),
        Rec(
            "School nurses ask",
            "That school nurses ask every pupil in Year 7 whether they look after somebody at home.",
            (
                Owner(
                    "community",
                    12,
                    (NOTED, "The trust notes the recommendation."),
                    reason="The question will be considered when the Year 7 contact is next designed.",
                    updates=(
                        None,
                        Up(N, "The Year 7 contact is to be redesigned next school year."),
                        Up(
                            P,
                            "The redesign was put off.",
                            "The school nursing contract is being let again; the new provider starts in a year.",
                        ),
                    ),
                    verdicts=(
                        worry("“Noted” is not an answer. The committee asks for a decision."),
                        worry("The committee still awaits a decision."),
                        Say(
                            Grade.NOT_IMPLEMENTED,
                            Outcome.ESCALATE,
                            "Noted at first and paused since. The head of community services is invited.",
                        ),
                    ),
                ),
            ),
            finding=1,
            priority=Priority.HIGH,
            themes=("Young carers", "Health", "Schools"),
        ),
        Rec(
            "Training for front-line staff",
            "That all front-line staff of the partnership's members are trained to notice young carers, and that "
            "the training is renewed every two years.",
            (
                Owner(
                    "partnership",
                    16,
                    (YES, "The partnership will add it to its training offer."),
                    updates=(
                        Up(T, "A half-day course is written and was tried with 40 staff."),
                        Up(T, "410 of about 1,900 staff are trained."),
                        Up(T, "890 of about 1,900 staff are trained."),
                    ),
                    verdicts=(OK, OK, OK),
                ),
                Owner(
                    "police",
                    16,
                    (YES, "The force will train its neighbourhood teams and school officers."),
                    updates=(
                        Up(N, "The force waits for the partnership's course."),
                        Up(T, "All 36 school officers are trained."),
                        Up(T, "The school officers and half of the neighbourhood teams are trained."),
                    ),
                    verdicts=(OK, OK, OK),
                    lead=False,
                ),
            ),
            finding=1,
            themes=("Young carers", "Training"),
        ),
        Rec(
            "A yearly count",
            "That the council publishes each September how many young carers are known, how long they waited and how "
            "many were in school.",
            (
                Owner(
                    "children",
                    6,
                    (YES, "Published from this September."),
                    updates=(
                        Up(
                            D,
                            "The first yearly count is on the council's web site: 618 young carers are known.",
                        ),
                        None,
                        None,
                    ),
                    verdicts=(DONE, None, None),
                ),
            ),
            finding=1,
            themes=("Young carers",),
        ),
        Rec(
            "Young carers on the board",
            "That two young carers sit on the board which plans the service, and that their expenses are paid.",
            (
                Owner(
                    "partnership",
                    10,
                    (YES, "Two places will be kept."),
                    updates=(
                        Up(T, "Young people are choosing who will sit on the board."),
                        Up(D, "Two young carers have come to both meetings since they were chosen."),
                        None,
                    ),
                    verdicts=(OK, DONE, None),
                ),
            ),
            finding=4,
            themes=("Young carers", "Voice of young people"),
        ),
    ),
)

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

STORIES = (TRANSPORT, CARERS, FLOODS, CROSSINGS, ATTENDANCE)
