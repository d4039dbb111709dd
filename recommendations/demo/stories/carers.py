"""The invented inquiry “Noticed and supported: young carers in Marlshire”."""

from __future__ import annotations

from recommendations.demo.stories.notation import (
    DONE,
    NO,
    NOTED,
    OK,
    PART,
    PRINCIPLE,
    YES,
    D,
    K,
    N,
    Owner,
    P,
    Rec,
    S,
    Say,
    Slip,
    Story,
    T,
    Up,
    worry,
)
from recommendations.lifecycle import Grade, Outcome, Priority

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
