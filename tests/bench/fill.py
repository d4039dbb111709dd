"""Synthetic data in bulk, for measuring only: the same size gives the same rows, and the words mean nothing.

Written by SQL with the tables' own triggers put aside, so it must never run but in the scratch database of the
bench. What is kept on assignments and recommendations is derived from the history here as ``actions.state`` does;
``differing`` holds a sample of it against that code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from psycopg2 import sql

from committee import clock
from recommendations.actions.recompute import derived_recommendation_state, derived_state, differing_fields
from recommendations.models import Recommendation

PER_INQUIRY = 12
FIRST_COMMITTEE, FIRST_OWNER = 11, 1001
ADMINISTRATOR, SCRUTINY, CLERK, COUNCILLOR, OFFICER, APPROVER = range(1, 7)


@dataclass(frozen=True)
class Size:
    """How much there is. A recommendation is addressed to 1.25 bodies; a committee meets six times a year."""

    name: str
    recommendations: int
    updates: int
    committees: int
    owners: int

    @property
    def inquiries(self) -> int:
        return -(-self.recommendations // PER_INQUIRY)


SIZES = {
    size.name: size
    for size in (
        Size("tiny", 60, 300, 2, 6),
        Size("typical", 2_000, 15_000, 6, 80),
        Size("large", 10_000, 100_000, 12, 200),
        Size("host", 50_000, 500_000, 40, 600),
    )
}

TABLES = [
    "accounts_user",
    "recommendations_membership",
    "recommendations_body",
    "recommendations_meeting",
    "recommendations_inquiry",
    "recommendations_finding",
    "recommendations_theme",
    "recommendations_recommendation",
    "recommendations_assignment",
    "recommendations_recommendation_themes",
    "recommendations_response",
    "recommendations_targetchange",
    "recommendations_update",
    "recommendations_assessment",
    "recommendations_pack",
    "audit_auditentry",
]

# A number from 0 to 999 that looks like chance and is always the same for the same row.
CHANCE = """
CREATE FUNCTION pg_temp.r(n bigint, salt int) RETURNS int LANGUAGE sql IMMUTABLE AS
    'SELECT (hashint8(n * 64 + salt) & 2147483647) % 1000';
CREATE FUNCTION pg_temp.name(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY['Marl','Ash','Brem','Cold','Dun','Elm','Fen','Gort','Hazel','Ivel'])[1 + n % 10]
        || (ARRAY['wick','ford','ley','combe','stead','mere','den','bury','thorpe','hurst'])[1 + n / 10 % 10]
        || CASE WHEN n >= 100 THEN ' ' || n / 100 + 1 ELSE '' END $$;
-- The sort key of a plain name; numbers in it sort as well as the bench needs.
CREATE FUNCTION pg_temp.key(name text) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT lower(name) || ' !' || lower(name) $$;
CREATE TEMP TABLE said (id int PRIMARY KEY, words text);
INSERT INTO said
SELECT s, initcap(left(string_agg(word, ' ' ORDER BY n), 1)) || substr(string_agg(word, ' ' ORDER BY n), 2) || '.'
  FROM generate_series(0, 999) s, generate_series(1, 14) n,
       LATERAL (SELECT (ARRAY['the','a','every','of','with','for','to','and','by','on','service','children','school',
            'review','training','carers','transport','plan','partners','family','young','people','staff','report',
            'budget','quarter','officers','safeguarding','housing','health','record','visit','survey','contract',
            'library','road','bus','bridge','flood','river','waste','energy','apprentice','clinic','nursery','foster',
            'kinship','mentor','youth','playground','allotment','footpath','gritting','culvert','heritage','archive',
            'tourism','market','orchard','wetland'])
            [1 + (CASE WHEN pg_temp.r(s * 100 + n, 60) < 400 THEN pg_temp.r(s * 100 + n, 61) % 10
                  ELSE pg_temp.r(s * 100 + n, 62) % 60 END)] AS word) w
 GROUP BY s;
"""

PEOPLE = """
INSERT INTO accounts_user (id, password, email, name, sort_key, is_active, is_respondent, created_at,
    session_version)
SELECT n, '!', 'person' || n || '@bench.example', 'Person ' || n, pg_temp.key('Person ' || n), true, false,
       now() - interval '9 years', 0
  FROM generate_series(1, 6) n ON CONFLICT DO NOTHING;
INSERT INTO recommendations_body (id, version, name, sort_key, short_name, kind, lineage, response_unit, response_basis,
    publishes_without_approver, dates_agreed_by, reference_prefix, about)
VALUES (1, 1, 'Marlshire Bench Council', pg_temp.key('Marlshire Bench Council'), '', 'council', ARRAY[1], 'months', '', false, 'meeting', 'SR', '') ON CONFLICT DO NOTHING;
INSERT INTO recommendations_body (id, version, name, sort_key, short_name, kind, parent_id, lineage, response_unit,
    response_basis, publishes_without_approver, dates_agreed_by, reference_prefix, about)
SELECT {committee} + n, 1, pg_temp.name(n) || ' Select Committee', pg_temp.key(pg_temp.name(n) || ' Select Committee'), '', 'committee', 1, ARRAY[1, {committee} + n],
       'months', '', false, 'meeting', 'SR', '' FROM generate_series(0, {committees} - 1) n ON CONFLICT DO NOTHING;
INSERT INTO recommendations_body (id, version, name, sort_key, short_name, kind, lineage, response_period, response_unit,
    response_basis, publishes_without_approver, dates_agreed_by, reference_prefix, about)
SELECT {owner} + n, 1, pg_temp.name(n) || ' Board', pg_temp.key(pg_temp.name(n) || ' Board'), '', 'board', ARRAY[{owner} + n], 2, 'months', '', false, 'meeting', 'SR', ''
  FROM generate_series(0, {owners} - 1) n ON CONFLICT DO NOTHING;
INSERT INTO recommendations_membership (id, role, sees_exempt, began_on, body_id, user_id)
VALUES (1, 'administrator', false, '2015-01-01', NULL, 1), (2, 'scrutiny_officer', false, '2015-01-01', {committee}, 2),
       (3, 'clerk', false, '2015-01-01', {committee}, 3), (4, 'councillor', false, '2015-01-01', {committee}, 4),
       (5, 'responsible_officer', false, '2015-01-01', {owner}, 5), (6, 'approver', false, '2015-01-01', {owner}, 6)
ON CONFLICT DO NOTHING;
INSERT INTO recommendations_theme (id, name, sort_key)
SELECT n, 'Theme ' || pg_temp.name(n), pg_temp.key('Theme ' || pg_temp.name(n)) FROM generate_series(1, 20) n
ON CONFLICT DO NOTHING;
INSERT INTO recommendations_meeting (id, version, body_id, held_on, title, title_key, place, agenda_url, state)
SELECT c * 1000 + k + 10, 1, c, date '{today}' - 7 - c % 20 - 60 * k, '', '', 'Committee Room 1', '',
       CASE WHEN k < 0 THEN 'planned' ELSE 'held' END
  FROM generate_series({committee}, {committee} + {committees} - 1) c, generate_series(-2, 54) k ON CONFLICT DO NOTHING;
INSERT INTO recommendations_pack (id, version, meeting_id, edition, title, number, purpose, decisions, reasons,
    implications, appendices, contact, report_of, supplement, changes, sections, selection, state, progress_done, progress_total, progress_words, failure, as_at,
    content, content_hash, made_with, pages, pdf, pdf_hash, html, word, word_hash, created_at, created_by_id, finished_at, released_at,
    released_by_id)
SELECT m.id, 1, m.id, 'public', 'Progress on scrutiny recommendations', 1, '', '', '', '{{}}', '', '', '', false, '', ARRAY['summary'],
       ARRAY[]::bigint[], 'ready', 0, 0, '', '', m.held_on, '{{}}', repeat('0', 64), '{{}}', 12, 'packs/bench.pdf',
       repeat('0', 64), 'packs/bench.html', '', '', m.held_on, {clerk}, m.held_on, m.held_on, {clerk}
  FROM recommendations_meeting m WHERE m.state = 'held' ON CONFLICT DO NOTHING;
"""

RECOMMENDATIONS = """
INSERT INTO recommendations_inquiry (id, version, reference, reference_key, title, sort_key, scope, summary, chair, stage, published_on,
    made_public_at, report_url, source_note, committee_id)
SELECT i, 1, 'INQ/' || i, 'inq ' || lpad(i::text, 9, '0'), pg_temp.name(i) || ': ' || a.words,
       pg_temp.key(pg_temp.name(i) || ' ' || a.words), b.words, a.words || ' ' || b.words, '',
       CASE WHEN i % 25 = 0 THEN 'drafting' WHEN age < 150 THEN 'published' WHEN age < 1500 THEN 'monitoring'
            ELSE 'concluded' END,
       CASE WHEN i % 25 > 0 THEN date '{today}' - age END, CASE WHEN i % 25 > 0 THEN date '{today}' - age END,
       '', '', {committee} + i % {committees}
  FROM generate_series({first_inquiry}, {inquiries}) i CROSS JOIN LATERAL (SELECT 30 + pg_temp.r(i, 1) * 3 AS age) d
  JOIN said a ON a.id = pg_temp.r(i, 2) JOIN said b ON b.id = pg_temp.r(i, 3);
INSERT INTO recommendations_finding (id, version, number, sort_key, text, inquiry_id)
SELECT i * 4 + n, 1, n, lpad(n::text, 6, '0'), words, i
  FROM generate_series({first_inquiry}, {inquiries}) i CROSS JOIN generate_series(1, 3) n
  JOIN said ON true WHERE said.id = pg_temp.r(i * 4 + n, 4);
INSERT INTO recommendations_recommendation (id, version, number, sort_key, reference, reference_key, heading, text, priority,
    success_measure, owner_note, closed_as, grade, inquiry_id, finding_id, created_at, made_public_at)
SELECT n, 1, no, lpad(no::text, 6, '0'), 'SR/' || n, 'sr ' || lpad(n::text, 9, '0'), left(a.words, 80), a.words || ' ' || b.words || ' ' || c.words,
       CASE WHEN pg_temp.r(n, 5) < 100 THEN 'top' WHEN pg_temp.r(n, 5) < 300 THEN 'high' ELSE 'standard' END,
       b.words, '', '', '', i, i * 4 + 1 + no % 3,
       (SELECT coalesce(q.published_on, date '{today}' - 20) FROM recommendations_inquiry q WHERE q.id = i),
       (SELECT q.made_public_at FROM recommendations_inquiry q WHERE q.id = i)
  FROM (SELECT n, (n - 1) / {per} + 1 AS i, (n - 1) % {per} + 1 AS no FROM generate_series({first}, {last}) n) x
  JOIN said a ON a.id = pg_temp.r(n, 6) JOIN said b ON b.id = pg_temp.r(n, 7) JOIN said c ON c.id = pg_temp.r(n, 8);
INSERT INTO recommendations_recommendation_themes (recommendation_id, theme_id)
SELECT n, 1 + pg_temp.r(n, 9) % 20 FROM generate_series({first}, {last}) n;
INSERT INTO recommendations_assignment (id, version, is_lead, deliverer, created_at, notified_on, response_due_on,
    first_target_on, target_on, decision, claim, awaiting_verdict, slips, slip_days, grade, closed_as, body_id,
    recommendation_id)
SELECT r.id * 2 + k, 1, k = 0, '', coalesce(i.published_on, date '{today}' - 20), i.published_on + 1,
       i.published_on + 62, i.published_on + 150 + pg_temp.r(r.id, 10), i.published_on + 150 + pg_temp.r(r.id, 10),
       '', '', false, 0, 0, '', '', {owner} + (pg_temp.r(r.id * 2, 11) + k) % {owners}, r.id
  FROM recommendations_recommendation r JOIN recommendations_inquiry i ON i.id = r.inquiry_id CROSS JOIN generate_series(0, 1) k
 WHERE r.id BETWEEN {first} AND {last} AND (k = 0 OR r.id % 4 = 0);
INSERT INTO recommendations_response (exempt_text, exempt_paragraphs, public_summary, decision, text, reason,
    decided_on, body_name, recorded_at, recorded_by_id, assignment_id)
SELECT '', ARRAY[]::smallint[], '', (ARRAY['accepted','accepted','accepted','in_part','noted','rejected'])
       [1 + pg_temp.r(a.id, 12) % 6], words, words, a.notified_on + 20 + pg_temp.r(a.id, 13) % 60, 'Board',
       a.notified_on + 20 + pg_temp.r(a.id, 13) % 60 + time '12:00', {approver}, a.id
  FROM recommendations_assignment a JOIN said ON said.id = pg_temp.r(a.id, 14)
 WHERE a.recommendation_id BETWEEN {first} AND {last} AND pg_temp.r(a.id, 15) < 900
   AND a.notified_on + 20 + pg_temp.r(a.id, 13) % 60 < date '{today}';
INSERT INTO recommendations_targetchange (old_date, new_date, reason, state, asked_at, decided_at, decision_note,
    decided_as, asked_by_id, decided_by_id, assignment_id)
SELECT old, old + 90, words, CASE WHEN old < date '{today}' THEN 'agreed' ELSE 'requested' END,
       old - 30 + time '12:00', CASE WHEN old < date '{today}' THEN old - 10 + time '12:00' END, '',
       CASE WHEN old < date '{today}' THEN 'meeting' ELSE '' END, {officer},
       CASE WHEN old < date '{today}' THEN {scrutiny} END, a.id
  FROM recommendations_assignment a CROSS JOIN generate_series(0, 1) k CROSS JOIN LATERAL (SELECT a.first_target_on + 90 * k AS old) d
  JOIN said ON true
 WHERE a.recommendation_id BETWEEN {first} AND {last} AND said.id = pg_temp.r(a.id, 16)
   AND pg_temp.r(a.id, 17) < CASE k WHEN 0 THEN 200 ELSE 80 END AND old < date '{today}' + 30
   AND (k = 0 OR old < date '{today}');
INSERT INTO recommendations_update (version, exempt_text, exempt_paragraphs, public_summary, as_at, filed_on, claim, progress,
    barriers, next_steps, delivered_what, new_date_reason, as_last_time, times_running, body_name, state, created_at, saved_at, saved_from,
    submitted_at, submitted_by_id, return_reason, published_at, published_by_id, author_id, assignment_id)
SELECT 1, '', ARRAY[]::smallint[], '', at::date, at::date, said_so, a.words || ' ' || b.words, c.words, b.words,
       CASE WHEN said_so = 'delivered' THEN c.words ELSE '' END, '', false, 0, 'Board', 'published', at, at, '', at, {officer},
       '', at + interval '1 hour', {approver}, {officer}, x.id
  FROM (SELECT t.id, n, t.many,
               created_at + (timestamptz '{today} 00:00' - created_at) * n / (t.many + 1) AS at,
               CASE WHEN n = t.many AND pg_temp.r(t.id, 18) < 350 THEN 'delivered' WHEN n = 1 THEN 'not_started'
                    ELSE (ARRAY['on_track','on_track','on_track','at_risk','off_track','paused'])
                         [1 + pg_temp.r(t.id * 50 + n, 19) % 6] END AS said_so
          FROM (SELECT a.*, floor({average} * (0.5 + pg_temp.r(a.id, 20) / 1000.0) + pg_temp.r(a.id, 21) / 1000.0)::int
                       AS many
                  FROM recommendations_assignment a
                 WHERE a.recommendation_id BETWEEN {first} AND {last} AND a.notified_on IS NOT NULL) t CROSS JOIN
               generate_series(1, t.many) n) x
  JOIN said a ON a.id = pg_temp.r(x.id * 50 + n, 22) JOIN said b ON b.id = pg_temp.r(x.id * 50 + n, 23)
  JOIN said c ON c.id = pg_temp.r(x.id * 50 + n, 24);
INSERT INTO recommendations_update (version, exempt_text, exempt_paragraphs, public_summary, as_at, claim, progress,
    barriers, next_steps, delivered_what, new_date_reason, as_last_time, times_running, body_name, state, created_at, saved_at, saved_from,
    submitted_at, submitted_by_id, return_reason, author_id, assignment_id)
SELECT 1, '', ARRAY[]::smallint[], '', date '{today}', 'on_track', words, '', '', '', '', false, 0, 'Board', 'submitted',
       date '{today}' - 2, date '{today}' - 2, '', date '{today}' - 1, {officer}, '', {officer}, a.id
  FROM recommendations_assignment a JOIN said ON said.id = pg_temp.r(a.id, 25)
 WHERE a.recommendation_id BETWEEN {first} AND {last} AND a.notified_on IS NOT NULL AND pg_temp.r(a.id, 26) < 20;
INSERT INTO recommendations_assessment (grade, outcome, comment, recorded_at, recorded_by_id, meeting_id,
    recommendation_id, assignment_id)
SELECT (ARRAY['on_course','concerns','implemented','not_implemented'])[1 + pg_temp.r(v.id, 27 + nth) % 4],
       CASE WHEN nth = 0 AND pg_temp.r(v.id, 31) < 120 THEN 'escalate' WHEN nth = 0 THEN 'keep'
            WHEN pg_temp.r(v.id, 32) < 700 THEN 'close_implemented' ELSE 'close_not_implemented' END,
       words, m.held_on + time '18:00', {scrutiny}, m.id, v.id,
       CASE WHEN nth = 0 AND v.id % 4 = 0 THEN v.id * 2 END
  FROM (SELECT r.id, i.committee_id, nth, i.published_on + CASE nth WHEN 0 THEN 300 ELSE 650 END AS day, i.stage
          FROM recommendations_recommendation r JOIN recommendations_inquiry i ON i.id = r.inquiry_id CROSS JOIN
               generate_series(0, 1) nth
         WHERE r.id BETWEEN {first} AND {last}) v
  JOIN recommendations_meeting m ON m.id = v.committee_id * 1000 + 10
       + (date '{today}' - 7 - (v.committee_id % 20)::int - v.day) / 60
  JOIN said ON said.id = pg_temp.r(v.id, 33)
 WHERE v.day < date '{today}' - 60 AND (nth = 0 OR v.stage = 'concluded' OR pg_temp.r(v.id, 34) < 450);
"""

KEPT = """
UPDATE recommendations_assignment a
   SET last_update_id = s.update_id, last_update_on = s.update_on, claim = coalesce(s.claim, ''),
       claimed_on = CASE WHEN s.claim <> '' THEN s.update_on END,
       decision = coalesce(s.decision, ''), decided_on = s.decided_on,
       stopped_on = CASE WHEN s.decision IN ('accepted', 'in_part', 'rejected', 'not_ours') THEN s.decided_on END,
       target_on = coalesce(s.target, first_target_on),
       slips = s.slips, slip_days = coalesce(s.target - first_target_on, 0), grade = coalesce(s.grade, ''),
       assessed_on = s.assessed_on, escalated_on = s.escalated_on, closed_on = s.closed_on, closed_by_id = s.closed_by,
       closed_as = coalesce(s.closed_as, ''),
       awaiting_verdict = coalesce(s.claim = 'delivered' AND s.closed_by IS NULL
           AND (s.assessed_at IS NULL OR s.assessed_at < s.published_at), false)
  FROM (
    SELECT a.id, u.id AS update_id, u.as_at AS update_on, u.claim, u.published_at, p.decision, p.decided_on, t.target,
           coalesce(t.slips, 0) AS slips, v.grade, v.held_on AS assessed_on, v.recorded_at AS assessed_at,
           e.held_on AS escalated_on, c.held_on AS closed_on, c.id AS closed_by, c.outcome AS closed_as
      FROM recommendations_assignment a
      LEFT JOIN LATERAL (SELECT * FROM recommendations_update WHERE assignment_id = a.id AND state = 'published'
                          ORDER BY published_at DESC, id DESC LIMIT 1) u ON true
      LEFT JOIN LATERAL (SELECT * FROM recommendations_response WHERE assignment_id = a.id
                          ORDER BY recorded_at DESC, id DESC LIMIT 1) p ON true
      LEFT JOIN LATERAL (SELECT (array_agg(new_date ORDER BY decided_at DESC, id DESC))[1] AS target,
                                count(*) FILTER (WHERE new_date > old_date) AS slips
                           FROM recommendations_targetchange WHERE assignment_id = a.id AND state = 'agreed') t ON true
      LEFT JOIN LATERAL (SELECT s.*, m.held_on FROM recommendations_assessment s
                           JOIN recommendations_meeting m ON m.id = s.meeting_id
                          WHERE s.recommendation_id = a.recommendation_id AND coalesce(s.assignment_id, a.id) = a.id
                          ORDER BY recorded_at DESC, s.id DESC LIMIT 1) v ON true
      LEFT JOIN LATERAL (SELECT s.*, m.held_on FROM recommendations_assessment s
                           JOIN recommendations_meeting m ON m.id = s.meeting_id
                          WHERE s.recommendation_id = a.recommendation_id AND coalesce(s.assignment_id, a.id) = a.id
                            AND s.outcome LIKE 'close%'
                          ORDER BY recorded_at DESC, s.id DESC LIMIT 1) c ON true
      LEFT JOIN LATERAL (SELECT m.held_on FROM recommendations_assessment s
                           JOIN recommendations_meeting m ON m.id = s.meeting_id
                          WHERE s.recommendation_id = a.recommendation_id AND coalesce(s.assignment_id, a.id) = a.id
                            AND s.outcome = 'escalate' AND c.id IS NULL
                          ORDER BY recorded_at DESC, s.id DESC LIMIT 1) e ON true
     WHERE a.recommendation_id BETWEEN {first} AND {last}) s
 WHERE a.id = s.id;
UPDATE recommendations_recommendation r
   SET closed_on = m.held_on, closed_by_id = c.id, closed_as = c.outcome, grade = c.grade
  FROM recommendations_assessment c JOIN recommendations_meeting m ON m.id = c.meeting_id
 WHERE r.id BETWEEN {first} AND {last} AND c.recommendation_id = r.id AND c.outcome LIKE 'close%';
UPDATE recommendations_recommendation r SET grade = v.grade
  FROM recommendations_assessment v
 WHERE r.id BETWEEN {first} AND {last} AND v.recommendation_id = r.id AND v.assignment_id IS NULL AND r.grade = '';
INSERT INTO audit_auditentry (at, actor_id, address, request_id, table_name, row_key, operation, after)
SELECT u.created_at, {officer}, '192.0.2.1', '', 'recommendations_update', u.id, 'INSERT',
       jsonb_build_object('id', u.id, 'assignment_id', u.assignment_id, 'claim', u.claim, 'progress', u.progress)
  FROM recommendations_update u JOIN recommendations_assignment a ON a.id = u.assignment_id
 WHERE a.recommendation_id BETWEEN {first} AND {last} ORDER BY u.created_at;
"""


def grow(size: Size, say: Callable[[str], None] = lambda words: None) -> None:
    """Bring the scratch database up to the size; what is there of a smaller one stays."""
    there = Recommendation.objects.count()
    written = _counted("recommendations_update")
    more = size.recommendations - there
    if more <= 0:
        return
    names = {
        "first": there + 1,
        "last": size.recommendations,
        "first_inquiry": -(-there // PER_INQUIRY) + 1,
        "inquiries": size.inquiries,
        "committees": size.committees,
        "owners": size.owners,
        "average": (size.updates - written) / more / 1.25 / 0.96,
        "today": clock.today().isoformat(),
        "committee": FIRST_COMMITTEE,
        "owner": FIRST_OWNER,
        "per": PER_INQUIRY,
        "clerk": CLERK,
        "officer": OFFICER,
        "approver": APPROVER,
        "scrutiny": SCRUTINY,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'Europe/London'")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute("SELECT to_regprocedure('pg_temp.r(bigint,int)') IS NULL")
        if cursor.fetchone()[0]:
            cursor.execute(CHANCE)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        _set_defaults(cursor, "SET DEFAULT {}")
        later = _put_aside_word_indexes(cursor)
        for words, statements in (("people", PEOPLE), ("history", RECOMMENDATIONS)):
            say(f"Writing {words}")
            cursor.execute(statements.format(**names))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")
        say("Keeping the state")
        cursor.execute(KEPT.format(**names))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        say("Building the indexes of words")
        for definition in later:
            cursor.execute(definition)
        _set_defaults(cursor, "DROP DEFAULT")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(max(id), 1)) FROM {table}"
            )
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")


def _set_defaults(cursor: object, change: str) -> None:
    """Change the default of each column that has one in its model, so that the statements name only columns they fill."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields if model._meta.db_table in TABLES else ():
            if field.has_default() and not callable(field.default):
                statement = f"ALTER TABLE {model._meta.db_table} ALTER COLUMN {field.column} {change}"
                value = field.get_db_prep_save(field.get_default(), connection)
                cursor.execute(sql.SQL(statement).format(sql.Literal(value)))  # type: ignore[attr-defined]  # a cursor of psycopg2


def vacuum() -> None:
    """What a server does by itself in a quiet moment."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _put_aside_word_indexes(cursor: object) -> list[str]:
    """Drop the indexes of words, which are quicker to build than to fill row by row. Returns how to make them."""
    cursor.execute(  # type: ignore[attr-defined]  # a cursor of psycopg2
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexdef LIKE '%%USING gin%%'"
        " AND tablename = ANY(%s)",
        [TABLES],
    )
    found = cursor.fetchall()  # type: ignore[attr-defined]  # a cursor of psycopg2
    for name, _definition in found:
        cursor.execute(f"DROP INDEX {name}")  # type: ignore[attr-defined]  # a cursor of psycopg2
    return [definition for _name, definition in found]


def _counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def differing(sample: int = 100) -> list[str]:
    """Where the state kept is not what history says, among so many recommendations spread over all."""
    step = max(1, Recommendation.objects.count() // sample)
    found: list[str] = []
    for row in Recommendation.objects.extra(where=["id %% %s = 0"], params=[step]).order_by("pk"):
        found += [
            f"{row.reference}: {name}"
            for name, *_ in differing_fields(row, derived_recommendation_state(row))
        ]
        for part in row.assignments.all():
            found += [
                f"{part.pk} of {row.reference}: {name}"
                for name, *_ in differing_fields(part, derived_state(part))
            ]
    return found
