"""Every address of the tracker, grouped by audience. The comment above a group gives its prefix."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from recommendations.views import account
from recommendations.views.administration import audit_log as administration_audit_log
from recommendations.views.administration import inquiry_transfers as administration_inquiry_transfers
from recommendations.views.administration import notifications as administration_notifications
from recommendations.views.administration import overview as administration_overview
from recommendations.views.administration import people as administration_people
from recommendations.views.administration import permissions as administration_permissions
from recommendations.views.administration import successions as administration_successions
from recommendations.views.approvers import approvals as approvers_approvals
from recommendations.views.approvers import bulk_updates as approvers_bulk_updates
from recommendations.views.clerks import meetings as clerks_meetings
from recommendations.views.clerks import pack_builds as clerks_pack_builds
from recommendations.views.clerks import pack_outlines as clerks_pack_outlines
from recommendations.views.clerks import pack_releases as clerks_pack_releases
from recommendations.views.clerks import pack_selections as clerks_pack_selections
from recommendations.views.clerks import pack_templates as clerks_pack_templates
from recommendations.views.clerks import packs as clerks_packs
from recommendations.views.councillors import assessments as councillors_assessments
from recommendations.views.councillors import dashboard as councillors_dashboard
from recommendations.views.councillors import several_assessments as councillors_several
from recommendations.views.officers import assignments as officers_assignments
from recommendations.views.officers import bulk_updates as officers_bulk_updates
from recommendations.views.officers import milestones as officers_milestones
from recommendations.views.officers import my_work as officers_my_work
from recommendations.views.officers import notifications as officers_notifications
from recommendations.views.officers import target_dates as officers_target_dates
from recommendations.views.officers import updates as officers_updates
from recommendations.views.public import bodies as public_bodies
from recommendations.views.public import demonstration as public_demonstration
from recommendations.views.public import evidence as public_evidence
from recommendations.views.public import feeds as public_feeds
from recommendations.views.public import inquiries as public_inquiries
from recommendations.views.public import packs as public_packs
from recommendations.views.public import pages as public_pages
from recommendations.views.public import recommendations as public_recommendations
from recommendations.views.public import search as public_search
from recommendations.views.public import withholdings as public_withholdings
from recommendations.views.respondents import items as respondents_items
from recommendations.views.respondents import links as respondents_links
from recommendations.views.scrutiny import assignments as scrutiny_assignments
from recommendations.views.scrutiny import bodies as scrutiny_bodies
from recommendations.views.scrutiny import corrections as scrutiny_corrections
from recommendations.views.scrutiny import evidence as scrutiny_evidence
from recommendations.views.scrutiny import exempt as scrutiny_exempt
from recommendations.views.scrutiny import findings as scrutiny_findings
from recommendations.views.scrutiny import import_gone as scrutiny_import_gone
from recommendations.views.scrutiny import import_lines as scrutiny_import_lines
from recommendations.views.scrutiny import import_questions as scrutiny_import_questions
from recommendations.views.scrutiny import import_steps as scrutiny_import_steps
from recommendations.views.scrutiny import imports as scrutiny_imports
from recommendations.views.scrutiny import inquiries as scrutiny_inquiries
from recommendations.views.scrutiny import notices as scrutiny_notices
from recommendations.views.scrutiny import recommendations as scrutiny_recommendations
from recommendations.views.scrutiny import relations as scrutiny_relations
from recommendations.views.scrutiny import respondent_links as scrutiny_respondent_links
from recommendations.views.scrutiny import responses as scrutiny_responses
from recommendations.views.scrutiny import reviews as scrutiny_reviews
from recommendations.views.scrutiny import sources as scrutiny_sources
from recommendations.views.scrutiny import target_dates as scrutiny_target_dates
from recommendations.views.scrutiny import withholding_decisions
from recommendations.views.scrutiny import withholdings as scrutiny_withholdings
from recommendations.views.scrutiny import workspace as scrutiny_workspace
from recommendations.views.scrutiny.correctable import CORRECTABLE

# the public, and everybody else: / /inquiries/ /recommendations/ /bodies/ /packs/ /evidence/ /withheld/
PUBLIC: list[URLPattern | URLResolver] = [
    path("", public_pages.home, name="home"),
    path("inquiries/", public_inquiries.inquiries, name="inquiries"),
    path("inquiries.<str:form>", public_inquiries.inquiries, name="inquiries_file"),
    path("inquiries/<int:pk>/", public_inquiries.inquiry, name="inquiry"),
    path("recommendations/", public_recommendations.recommendations, name="recommendations"),
    path("recommendations.<str:form>", public_recommendations.recommendations, name="recommendations_file"),
    path("recommendations/<int:pk>/", public_recommendations.recommendation, name="recommendation"),
    path("bodies/", public_bodies.bodies, name="bodies"),
    path("bodies.<str:form>", public_bodies.bodies, name="bodies_file"),
    path("bodies/<int:pk>/", public_bodies.body, name="body"),
    path("bodies/<int:pk>/recommendations.<str:form>", public_bodies.body, name="body_file"),
    path("packs/", public_packs.packs, name="packs"),
    path("packs/<int:pk>/", public_packs.pack, name="pack"),
    path("packs/<int:pk>/pdf/", public_packs.pack_pdf, name="pack_pdf"),
    path("packs/<int:pk>/html/", public_packs.pack_html, name="pack_html"),
    path("packs/<int:pk>/word/", public_packs.pack_word, name="pack_word"),
    path("packs/<int:pk>/zip/", public_packs.pack_zip, name="pack_zip"),
    path("packs/<int:pk>/json/", public_packs.pack_json, name="pack_json"),
    path("packs/<int:pk>/csv/", public_packs.pack_csv, name="pack_csv"),
    path("evidence/<int:pk>/", public_evidence.evidence_file, name="evidence_file"),
    path("withheld/", public_withholdings.withholdings, name="withholdings"),
    path("withheld/<int:pk>/", public_withholdings.withholding, name="withholding"),
    path("search/", public_search.search, name="search"),
    path("data/", public_pages.open_data, name="open_data"),
    path("accessibility/", public_pages.accessibility, name="accessibility"),
    path("cookies/", public_pages.cookies, name="cookies"),
    path("feed.atom", public_feeds.feed, name="feed"),
    path("sitemap.xml", public_feeds.sitemap, name="sitemap"),
    path("sitemap-<str:section>.xml", public_feeds.sitemap_section, name="sitemap_section"),
    path("robots.txt", public_feeds.robots, name="robots"),
    path("demonstration/mail/", public_demonstration.demonstration_mail, name="demonstration_mail"),
]

# everybody signed in: /accounts/ /my-notices/
ACCOUNT: list[URLPattern | URLResolver] = [
    path("accounts/me/", account.my_account, name="account"),
    path("my-notices/", officers_notifications.my_notices, name="my_notices"),
]

# responsible officers: /my-work/ /assignments/ /updates/
OFFICERS: list[URLPattern | URLResolver] = [
    path("my-work/", officers_my_work.my_work, name="my_work"),
    path("assignments/<int:pk>/", officers_assignments.assignment, name="assignment"),
    path("assignments/<int:pk>/update/", officers_updates.log_update, name="log_update"),
    path("assignments/<int:pk>/new-date/", officers_target_dates.request_new_date, name="request_new_date"),
    path("assignments/<int:pk>/milestones/", officers_milestones.milestones, name="milestones"),
    path(
        "my-work/reviews/<int:pk>/", officers_bulk_updates.write_review_updates, name="write_review_updates"
    ),
    path(
        "my-work/reviews/<int:pk>/check/",
        officers_bulk_updates.check_review_updates,
        name="check_review_updates",
    ),
    path("updates/<int:pk>/preview/", officers_updates.preview_update, name="preview_update"),
    path("updates/<int:pk>/discard/", officers_updates.discard_update, name="discard_update"),
    path("updates/<int:pk>/take-back/", officers_updates.recall_update, name="recall_update"),
    path("updates/<int:pk>/versions/", officers_updates.update_versions, name="update_versions"),
    path("updates/<int:pk>/evidence/", officers_updates.add_evidence, name="add_evidence"),
]

# approvers: /approvals/ /updates/
APPROVERS: list[URLPattern | URLResolver] = [
    path("approvals/", approvers_approvals.approvals, name="approvals"),
    path("approvals/all/", approvers_bulk_updates.publish_all, name="publish_all"),
    path("updates/<int:pk>/approval/", approvers_approvals.approval, name="approval"),
    path(
        "updates/<int:pk>/approval/take-back/",
        approvers_approvals.take_back_approval,
        name="take_back_approval",
    ),
    path("updates/<int:pk>/mend/", approvers_approvals.mend_update, name="mend_update"),
]

# external respondents: /answer/
RESPONDENTS: list[URLPattern | URLResolver] = [
    path("answer/", respondents_links.answering_home, name="answering"),
    path("answer/code/", respondents_links.answer_code, name="answer_code"),
    path("answer/leave/", respondents_links.answer_leave, name="answer_leave"),
    path("answer/items/<int:pk>/", respondents_items.answer_item, name="answer_item"),
    path("answer/items/<int:pk>/response/", respondents_items.answer_response, name="answer_response"),
    path("answer/items/<int:pk>/update/", respondents_items.answer_update, name="answer_update"),
    path("answer/items/<int:pk>/new-date/", respondents_items.answer_new_date, name="answer_new_date"),
    path("answer/items/<int:pk>/steps/", respondents_items.answer_steps, name="answer_steps"),
    path("answer/reviews/<int:pk>/", respondents_items.answer_review, name="answer_review"),
    path("answer/reviews/<int:pk>/check/", respondents_items.answer_check_review, name="answer_check_review"),
    path("answer/updates/<int:pk>/preview/", respondents_items.answer_preview, name="answer_preview"),
    path("answer/updates/<int:pk>/discard/", respondents_items.answer_discard, name="answer_discard"),
    path("answer/updates/<int:pk>/take-back/", respondents_items.answer_recall, name="answer_recall"),
    path("answer/updates/<int:pk>/versions/", respondents_items.answer_versions, name="answer_versions"),
    path(
        "answer/updates/<int:pk>/evidence/", respondents_items.answer_add_evidence, name="answer_add_evidence"
    ),
    path("answer/evidence/<int:pk>/", respondents_items.answer_evidence, name="answer_evidence"),
    # Last: whatever else is asked for is taken for a link.
    path("answer/<str:token>/", respondents_links.answer_link, name="answer_link"),
]

# councillors: /dashboard/ /assess/ /recommendations/…/assess/
COUNCILLORS: list[URLPattern | URLResolver] = [
    path("dashboard/", councillors_dashboard.dashboard, name="dashboard"),
    path("dashboard/<int:pk>/", councillors_dashboard.committee_dashboard, name="committee_dashboard"),
    path("dashboard/<int:pk>/<slug:what>/", councillors_dashboard.dashboard_list, name="dashboard_list"),
    path("assess/<int:pk>/", councillors_assessments.assess_meeting, name="assess_meeting"),
    path("assess/<int:pk>/several/", councillors_several.assess_several, name="assess_several"),
    path("recommendations/<int:pk>/assess/", councillors_assessments.assess, name="assess"),
]

# scrutiny officers: /workspace/ /evidence/…/replace/ /withheld/…/
SCRUTINY: list[URLPattern | URLResolver] = [
    path("workspace/", scrutiny_workspace.workspace, name="workspace"),
    path("workspace/bodies/", scrutiny_bodies.manage_bodies, name="manage_bodies"),
    path("workspace/bodies/new/", scrutiny_bodies.new_body, name="new_body"),
    path("workspace/bodies/<int:pk>/", scrutiny_bodies.edit_body, name="edit_body"),
    path("workspace/bodies/<int:pk>/posts/new/", scrutiny_bodies.new_post, name="new_post"),
    path("workspace/posts/<int:pk>/", scrutiny_bodies.edit_post, name="edit_post"),
    path("workspace/inquiries/new/", scrutiny_inquiries.new_inquiry, name="new_inquiry"),
    path("workspace/inquiries/<int:pk>/", scrutiny_inquiries.inquiry_workspace, name="inquiry_workspace"),
    path("workspace/inquiries/<int:pk>/edit/", scrutiny_inquiries.edit_inquiry, name="edit_inquiry"),
    path("workspace/inquiries/<int:pk>/stage/", scrutiny_inquiries.move_inquiry, name="move_inquiry"),
    path("workspace/inquiries/<int:pk>/findings/new/", scrutiny_findings.new_finding, name="new_finding"),
    path("workspace/inquiries/<int:pk>/notices/", scrutiny_notices.send_notices, name="send_notices"),
    path(
        "workspace/inquiries/<int:pk>/notices/take-back/",
        scrutiny_notices.take_back_notices,
        name="take_back_notices",
    ),
    path(
        "workspace/inquiries/<int:pk>/recommendations/new/",
        scrutiny_recommendations.new_recommendation,
        name="new_recommendation",
    ),
    path("workspace/inquiries/<int:pk>/documents/new/", scrutiny_evidence.add_document, name="add_document"),
    path("workspace/documents/<int:pk>/remove/", scrutiny_evidence.remove_document, name="remove_document"),
    path("workspace/inquiries/<int:pk>/sources/", scrutiny_sources.inquiry_sources, name="inquiry_sources"),
    path("workspace/inquiries/<int:pk>/sources/new/", scrutiny_sources.new_source, name="new_source"),
    path("workspace/sources/<int:pk>/correct/", scrutiny_sources.correct_source, name="correct_source"),
    path("workspace/sources/<int:pk>/facts/new/", scrutiny_sources.cite_source, name="cite_source"),
    path(
        "workspace/citations/<int:pk>/withdraw/",
        scrutiny_sources.withdraw_citation,
        name="withdraw_citation",
    ),
    path("workspace/findings/<int:pk>/", scrutiny_findings.edit_finding, name="edit_finding"),
    path("workspace/findings/<int:pk>/remove/", scrutiny_findings.remove_finding, name="remove_finding"),
    path("workspace/similar/", scrutiny_recommendations.similar, name="similar"),
    path(
        "workspace/recommendations/<int:pk>/",
        scrutiny_recommendations.edit_recommendation,
        name="edit_recommendation",
    ),
    path(
        "workspace/recommendations/<int:pk>/remove/",
        scrutiny_recommendations.remove_recommendation,
        name="remove_recommendation",
    ),
    path("workspace/recommendations/<int:pk>/address/", scrutiny_assignments.address, name="address"),
    path("workspace/recommendations/<int:pk>/related/", scrutiny_relations.relate, name="relate"),
    path("workspace/assignments/<int:pk>/", scrutiny_assignments.edit_assignment, name="edit_assignment"),
    path(
        "workspace/assignments/<int:pk>/withdraw/",
        scrutiny_assignments.withdraw_assignment,
        name="withdraw_assignment",
    ),
    path("workspace/responses/", scrutiny_responses.record_response, name="record_response"),
    path(
        "workspace/responses/<int:pk>/evidence/",
        scrutiny_evidence.add_response_evidence,
        name="add_response_evidence",
    ),
    path("workspace/bodies/<int:pk>/links/", scrutiny_respondent_links.body_links, name="body_links"),
    path("workspace/links/", scrutiny_respondent_links.links, name="links"),
    path("workspace/links/<int:pk>/", scrutiny_respondent_links.personal_link, name="personal_link"),
    path("workspace/links/<int:pk>/revoke/", scrutiny_respondent_links.revoke_link, name="revoke_link"),
    path(
        "workspace/updates/all/",
        approvers_bulk_updates.publish_received_updates,
        name="publish_received_updates",
    ),
    path(
        "workspace/updates/<int:pk>/",
        approvers_approvals.publish_received_update,
        name="publish_received_update",
    ),
    path(
        "workspace/updates/<int:pk>/take-back/",
        approvers_approvals.take_back_received_approval,
        name="take_back_received_approval",
    ),
    path("workspace/reviews/", scrutiny_reviews.reviews, name="reviews"),
    path("workspace/reviews/new/", scrutiny_reviews.new_review, name="new_review"),
    path("workspace/reviews/<int:pk>/", scrutiny_reviews.review, name="review"),
    path("workspace/reviews/<int:pk>/due-date/", scrutiny_reviews.move_due_date, name="move_due_date"),
    path(
        "workspace/reviews/<int:pk>/ask-also/",
        scrutiny_reviews.request_from_new_assignments,
        name="request_from_new_assignments",
    ),
    path("workspace/reviews/<int:pk>/cancel/", scrutiny_reviews.cancel_review, name="cancel_review"),
    path("workspace/reviews/<int:pk>/reopen/", scrutiny_reviews.reopen_review, name="reopen_review"),
    path(
        "workspace/reviews/<int:pk>/take-back-chase/",
        scrutiny_reviews.take_back_chase,
        name="take_back_chase",
    ),
    path("workspace/reviews/<int:pk>/close/", scrutiny_reviews.close_review, name="close_review"),
    path("workspace/new-dates/", scrutiny_target_dates.date_requests, name="date_requests"),
    path("workspace/new-dates/<int:pk>/", scrutiny_target_dates.decide_date, name="decide_date"),
    path("withheld/words/", scrutiny_withholdings.withhold_words, name="withhold_words"),
    path("withheld/entry/<slug:kind>/<int:pk>/", scrutiny_withholdings.withhold_entry, name="withhold_entry"),
    path("packs/<int:pk>/withhold/", scrutiny_withholdings.withhold_pack, name="withhold_pack"),
    path("evidence/<int:pk>/withhold/", scrutiny_withholdings.withhold_file, name="withhold_file"),
    path("withheld/<int:pk>/search/", scrutiny_withholdings.search_again, name="search_again"),
    path("withheld/<int:pk>/confirm/", withholding_decisions.confirm_withholding, name="confirm_withholding"),
    path("withheld/<int:pk>/put-back/", withholding_decisions.put_back, name="put_back"),
    path(
        "withheld/<int:pk>/put-back/propose/", withholding_decisions.propose_put_back, name="propose_put_back"
    ),
    path("withheld/<int:pk>/put-back/agree/", withholding_decisions.agree_put_back, name="agree_put_back"),
    path(
        "withheld/<int:pk>/put-back/decline/", withholding_decisions.decline_put_back, name="decline_put_back"
    ),
    path(
        "withheld/<int:pk>/put-back/withdraw/",
        withholding_decisions.withdraw_put_back,
        name="withdraw_put_back",
    ),
    path("withheld/<int:pk>/erase/", withholding_decisions.erase_withholding, name="erase_withholding"),
    path("evidence/<int:pk>/replace/", scrutiny_evidence.replace_evidence, name="replace_evidence"),
    path(
        "workspace/recommendations/<int:pk>/publish/",
        scrutiny_recommendations.publish_recommendation,
        name="publish_recommendation",
    ),
    re_path(
        rf"^workspace/correct/(?P<what>{'|'.join(CORRECTABLE)})/(?P<pk>[0-9]{{1,18}})/$",
        scrutiny_corrections.correct,
        name="correct",
    ),
    re_path(
        r"^workspace/exempt/(?P<what>update|response)/(?P<pk>[0-9]{1,18})/$",
        scrutiny_exempt.open_exempt,
        name="open_exempt",
    ),
]

# scrutiny officers and clerks: /imports/
IMPORTS: list[URLPattern | URLResolver] = [
    path("imports/", scrutiny_imports.imports, name="imports"),
    path("imports/new/", scrutiny_imports.new_import, name="new_import"),
    path("imports/template/", scrutiny_imports.import_template, name="import_template"),
    path("imports/<int:pk>/", scrutiny_imports.import_page, name="import"),
    path("imports/<int:pk>/progress/", scrutiny_imports.import_progress, name="import_progress"),
    path("imports/<int:pk>/read/", scrutiny_imports.read_import_again, name="read_import_again"),
    path("imports/<int:pk>/file/", scrutiny_imports.import_file, name="import_file"),
    path("imports/<int:pk>/day/", scrutiny_imports.import_details, name="import_details"),
    path("imports/<int:pk>/columns/", scrutiny_imports.import_columns, name="import_columns"),
    path(
        "imports/<int:pk>/questions/<slug:group>/",
        scrutiny_import_questions.import_questions,
        name="import_questions",
    ),
    path("imports/<int:pk>/lines/", scrutiny_import_lines.import_lines, name="import_lines"),
    path("imports/lines/<int:pk>/", scrutiny_import_lines.import_line, name="import_line"),
    path("imports/<int:pk>/rows-left-out/", scrutiny_imports.import_ignored, name="import_ignored"),
    path("imports/<int:pk>/gone/", scrutiny_import_gone.import_gone, name="import_gone"),
    path("imports/<int:pk>/apply/", scrutiny_import_steps.apply_import, name="apply_import"),
    path("imports/<int:pk>/undo/", scrutiny_import_steps.undo_import, name="undo_import"),
    path("imports/<int:pk>/follow-up/", scrutiny_import_steps.follow_up_import, name="follow_up_import"),
    path("imports/<int:pk>/discard/", scrutiny_imports.discard_import, name="discard_import"),
]

# clerks: /meetings/ /packs/
CLERKS: list[URLPattern | URLResolver] = [
    path("meetings/", clerks_meetings.meetings, name="meetings"),
    path("meetings/new/", clerks_meetings.new_meeting, name="new_meeting"),
    path("meetings/<int:pk>/", clerks_meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", clerks_meetings.edit_meeting, name="edit_meeting"),
    path("meetings/<int:pk>/move/", clerks_meetings.move_meeting, name="move_meeting"),
    path("meetings/<int:pk>/plan-again/", clerks_meetings.plan_meeting_again, name="plan_meeting_again"),
    path("meetings/<int:pk>/packs/new/", clerks_packs.compose_pack, name="compose_pack"),
    path("meetings/<int:pk>/packs/outline/", clerks_pack_outlines.new_pack_outline, name="new_pack_outline"),
    path("meetings/templates/", clerks_pack_templates.pack_templates, name="pack_templates"),
    path("meetings/templates/<int:pk>/", clerks_pack_templates.rename_template, name="rename_template"),
    path(
        "meetings/templates/<int:pk>/remove/", clerks_pack_templates.remove_template, name="remove_template"
    ),
    path("packs/<int:pk>/edit/", clerks_packs.edit_pack, name="edit_pack"),
    path(
        "packs/<int:pk>/choose/", clerks_pack_selections.choose_recommendations, name="choose_recommendations"
    ),
    path("packs/<int:pk>/order/", clerks_pack_selections.order_pack, name="order_pack"),
    path("packs/<int:pk>/outline/", clerks_pack_outlines.pack_outline, name="pack_outline"),
    path("packs/<int:pk>/template/", clerks_pack_templates.save_template, name="save_template"),
    path("packs/<int:pk>/preview/", clerks_pack_releases.preview_pack, name="preview_pack"),
    path("packs/<int:pk>/build/", clerks_pack_builds.build_pack, name="build_pack"),
    path("packs/<int:pk>/progress/", clerks_pack_builds.pack_progress, name="pack_progress"),
    path("packs/<int:pk>/cancel/", clerks_pack_builds.cancel_pack, name="cancel_pack"),
    path("packs/<int:pk>/release/", clerks_pack_releases.release_pack, name="release_pack"),
    path(
        "packs/<int:pk>/release/take-back/", clerks_pack_releases.take_back_release, name="take_back_release"
    ),
    path("packs/<int:pk>/version/", clerks_pack_releases.new_pack_version, name="new_pack_version"),
    path(
        "packs/<int:pk>/replacement/",
        clerks_pack_releases.replace_withheld_pack,
        name="replace_withheld_pack",
    ),
    path("packs/<int:pk>/discard/", clerks_pack_releases.discard_pack, name="discard_pack"),
]

# administrators: /administration/
ADMINISTRATION: list[URLPattern | URLResolver] = [
    path("administration/", administration_overview.administration, name="administration"),
    path("administration/people/", administration_people.people, name="people"),
    path("administration/people/new/", administration_people.new_person, name="new_person"),
    path("administration/people/<int:pk>/", administration_people.person, name="person"),
    path("administration/people/<int:pk>/edit/", administration_people.edit_person, name="edit_person"),
    path("administration/people/<int:pk>/roles/new/", administration_people.grant_role, name="grant_role"),
    path(
        "administration/people/<int:pk>/switch-off/",
        administration_people.deactivate_person,
        name="deactivate_person",
    ),
    path(
        "administration/people/<int:pk>/switch-on/",
        administration_people.reactivate_person,
        name="reactivate_person",
    ),
    path(
        "administration/people/<int:pk>/password-link/",
        administration_people.send_password_link,
        name="send_password_link",
    ),
    path(
        "administration/people/<int:pk>/second-step/",
        administration_people.remove_second_step,
        name="remove_second_step",
    ),
    path("administration/roles/<int:pk>/end/", administration_people.end_role, name="end_role"),
    path(
        "administration/roles/<int:pk>/exempt/",
        administration_people.change_exempt_right,
        name="change_exempt_right",
    ),
    path("administration/permissions/", administration_permissions.permissions, name="permissions"),
    path("administration/audit/", administration_audit_log.audit_log_page, name="audit_trail"),
    path("administration/exempt-access/", administration_audit_log.exempt_access, name="exempt_access_log"),
    path("administration/bodies/", administration_successions.successions, name="successions"),
    path("administration/bodies/merge/", administration_successions.merge_bodies, name="merge_bodies"),
    path(
        "administration/bodies/<int:pk>/abolish/",
        administration_successions.abolish_body,
        name="abolish_body",
    ),
    path("administration/bodies/<int:pk>/split/", administration_successions.split_body, name="split_body"),
    path(
        "administration/bodies/<int:pk>/successor/",
        administration_successions.name_successor,
        name="name_successor",
    ),
    path(
        "administration/bodies/<int:pk>/inquiries/",
        administration_inquiry_transfers.pass_inquiries,
        name="pass_inquiries",
    ),
    path("administration/mail/", administration_notifications.mail_log, name="mail_log"),
    path(
        "administration/mail/<int:pk>/again/",
        administration_notifications.try_mail_again,
        name="try_mail_again",
    ),
    path("administration/links/", scrutiny_respondent_links.all_links, name="all_links"),
    path("administration/health/", administration_overview.installation_health, name="installation_health"),
]

urlpatterns = [
    *PUBLIC,
    *ACCOUNT,
    *OFFICERS,
    *APPROVERS,
    *RESPONDENTS,
    *COUNCILLORS,
    *SCRUTINY,
    *IMPORTS,
    *CLERKS,
    *ADMINISTRATION,
]
