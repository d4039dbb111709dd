"""How owners of recommendations look in trackers: posts, bodies, services, people, initials."""

from __future__ import annotations

import re

from committee.text import comparable

POST_BEGINS = re.compile(
    r"(?:(?:interim|acting|deputy|assistant|associate|executive|corporate|strategic|service|group|divisional|managing|senior|lead|joint|statutory|operational|area|regional|programme|vice|shadow|the) )*"
    r"(?:heads?(?: of|$| teacher)|headteachers?$|directors?(?: of| for|:| -|$| \()|directors?$|(?<=[a-z] )directors? (?=[a-z])|(?<=[a-z] )managers?(?=,| -)|chief (?:executive|officer|constable|fire officer|finance officer|nurse|medical officer|operating officer|planner|planning officer|legal officer|internal auditor|information officer|whip|superintendent|social worker|accountant|education officer)s?"
    r"|leaders?(?: of| and|$)|cabinet members?|cabinet leads?|executive members?|members? for|portfolio holders?|portfolio leads?|lead (?:members?|councillors?|officers?)|executive leads?|chair(?:man|person|woman)?(?: of|$)|vice chair(?:man)?"
    r"|secretary of state|ministers?(?: for| of|$)|mayor(?:s| of|$)|elected mayor|town clerk|monitoring officer|section 151 officer|s151 officer|returning officer|police and crime commissioner|lieutenant|president|principal(?: of|$)|clerk to|clerk of|registrar|coroner|(?:[a-z]{2,20} ){0,3}(?:managers?|officers?|leads?|co-?ordinators?|engineers?|advis[eo]rs?|champions?)(?= (?:for|of) )|bishop of|dean of|governors?(?: of|$)|ward members?|whips?$)"
)
"""The beginning of a post, in comparable words."""
POST_ENDS = re.compile(
    r"\b(?:managers?|officers?|leads?|co-?ordinators?|advis[eo]rs?|engineers?|solicitors?|secretary|clerk|champions?|accountants?|planners?|inspectors?|surveyors?|directors?|consultants?|supervisors?|auditors?|architects?|partners? \(hr\)"
    r"|chief executive|lead member|portfolio holder|chair|commander|superintendent|constable|holders?|treasurer|controller|librarian|curator|ranger|warden|analyst|administrator|specialist|practitioner|commissioners?|guardian|leader|mayor|headteachers?)$"
)
POLITICAL = re.compile(
    r"\b(?:cabinet|executive|portfolio|lead) (?:member|lead|holder|councillor)s?\b|\bleader\b|\bmembers? for\b|\bchair(?:man|person|woman)?\b|\bmayor\b|\bcouncillors?\b"
)
"""Posts that councillors hold."""
BARE_POST = re.compile(
    r"(?:(?:interim|acting|deputy|assistant|managing|executive) )*(?:chief executive|chief officer|leader|director|chair(?:man|person)?|clerk|town clerk|manager|head|headteacher|principal|secretary|governor|mayor)s?"
)
"""Posts that need the name of a body to be told from others."""

POST_OF_ANY_BODY = re.compile(
    r"\b(?:director|head|chief|manager) (?:of )?(?:nursing|medicine|operations|operating|finance|strategy|quality|workforce|estates|communications|transformation|performance|medical|nurse|people|governance|service|paid service)\b|\bmedical director\b"
)
"""Posts that councils, trusts and companies all have."""
NO_NAME = re.compile(r"\d|^[^A-Z]|^See\b|^(?:\S{1,60} ){8}")
"""What no name of an owner looks like that is not known otherwise."""
BODY_ENDS = re.compile(
    r"\b(?:councils?|trusts?|boards?|police|constabulary|partnerships?|committees?|cabinet|executive|authority|authorities|agency|associations?|ltd|limited|plc|llp|cic|commission|panels?|forums?|networks?|alliances?|consortium|colleges?|university|universities"
    r"|schools?|academy|academies|federation|hospitals?|nhs|icb|icbs|ics|icp|ccg|ccgs|pct|bureau|charity|foundation|society|diocese|company|healthwatch|parish|parishes|leadership team|management team|corporate board|full council|inc|gmbh|co-?operative|union|chamber|chamber of commerce|museum|mayoralty"
    r"|(?:fire and rescue|fire & rescue|fire|ambulance|probation|prison|police|health|rescue|prosecution|youth justice|youth offending) services?|fire and rescue|england|wales|uk|scotland|ombudsman|assembly|parliament|government|office for .{1,40}|tribunal|court|courts|inspectorate|regulator)(?: \([^()]{1,40}\))?$"
)
"""The end of the name of a body, in comparable words."""
BODY_BEGINS = re.compile(
    r"(?:department (?:for|of)|ministry of|office of|office for|nhs\b|parish of|city of|royal borough of|london borough of|borough of|county of|university of|diocese of|hm [a-z]|his majesty's|her majesty's|home office|cabinet office|treasury|college of|institute of|university hospitals?\b|council of|council for|association of|"
    r"board of|network rail|homes england|natural england|sport england|national highways|environment agency|ofsted|ofcom|ofwat|healthwatch|transport for|citizens advice|age uk|mind$|job ?centre|friends of|police and crime commissioner|church of|trustees of)"
)
NAMES_A_SUBJECT = re.compile(r"^(?:[a-z-]+ ){1,3}(?:outside|around|near|about|after|before|during) [a-z]")
"""What stands in a subject and in no name of an owner: "Road safety outside schools"."""
SERVICE_ENDS = re.compile(
    r"\b(?:services?|teams?|departments?|directorates?|divisions?|units?|offices?|groups?|care|finance|housing|highways|planning|communications|legal|property|procurement|transport|environment|education|licensing|regeneration|libraries|leisure|parks|hr|it|ict|human resources|public health|partners|providers|operators?|contractors?|developers?|landlords?|members|officers|councillors)$"
)
"""The end of the name of a part of a body: an owner by itself, but not enough to part "Housing and Planning"."""

PART_OF_BODY = re.compile(
    r"(?<!['a-z])[a-z]['a-z]* (?:services?|teams?|directorates?|departments?|divisions?|units?|social care)$"
)
"""The end of a part of a body that says so itself, and is no first word of a longer name."""

ACRONYMS = frozenset(
    ["nhs", "icb", "icbs", "ics", "icp", "ccg", "ccgs", "pcc", "hse", "dwp", "dfe", "dft", "defra", "ea", "mhclg", "dluhc", "dhsc", "lga", "cqc", "lep", "tfl", "dvla", "bbc", "mod", "moj", "ofsted", "pha", "phe", "ukhsa", "nhse", "safc", "sab", "hwb", "hwbb", "csp", "lscb", "lscp", "cps", "yot", "yjs", "hmrc", "opcc", "cab", "rspb", "rnli", "fsa", "eda", "vcs", "vcse", "lga", "dcms", "desnz", "beis", "hmppp", "hmpps", "cabinet"]
) - {"cabinet"}  # fmt: skip
"""Short names of bodies that every council writes."""

TITLE = re.compile(
    r"^(?:cllrs?|councillors?|mr|mrs|ms|miss|mx|dr|sir|dame|lord|lady|baroness|prof|professor|rev|revd|alderman|ald|coun)\b\.? "
)
NAME = re.compile(
    r"^[A-Z][a-zA-Zéèöüáíóñç'’-]{1,20}(?: [A-Z]\.?| [A-Z][a-zA-Zéèöüáíóñç'’-]{1,20}){0,2} (?:Mc|Mac|O'|O’|de |van |von )?[A-Z][a-zA-Zéèöüáíóñç'’-]{1,25}$"
)
INITIAL_NAME = re.compile(r"^(?:[A-Z](?:\. ?| )){1,3}[A-Z][a-z][a-zA-Z'’-]{1,24}$")
INITIALS = re.compile(r"[A-Z]{2,3}")
SHORT_NAME = re.compile(r"[A-Z][A-Za-z&]{1,7}")
"""A short name of a body in brackets behind its full one."""

FIRST_NAMES = frozenset(
    ["adam", "adrian", "aisha", "alan", "alex", "alexander", "alice", "alison", "amanda", "amy", "andrea", "andrew", "angela", "anita", "ann", "anna", "anne", "annette", "anthony", "ashley", "barbara", "ben", "benjamin", "bernard", "beth", "brenda", "brian", "bridget", "bruce", "carl", "carol", "caroline", "catherine", "charles", "charlotte", "cheryl", "chris", "christina", "christine", "christopher", "claire", "clare", "clive", "colin", "craig", "daniel", "dave", "david", "dawn", "dean", "deborah", "debbie", "denise", "dennis", "derek", "diana", "diane", "donna", "dorothy", "douglas", "duncan", "edward", "elaine", "eleanor", "elizabeth", "ellen", "emily", "emma", "eric", "fatima", "fiona", "frances", "francis", "frank", "gareth", "gary", "gavin", "geoff", "geoffrey", "george", "gerald", "gillian", "glenn", "gordon", "graham", "grace", "greg", "hannah", "harriet", "harry", "hazel", "heather", "helen", "henry", "howard", "hugh", "iain", "ian", "imran", "irene", "jack", "jackie", "jacqueline", "jacob", "james", "jamie", "jan", "jane", "janet", "janice", "jason", "jean", "jeff", "jennifer", "jenny", "jeremy", "jessica", "jill", "jim", "joan", "joanna", "joanne", "joe", "john", "jonathan", "jordan", "joseph", "joyce", "judith", "julia", "julian", "julie", "june", "karen", "kate", "katherine", "kathleen", "kathryn", "katie", "keith", "kelly", "ken", "kenneth", "kerry", "kevin", "kim", "kirsty", "laura", "lauren", "lawrence", "lee", "leslie", "lesley", "lewis", "liam", "linda", "lisa", "liz", "lorraine", "louise", "lucy", "luke", "lynn", "lynne", "malcolm", "margaret", "maria", "marian", "marie", "marilyn", "mark", "martin", "mary", "matthew", "maureen", "max", "megan", "melanie", "michael", "michelle", "mike", "mohammed", "muhammad", "nadia", "natalie", "natasha", "neil", "nicholas", "nick", "nicola", "nigel", "norman", "oliver", "olivia", "pamela", "pat", "patricia", "patrick", "paul", "paula", "pauline", "peter", "phil", "philip", "phillip", "priya", "rachel", "ralph", "raymond", "rebecca", "richard", "rita", "rob", "robert", "robin", "roger", "ronald", "rosemary", "ross", "roy", "russell", "ruth", "ryan", "sally", "sam", "samantha", "samuel", "sandra", "sara", "sarah", "scott", "sean", "shane", "sharon", "sheila", "shirley", "simon", "sophie", "stanley", "stephanie", "stephen", "steve", "steven", "stewart", "stuart", "sue", "susan", "suzanne", "sylvia", "tara", "teresa", "terence", "terry", "theresa", "thomas", "tim", "timothy", "tina", "toby", "tom", "tony", "tracey", "tracy", "trevor", "valerie", "vanessa", "vera", "victor", "victoria", "vincent", "wayne", "wendy", "william", "yasmin", "yvonne", "zoe"]
)  # fmt: skip
"""Common first names in Britain."""

ONE_NAME = (
    "health and safety executive", "police and crime commissioner", "police and crime panel", "police, fire and crime commissioner", "police fire and crime commissioner", "police, fire and crime panel",
    "police and fire commissioner", "council and community partnership", "schools and colleges", "schools and academies", "devon and cornwall police", "brighton and hove city council",
    "department for culture, media and sport", "department for digital, culture, media and sport", "tees, esk and wear valley nhs foundation trust", "department for environment, food and rural affairs", "department of health and social care",
    "department for levelling up, housing and communities", "ministry of housing, communities and local government", "department for business and trade", "department for science, innovation and technology", "department for energy security and net zero",
    "council and partners", "health and wellbeing board", "health and wellbeing boards", "police and partners", "trust and partners", "board and partners", "police and crime board", "school and college partnership", "schools and settings",
)  # fmt: skip
"""Names of one body or kind of body whose parts look like owners too."""

NO_OWNER = re.compile(
    r"(?:tb[acd]|t\.b\.[acd]\.?|to be (?:confirmed|agreed|advised|determined|decided|identified|appointed|allocated)|n/?a|not applicable|none|nil|not stated|not known|unknown|vacant|vacancy|unassigned|no owner|-|\?)"
)
EVERYBODY = re.compile(
    r"(?:all|everyone|everybody|various|several|multiple|all (?:of the above|members|partners|bodies|services|directorates|departments|councillors|officers|councils|owners|relevant.{0,30}|parties|agencies|directors|heads of service))"
)
LABELS = re.compile(
    r"^(?:(?:lead|responsible|accountable|named|relevant|supporting|support|secondary|primary) )?(?:officers?|members?|councillors?|owners?|directors?|bod(?:y|ies)|leads?|organisations?|agency|agencies|persons?|councillor lead|officer lead|member lead|political|operational|cllr|support(?:ing|ed by)?|assist(?:ing|ed by)|sponsor|with|partners?) ?(?:lead)? ?[:=] ?"
)
POST_WITH_SUBJECT = re.compile(r"(?:[a-z]{1,30} ){1,3}(?:managers?|leads?) (?!of |for )[a-z]")
"""A post that its subject follows without "of": "Group Manager Parking Services"."""
LABEL_WITHIN = re.compile(
    r"[.,] (?=(?:(?:lead|responsible|supporting|support|secondary) ?){1,2}(?:officer|member|owner|body|by)?s?: )",
    re.IGNORECASE,
)
"""The end of a name before the label of another: "Lead: Head of Parks. Support: Parks Officer"."""
ROLE_IN_BRACKETS = re.compile(
    r"(?:(?:currently |post |post currently )?vacant(?: post)?|vacancy|tb[acd]|lead|support|supporting|joint|jointly|lead officer|lead member|lead body|co-lead|owner|as above)"
)
PART_IN_BRACKETS = re.compile(r"\(([^()]{1,60})\)")
LIST_MARK = re.compile(r"^(?:[-*•▪●◦–]|\(?\d{1,2}[.)]|\(?[a-h][.)]) ?")
UNFINISHED = re.compile(r"(?:\b(?:of|for|and|the|with|to|&|in)|[,&/-])$")
"""The end of a line that goes on in the next."""
SEPARATOR = re.compile(
    r" ?/ ?| ?\| ?|, (?:and |& |with )?|,(?=[A-Z])| (?:and|&) (?:also )?| (?:jointly with|together with|in partnership with|in conjunction with|in collaboration with|working with|supported by|with (?:the )?support (?:of|from)|alongside|along with|plus|with) | \+ | - "
)
PLURAL_OF_SEVERAL = re.compile(
    r"^(?:cabinet members|heads|directors|executive members|portfolio holders|assistant directors|chairs|chief executives|leaders|members) (?:for|of)\b"
)


ALONE = frozenset(
    {
        "cabinet",
        "council",
        "full council",
        "police",
        "executive",
        "schools",
        "board",
        "trust",
        "committee",
        "leader",
        "mayor",
    }
)
"""Owners of one word, which are no end of a longer name."""
SUBJECT = (
    r"(?:(?:adult|adults|young|public|social|community|communities|children(?:'s)?|corporate|customer|democratic|legal|human|environmental|economic|local|strategic|sustainable|early|special|rural|digital|physical|mental|life|road|waste|family|council|civic|electoral) )?"
    r"(?:famil(?:y|ies)|people|wellbeing|well being|health|housing|homes?|homelessness|propert(?:y|ies)|planning|highways?|transport(?:ation)?|environment|climate(?: change)?|communit(?:y|ies)|safety|leisure|culture|sports?|tourism|heritage|education|skills|learning|children|adults|care"
    r"|finance|resources|procurement|assets?|estates?|performance|governance|services|regeneration|growth|economy|business(?:es)?|streets?|parks?|waste|recycling|libraries|arts|equalit(?:y|ies)|inclusion|diversity|technology|ict|it|hr|place|places|licensing|regulation|enforcement|infrastructure|energy|flooding|needs|parking|audit|risk"
    r"|improvement|development|transformation|engagement|communications?|customers?|commissioning|partnerships?|localities|neighbourhoods?|schools|youth|safeguarding|prevention|carers|ageing|policy|strategy|innovation|investment|jobs|employment|trading standards|insurance|pensions|revenues?|benefits|countryside|biodiversity|nature|tenants|lifelong learning)"
)
SUBJECTS = re.compile(SUBJECT)
"""What posts are for: a word that goes on with a post rather than begins a body."""
TOPIC_BODY = re.compile(
    rf"{SUBJECT} (?:board|partnership|committee|panel|forum|group|network|alliance|commission|trust|team)s?"
)
"""A body that is named by its subject alone, and so is rather the end of a longer name: "Wellbeing Board"."""


def words_of(name: str) -> str:
    """Return a name as owners are compared: comparable, with "&" as "and" and without a leading "the"."""
    words = " ".join(comparable(name).replace("&", " and ").split())
    return words.removeprefix("the ").strip(" .;:,")
