"""Every address of the tracker, grouped by audience. The comment above a group gives its prefix."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from recommendations.views import (
    account,
    addressing,
    administration,
    answers,
    approvers,
    bodies,
    clerks,
    councillors,
    endings,
    evidence,
    links,
    many,
    notices,
    officers,
    outlines,
    pack_templates,
    packs,
    people,
    public,
    recommending,
    respondents,
    reviews,
    scrutiny,
    writing,
)

# the public: /
PUBLIC: list[URLPattern | URLResolver] = [
    path("", public.home, name="home"),
    path("inquiries/", public.inquiries, name="inquiries"),
    path("inquiries.<str:form>", public.inquiries, name="inquiries_file"),
    path("inquiries/<int:pk>/", public.inquiry, name="inquiry"),
    path("recommendations/", public.recommendations, name="recommendations"),
    path("recommendations.<str:form>", public.recommendations, name="recommendations_file"),
    path("recommendations/<int:pk>/", public.recommendation, name="recommendation"),
    path("bodies/", public.bodies, name="bodies"),
    path("bodies.<str:form>", public.bodies, name="bodies_file"),
    path("bodies/<int:pk>/", public.body, name="body"),
    path("bodies/<int:pk>/recommendations.<str:form>", public.body, name="body_file"),
    path("search/", public.search, name="search"),
    path("data/", public.open_data, name="open_data"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("cookies/", public.cookies, name="cookies"),
    path("feed.atom", public.feed, name="feed"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("sitemap-<str:section>.xml", public.sitemap_section, name="sitemap_section"),
    path("robots.txt", public.robots, name="robots"),
    path("demonstration/mail/", notices.demonstration_mail, name="demonstration_mail"),
]

# everybody signed in: /accounts/
ACCOUNT: list[URLPattern | URLResolver] = [
    path("accounts/me/", account.my_account, name="account"),
]

# responsible officers and approvers: /my-work/ /assignments/ /updates/ /approvals/
OFFICERS: list[URLPattern | URLResolver] = [
    path("my-work/", officers.my_work, name="my_work"),
    path("my-notices/", notices.my_notices, name="my_notices"),
    path("assignments/<int:pk>/", officers.assignment, name="assignment"),
    path("assignments/<int:pk>/update/", writing.log_update, name="log_update"),
    path("assignments/<int:pk>/new-date/", officers.request_new_date, name="request_new_date"),
    path("assignments/<int:pk>/milestones/", officers.milestones, name="milestones"),
    path("my-work/reviews/<int:pk>/", many.answer_many, name="answer_many"),
    path("my-work/reviews/<int:pk>/check/", many.check_many, name="check_many"),
    path("updates/<int:pk>/preview/", writing.preview_update, name="preview_update"),
    path("updates/<int:pk>/discard/", writing.discard_update, name="discard_update"),
    path("updates/<int:pk>/evidence/", writing.add_evidence, name="add_evidence"),
    path("updates/<int:pk>/approval/", approvers.approval, name="approval"),
    path("approvals/", approvers.approvals, name="approvals"),
    path("approvals/all/", many.publish_many, name="publish_many"),
    path("evidence/<int:pk>/", evidence.evidence_file, name="evidence_file"),
    path("evidence/<int:pk>/replace/", evidence.replace_evidence, name="replace_evidence"),
]

# external respondents: /answer/
RESPONDENTS: list[URLPattern | URLResolver] = [
    path("answer/", respondents.answering_home, name="answering"),
    path("answer/code/", respondents.answer_code, name="answer_code"),
    path("answer/leave/", respondents.answer_leave, name="answer_leave"),
    path("answer/items/<int:pk>/", respondents.answer_item, name="answer_item"),
    path("answer/items/<int:pk>/response/", respondents.answer_response, name="answer_response"),
    path("answer/items/<int:pk>/update/", respondents.answer_update, name="answer_update"),
    path("answer/items/<int:pk>/new-date/", respondents.answer_new_date, name="answer_new_date"),
    path("answer/items/<int:pk>/steps/", respondents.answer_steps, name="answer_steps"),
    path("answer/reviews/<int:pk>/", respondents.answer_review, name="answer_review"),
    path("answer/reviews/<int:pk>/check/", respondents.answer_review_check, name="answer_review_check"),
    path("answer/updates/<int:pk>/preview/", respondents.answer_preview, name="answer_preview"),
    path("answer/updates/<int:pk>/discard/", respondents.answer_discard, name="answer_discard"),
    path("answer/updates/<int:pk>/evidence/", respondents.answer_add_evidence, name="answer_add_evidence"),
    path("answer/evidence/<int:pk>/", respondents.answer_evidence, name="answer_evidence"),
    # Last: whatever else is asked for is taken for a link.
    path("answer/<str:token>/", respondents.answer_link, name="answer_link"),
]

# councillors: /dashboard/ /assess/
COUNCILLORS: list[URLPattern | URLResolver] = [
    path("dashboard/", councillors.dashboard, name="dashboard"),
    path("dashboard/<int:pk>/", councillors.committee_dashboard, name="committee_dashboard"),
    path("dashboard/<int:pk>/<slug:what>/", councillors.dashboard_list, name="dashboard_list"),
    path("assess/<int:pk>/", councillors.assess_meeting, name="assess_meeting"),
    path("recommendations/<int:pk>/assess/", councillors.assess, name="assess"),
]

# scrutiny officers: /workspace/
SCRUTINY: list[URLPattern | URLResolver] = [
    path("workspace/", scrutiny.workspace, name="workspace"),
    path("workspace/bodies/", bodies.manage_bodies, name="manage_bodies"),
    path("workspace/bodies/new/", bodies.new_body, name="new_body"),
    path("workspace/bodies/<int:pk>/", bodies.edit_body, name="edit_body"),
    path("workspace/bodies/<int:pk>/posts/new/", bodies.new_post, name="new_post"),
    path("workspace/posts/<int:pk>/", bodies.edit_post, name="edit_post"),
    path("workspace/inquiries/new/", scrutiny.new_inquiry, name="new_inquiry"),
    path("workspace/inquiries/<int:pk>/", scrutiny.inquiry_workspace, name="inquiry_workspace"),
    path("workspace/inquiries/<int:pk>/edit/", scrutiny.edit_inquiry, name="edit_inquiry"),
    path("workspace/inquiries/<int:pk>/stage/", scrutiny.move_inquiry, name="move_inquiry"),
    path("workspace/inquiries/<int:pk>/findings/new/", scrutiny.new_finding, name="new_finding"),
    path("workspace/inquiries/<int:pk>/notices/", answers.send_notices, name="send_notices"),
    path(
        "workspace/inquiries/<int:pk>/recommendations/new/",
        recommending.new_recommendation,
        name="new_recommendation",
    ),
    path("workspace/inquiries/<int:pk>/documents/new/", evidence.add_document, name="add_document"),
    path("workspace/documents/<int:pk>/remove/", evidence.remove_document, name="remove_document"),
    path("workspace/findings/<int:pk>/", scrutiny.edit_finding, name="edit_finding"),
    path("workspace/findings/<int:pk>/remove/", scrutiny.remove_finding, name="remove_finding"),
    path("workspace/similar/", recommending.similar, name="similar"),
    path("workspace/recommendations/<int:pk>/", recommending.edit_recommendation, name="edit_recommendation"),
    path(
        "workspace/recommendations/<int:pk>/remove/",
        recommending.remove_recommendation,
        name="remove_recommendation",
    ),
    path("workspace/recommendations/<int:pk>/address/", addressing.address, name="address"),
    path("workspace/recommendations/<int:pk>/related/", recommending.relate, name="relate"),
    path("workspace/assignments/<int:pk>/", addressing.edit_assignment, name="edit_assignment"),
    path(
        "workspace/assignments/<int:pk>/withdraw/",
        addressing.withdraw_assignment,
        name="withdraw_assignment",
    ),
    path("workspace/responses/", answers.record_response, name="record_response"),
    path(
        "workspace/responses/<int:pk>/evidence/", evidence.add_response_evidence, name="add_response_evidence"
    ),
    path("workspace/bodies/<int:pk>/links/", links.body_links, name="body_links"),
    path("workspace/links/", links.links, name="links"),
    path("workspace/links/<int:pk>/", links.personal_link, name="personal_link"),
    path("workspace/links/<int:pk>/revoke/", links.revoke_link, name="revoke_link"),
    path("workspace/updates/all/", many.take_in_many, name="take_in_many"),
    path("workspace/updates/<int:pk>/", approvers.take_in, name="take_in"),
    path("workspace/reviews/", reviews.reviews, name="reviews"),
    path("workspace/reviews/new/", reviews.new_review, name="new_review"),
    path("workspace/reviews/<int:pk>/", reviews.review, name="review"),
    path("workspace/reviews/<int:pk>/due-date/", reviews.move_due_date, name="move_due_date"),
    path("workspace/reviews/<int:pk>/ask-also/", reviews.ask_also, name="ask_also"),
    path("workspace/reviews/<int:pk>/close/", reviews.close_review, name="close_review"),
    path("workspace/new-dates/", reviews.date_requests, name="date_requests"),
    path("workspace/new-dates/<int:pk>/", reviews.decide_date, name="decide_date"),
    re_path(
        r"^workspace/exempt/(?P<what>update|response)/(?P<pk>[0-9]{1,18})/$",
        answers.open_exempt,
        name="open_exempt",
    ),
]

# clerks: /meetings/ /packs/
CLERKS: list[URLPattern | URLResolver] = [
    path("meetings/", clerks.meetings, name="meetings"),
    path("meetings/new/", clerks.new_meeting, name="new_meeting"),
    path("meetings/<int:pk>/", clerks.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", clerks.edit_meeting, name="edit_meeting"),
    path("meetings/<int:pk>/move/", clerks.move_meeting, name="move_meeting"),
    path("meetings/<int:pk>/packs/new/", clerks.compose_pack, name="compose_pack"),
    path("meetings/<int:pk>/packs/outline/", outlines.new_pack_outline, name="new_pack_outline"),
    path("meetings/templates/", pack_templates.pack_templates, name="pack_templates"),
    path("meetings/templates/<int:pk>/", pack_templates.rename_template, name="rename_template"),
    path("meetings/templates/<int:pk>/remove/", pack_templates.remove_template, name="remove_template"),
    path("packs/", packs.packs, name="packs"),
    path("packs/<int:pk>/", packs.pack, name="pack"),
    path("packs/<int:pk>/pdf/", packs.pack_pdf, name="pack_pdf"),
    path("packs/<int:pk>/html/", packs.pack_html, name="pack_html"),
    path("packs/<int:pk>/word/", packs.pack_word, name="pack_word"),
    path("packs/<int:pk>/zip/", packs.pack_zip, name="pack_zip"),
    path("packs/<int:pk>/json/", packs.pack_json, name="pack_json"),
    path("packs/<int:pk>/csv/", packs.pack_csv, name="pack_csv"),
    path("packs/<int:pk>/edit/", clerks.edit_pack, name="edit_pack"),
    path("packs/<int:pk>/choose/", clerks.choose_recommendations, name="choose_recommendations"),
    path("packs/<int:pk>/order/", clerks.order_pack, name="order_pack"),
    path("packs/<int:pk>/outline/", outlines.pack_outline, name="pack_outline"),
    path("packs/<int:pk>/template/", pack_templates.save_template, name="save_template"),
    path("packs/<int:pk>/preview/", packs.preview_pack, name="preview_pack"),
    path("packs/<int:pk>/build/", packs.build_pack, name="build_pack"),
    path("packs/<int:pk>/progress/", packs.pack_progress, name="pack_progress"),
    path("packs/<int:pk>/cancel/", packs.cancel_pack, name="cancel_pack"),
    path("packs/<int:pk>/release/", packs.release_pack, name="release_pack"),
    path("packs/<int:pk>/version/", packs.new_pack_version, name="new_pack_version"),
    path("packs/<int:pk>/discard/", packs.discard_pack, name="discard_pack"),
]

# administrators: /administration/
ADMINISTRATION: list[URLPattern | URLResolver] = [
    path("administration/", administration.administration, name="administration"),
    path("administration/people/", people.people, name="people"),
    path("administration/people/new/", people.new_person, name="new_person"),
    path("administration/people/<int:pk>/", people.person, name="person"),
    path("administration/people/<int:pk>/edit/", people.edit_person, name="edit_person"),
    path("administration/people/<int:pk>/roles/new/", people.grant_role, name="grant_role"),
    path("administration/people/<int:pk>/switch-off/", people.deactivate_person, name="deactivate_person"),
    path("administration/people/<int:pk>/switch-on/", people.reactivate_person, name="reactivate_person"),
    path(
        "administration/people/<int:pk>/password-link/", people.send_password_link, name="send_password_link"
    ),
    path("administration/people/<int:pk>/second-step/", people.remove_second_step, name="remove_second_step"),
    path("administration/roles/<int:pk>/end/", people.end_role, name="end_role"),
    path("administration/roles/<int:pk>/exempt/", people.change_exempt_right, name="change_exempt_right"),
    path("administration/permissions/", administration.permissions, name="permissions"),
    path("administration/audit/", administration.audit_trail, name="audit_trail"),
    path("administration/exempt-sights/", administration.exempt_sights, name="exempt_sights"),
    path("administration/bodies/", endings.successions, name="successions"),
    path("administration/bodies/merge/", endings.merge_bodies, name="merge_bodies"),
    path("administration/bodies/<int:pk>/abolish/", endings.abolish_body, name="abolish_body"),
    path("administration/bodies/<int:pk>/split/", endings.split_body, name="split_body"),
    path("administration/bodies/<int:pk>/successor/", endings.name_successor, name="name_successor"),
    path("administration/bodies/<int:pk>/inquiries/", endings.pass_inquiries, name="pass_inquiries"),
    path("administration/mail/", notices.mail_log, name="mail_log"),
    path("administration/mail/<int:pk>/again/", notices.try_mail_again, name="try_mail_again"),
    path("administration/links/", links.all_links, name="all_links"),
    path("administration/health/", administration.installation_health, name="installation_health"),
]

urlpatterns = [*PUBLIC, *ACCOUNT, *OFFICERS, *RESPONDENTS, *COUNCILLORS, *SCRUTINY, *CLERKS, *ADMINISTRATION]
