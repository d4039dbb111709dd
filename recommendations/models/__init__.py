"""The tables of the domain, a module for each noun. Each class says what it is in the council's terms."""

from recommendations.models.assignments import Assignment
from recommendations.models.bodies import Body, GovernanceChange, Post, Succession
from recommendations.models.corrections import Correction
from recommendations.models.earlier_values import EarlierValue
from recommendations.models.evidence import Evidence, ExemptAccessLog, ExemptOpening
from recommendations.models.imports import ImportAnswer, ImportBatch, ImportChange, ImportRow
from recommendations.models.inquiries import Finding, Inquiry, InquiryTransfer
from recommendations.models.meetings import Assessment, Meeting
from recommendations.models.memberships import Membership
from recommendations.models.milestones import Milestone
from recommendations.models.notice_withdrawals import NoticeWithdrawal
from recommendations.models.notifications import Notice, NoticeSettings
from recommendations.models.packs import Pack, PackTemplate
from recommendations.models.proposed_verdicts import ProposedVerdict
from recommendations.models.put_back_proposals import PutBackProposal
from recommendations.models.recommendations import Recommendation, Relation, Theme, WordingChange
from recommendations.models.respondent_links import LinkUse, RespondentLink
from recommendations.models.responses import Response
from recommendations.models.reviews import DueDateChange, Review, UpdateRequest
from recommendations.models.sealed import SealedFile, SealedText
from recommendations.models.sources import Citation, Source
from recommendations.models.submitted_versions import SubmittedVersion
from recommendations.models.target_dates import TargetChange
from recommendations.models.transfers import Transfer
from recommendations.models.updates import Update
from recommendations.models.withholdings import Withholding

__all__ = [
    "Assessment",
    "Assignment",
    "Body",
    "Citation",
    "Correction",
    "DueDateChange",
    "EarlierValue",
    "Evidence",
    "ExemptAccessLog",
    "ExemptOpening",
    "Finding",
    "GovernanceChange",
    "ImportAnswer",
    "ImportBatch",
    "ImportChange",
    "ImportRow",
    "Inquiry",
    "InquiryTransfer",
    "LinkUse",
    "Meeting",
    "Membership",
    "Milestone",
    "Notice",
    "NoticeSettings",
    "NoticeWithdrawal",
    "Pack",
    "PackTemplate",
    "Post",
    "ProposedVerdict",
    "PutBackProposal",
    "Recommendation",
    "Relation",
    "RespondentLink",
    "Response",
    "Review",
    "SealedFile",
    "SealedText",
    "Source",
    "SubmittedVersion",
    "Succession",
    "TargetChange",
    "Theme",
    "Transfer",
    "Update",
    "UpdateRequest",
    "Withholding",
    "WordingChange",
]
