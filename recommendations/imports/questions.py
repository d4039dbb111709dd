"""Turns what a person chose or typed into the answer to a question about a tracker, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError

from committee.text import clean_line, whole_number
from recommendations.imports.lines import BY_DAY, NOBODY, NOT_DECIDED
from recommendations.lifecycle import BodyKind
from recommendations.lifecycle.period_ends import period_from_json, period_to_json
from recommendations.lifecycle.periods import Period
from recommendations.models import Body, Inquiry, Post
from recommendations.trackers.owner_looks import Look, look
from recommendations.trackers.periods import read_period

Group = tuple[str, list[tuple[str, str]]]
TYPED = {
    "day": "Or enter the day",
    "period": "Or enter it",
    "owner": "Or enter the names, one on each line",
    "meeting": "Or enter the day of the meeting",
}
"""Kinds of questions whose answer can be typed, with the label of the box."""
WITH_POSTS = (BodyKind.COUNCIL, BodyKind.EXECUTIVE, BodyKind.DEPARTMENT)
"""The kinds of bodies in which a new post is offered: those whose officers and members trackers name."""
CANT_BE_READ = (
    "Enter a day such as 31 March 2024, a month such as March 2024, a quarter such as Q2 2023/24, or a year"
)


def parse_period(words: str) -> Period:
    """Return the time that somebody typed. Raise ValidationError where it can't be told which is meant."""
    read = read_period(words)
    if read.question is not None or read.value is None or not read.value.is_known:
        raise ValidationError(CANT_BE_READ)
    return read.value


def box_name(key: str) -> str:
    """Return the name of the box in which the question with that key is answered: the same on each page."""
    return f"q{sha256(key.encode()).hexdigest()[:16]}"


# ------------------------------------------------------------------ what can be chosen


class Offered:
    """What can be chosen beside a question's own choices: fetched once for a page."""

    def __init__(
        self, bodies: Iterable[Body] = (), posts: Iterable[Post] = (), inquiries: Iterable[Inquiry] = ()
    ) -> None:
        bodies = list(bodies)
        self.new_posts = [
            (f"new post:{body.pk}", f"New post in {body}") for body in bodies if body.kind in WITH_POSTS
        ]
        self.bodies = [(f"body:{body.pk}", str(body)) for body in bodies]
        self.posts = [(f"post:{post.body_id}:{post.pk}", f"{post.title}, {post.body.name}") for post in posts]
        self.inquiries = [(f"inquiry:{one.pk}", f"{one.title} ({one.reference})") for one in inquiries]

    def groups(self, question: Mapping[str, Any]) -> list[Group]:
        """Return the choices of a question, in groups."""
        own = [(f"choice:{at}", choice["label"]) for at, choice in enumerate(question["choices"])]
        kind, key = question["kind"], question["key"]
        if kind == "body":
            return self._owners(own, key, question["words"])
        if kind == "inquiry":
            more = [("new", "A new inquiry, with the title below")]
            if key.startswith("inquiry:table:"):
                more.append(("by day", "By the day on which each was made"))
            return [("Likely", own), ("Make it", more), ("Inquiries of the committee", self.inquiries)]
        if kind == "meeting":
            more = [("not decided", "The committee decided nothing: leave it open")]
            return [("", more), ("Meetings of the committee", own)]
        if kind == "period":
            return [("", [*own, ("none", "It names no date")])]
        if kind == "owner":
            return [("", [*own, ("nobody", "Nobody")])]
        return [("", own)]

    def _owners(self, own: list[tuple[str, str]], key: str, words: str) -> list[Group]:
        groups: list[Group] = [("Likely", own)]
        if not key.startswith("body:lines without"):
            if look(words) == Look.POST:
                groups.append(("Add it as a new post", self.new_posts))
            groups += [
                ("Add it as a new body", [(f"new:{kind.value}", f"New: {kind.label}") for kind in BodyKind]),
                ("Or", [("nobody", "Leave this name out")]),
            ]
        return [*groups, ("Bodies", self.bodies), ("Posts", self.posts)]


# ------------------------------------------------------------------ answers


def answer_from(question: Mapping[str, Any], chosen: str, typed: str, title: str = "", day: str = "") -> Any:
    """Return the answer that a person gave; None for none. Raise ValidationError, with what to do, for one that makes no sense."""
    kind = question["kind"]
    if clean_line(typed):
        return _typed(kind, typed)
    if chosen.startswith("choice:"):
        return question["choices"][whole_number(chosen.removeprefix("choice:")) or 0]["answer"]
    if chosen == "new":
        return _new_inquiry(title, day)
    return _chosen(chosen)


def _chosen(chosen: str) -> Any:
    name, _, rest = chosen.partition(":")
    match name:
        case "body":
            return {"body": whole_number(rest), "post": None}
        case "post":
            body, _, post = rest.partition(":")
            return {"body": whole_number(body), "post": whole_number(post)}
        case "new":
            return {"new": rest}
        case "new post":
            return {"new_post": whole_number(rest)}
        case "inquiry":
            return {"inquiry": whole_number(rest)}
        case "nobody":
            return NOBODY
        case "by day":
            return BY_DAY
        case "not decided":
            return NOT_DECIDED
        case "none":
            return ""
    return None


def _typed(kind: str, typed: str) -> Any:
    if kind == "owner":
        return [name for name in map(clean_line, re.split(r"[\n;]", typed)) if name]
    period = period_to_json(parse_period(clean_line(typed)))
    return {"on": period} if kind == "meeting" else period


def _new_inquiry(title: str, day: str) -> dict[str, Any]:
    title = clean_line(title)
    if not title:
        raise ValidationError("Enter the title of the new inquiry")
    if len(title) > 300:
        raise ValidationError("Shorten the title to 300 characters")
    published = period_to_json(parse_period(clean_line(day))) if clean_line(day) else None
    return {"new": {"title": title, "published_on": published}}


def box_value(question: Mapping[str, Any], said: Any) -> tuple[str, str, str, str]:
    """Return what the boxes of a question hold for an answer: chosen, typed, the title and the day of a new inquiry."""
    for at, choice in enumerate(question["choices"]):
        if choice["answer"] == said and said is not None:
            return f"choice:{at}", "", "", ""
    if isinstance(said, Mapping):
        return _box_of_mapping(question["kind"], said)
    if isinstance(said, list):
        return ("", "\n".join(map(str, said)), "", "") if said else ("nobody", "", "", "")
    named = {NOBODY: "nobody", BY_DAY: "by day", NOT_DECIDED: "not decided", "": "none"}
    return named.get(said, "") if isinstance(said, str) else "", "", "", ""


def _box_of_mapping(kind: str, said: Mapping[str, Any]) -> tuple[str, str, str, str]:
    if isinstance(new := said.get("new"), Mapping):
        published = new.get("published_on")
        return (
            "new",
            "",
            str(new.get("title", "")),
            period_from_json(published).in_words() if published else "",
        )
    if "new" in said:
        return f"new:{said['new']}", "", "", ""
    if "new_post" in said:
        return f"new post:{said['new_post']}", "", "", ""
    if "inquiry" in said:
        return f"inquiry:{said['inquiry']}", "", "", ""
    if "body" in said:
        post = f"post:{said['body']}:{said['post']}" if said.get("post") else f"body:{said['body']}"
        return post, "", "", ""
    if "on" in said:
        return "", period_from_json(said["on"]).in_words(), "", ""
    if {"words", "start", "end", "precision"} <= said.keys():
        return "", period_from_json(said).in_words() or "", "", ""
    return "", "", "", ""
