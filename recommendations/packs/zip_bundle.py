"""All files of a frozen pack as one ZIP, with a manifest by which anybody can check them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

from recommendations.models import Pack
from recommendations.packs.data_table import table
from recommendations.packs.html import software_words
from recommendations.packs.values import Data

FIXED = (1980, 1, 1, 0, 0, 0)
"""The time of every entry, so that the same files give the same ZIP."""


def csv_bytes(content: Data) -> bytes:
    """Return the content as a table, for spreadsheets (UTF-8 with a byte order mark)."""
    text = io.StringIO()
    csv.writer(text).writerows(table(content))
    return text.getvalue().encode("utf-8-sig")


def json_bytes(content: Data, content_hash: str) -> bytes:
    """Return the whole content, with the hash of its canonical form."""
    body = {"content_hash": content_hash, "content": content}
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def bundle(pack: Pack) -> bytes:
    """Return the ZIP of a ready pack. Raise OSError if a stored file is missing."""
    name = pack.file_name
    files: list[tuple[str, bytes, str]] = [(f"{name}.pdf", _stored(pack.pdf), "The pack to read and print")]
    if pack.word:
        files.append((f"{name}.docx", _stored(pack.word), "The same as a Word document, to edit"))
    if pack.html:
        files.append((f"{name}.html", _stored(pack.html), "The same as a web page"))
    files += [
        (f"{name}.csv", csv_bytes(pack.content), "Its data as a table"),
        (f"{name}.json", json_bytes(pack.content, pack.content_hash), "Its data, whole"),
    ]
    manifest = _manifest(pack, files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in (
            ("MANIFEST.txt", _in_words(manifest).encode()),
            ("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode()),
            *((entry, data) for entry, data, _ in files),
        ):
            info = zipfile.ZipInfo(entry, date_time=FIXED)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def _stored(file: Any) -> bytes:
    with file.open("rb") as kept:
        return bytes(kept.read())


def _manifest(pack: Pack, files: list[tuple[str, bytes, str]]) -> dict[str, Any]:
    content = pack.content
    return {
        "title": content["title"],
        "meeting": content["meeting"]["name"],
        "held_on": content["meeting"]["held_on"],
        "edition": content["edition"]["label"],
        "version": content["number"],
        "issue": pack.issue_words or "version 1",
        "as_at": content["as_at"],
        "author": content["author"],
        "content_sha256": pack.content_hash,
        "made_with": pack.made_with,
        "files": [
            {"name": name, "what": what, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data, what in files
        ],
    }


def _in_words(manifest: dict[str, Any]) -> str:
    lines = [
        manifest["title"],
        f"{manifest['meeting']}, {manifest['held_on']}. {manifest['edition']}, {manifest['issue']}.",
        f"As at {manifest['as_at']}. Made by {manifest['author']}.",
        f"Made with {software_words(manifest['made_with'])}.",
        f"SHA-256 of the content: {manifest['content_sha256']}",
        "",
        "SHA-256 of each file; check them with: sha256sum --check --ignore-missing MANIFEST.txt",
        "",
        *(f"{file['sha256']}  {file['name']}" for file in manifest["files"]),
        "",
    ]
    return "\n".join(lines)
