"""The inquiries of the fictional Marlshire County Council, and what became of each recommendation.

Everything here is invented. `marlshire.py` performs each story with the product's own actions.
"""

from recommendations.demo.stories.attendance import ATTENDANCE
from recommendations.demo.stories.carers import CARERS
from recommendations.demo.stories.crossings import CROSSINGS
from recommendations.demo.stories.floods import FLOODS
from recommendations.demo.stories.transport import TRANSPORT

STORIES = (TRANSPORT, CARERS, FLOODS, CROSSINGS, ATTENDANCE)
