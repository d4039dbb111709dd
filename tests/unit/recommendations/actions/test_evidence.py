"""What an uploaded file really is, and what people do with evidence."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from recommendations.actions import updates
from recommendations.actions.base import ActionDenied
from recommendations.actions.evidence import add_document, add_evidence, remove_evidence, replace_evidence
from recommendations.lifecycle import Visibility
from recommendations.models import Evidence, Membership
from recommendations.utils import file_types
from tests.factories import NOON, fresh

MB = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"


def png() -> bytes:
    def chunk(word: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + word + data + struct.pack(">I", zlib.crc32(word + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def word() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def excel() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def zipped(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def identify(data: bytes, name: str = "file", limit: int = 5 * MB) -> file_types.Identified:
    return file_types.identify(io.BytesIO(data), name, limit=limit)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PDF, "a.pdf", file_types.PDF),
        (b"\n" + PDF, "a.pdf", file_types.PDF),
        (b"\xef\xbb\xbf\r\n  \r\n" + PDF, "b.pdf", file_types.PDF),
        (PDF + b"\0" * 3000, "c.pdf", file_types.PDF),
        (PDF + b"% a remark\n" * 300, "d.pdf", file_types.PDF),
        (PDF.replace(b"<<>>", b"<</Title (How <html lang> and <script> work)>>"), "e.pdf", file_types.PDF),
        (PDF + b"2 0 obj\n<</Title (<html>)>>\nendobj\nstartxref\n0\n%%EOF\n", "f.pdf", file_types.PDF),
        (png(), "a.png", file_types.PNG),
        (
            b"\xff\xd8\xff\xe1\0\x20How <html> works\xff\xda" + b"\0" * 9 + b"\xff\xd9",
            "b.jpg",
            file_types.JPEG,
        ),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9", "a.jpg", file_types.JPEG),
        (b"GIF89a" + b"\0" * 20 + b"\x3b", "a.gif", file_types.GIF),
        (b"RIFF" + struct.pack("<I", 20) + b"WEBPVP8 " + b"\0" * 12, "a.webp", file_types.WEBP),
        (word(), "a.docx", file_types.DOCX),
        (excel(), "a.xlsx", file_types.XLSX),
        (zipped({"mimetype": file_types.ODT.content_type, "content.xml": "<x/>"}), "a.odt", file_types.ODT),
        (zipped({"mimetype": file_types.ODS.content_type, "content.xml": "<x/>"}), "a.ods", file_types.ODS),
        ("name,count\nCafé,3\n".encode(), "a.csv", file_types.CSV),
        ("\ufeffPlain words".encode(), "a.txt", file_types.TEXT),
        (b"<5,12\n<5,7\n", "b.csv", file_types.CSV),
        ("\ufeff<10;\u201312\n".encode(), "c.csv", file_types.CSV),
        (b"<LOD,3\n", "d.csv", file_types.CSV),
        (b"< 5 pupils\n", "b.txt", file_types.TEXT),
        (b"MZ, BM and ID3 are codes.\n", "c.txt", file_types.TEXT),
        (b"PK begins an archive, and <html> a page.\n", "d.txt", file_types.TEXT),
        (b"A PDF begins with\n%PDF-1.7\nand ends with %%EOF.\n", "e.txt", file_types.TEXT),
        (b"begins,ends\n%PDF-1.7,%%EOF\n", "e.csv", file_types.CSV),
        (b"begins,ends\n%PDF-1.7,\n", "f.csv", file_types.CSV),
    ],
)
def test_a_kind_is_known_by_its_content(data, name, kind):
    known = identify(data, name)
    assert known.kind == kind
    assert known.size == len(data)
    assert known.name == name


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png"),
        (b"\xef\xbb\xbf  <!doctype html><p>hello", "a.txt"),
        (b"MZ\x90\0\x03", "a.pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc"),
        ("caf\xe9".encode("latin-1"), "a.csv"),
        (zipped({"a.txt": "x"}), "a.zip"),
        (zipped({"a.txt": "x"}), "a.docx"),
        (b"", "a.txt"),
        (b"PK\x03\x04 not a zip at all", "a.docx"),
        (word()[:-30], "a.docx"),
        (PDF[:20], "a.pdf"),
        (png()[:-4], "a.png"),
        (b"text with \0 in it", "a.txt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_kinds_are_refused_with_what_to_do(data, name):
    with pytest.raises(file_types.RejectedUpload) as refusal:
        identify(data, name)
    assert str(refusal.value)


def ole(*names: str) -> bytes:
    """A file in the format of old Office, with these names in its directory, behind 100 kB of content."""
    sectors = 200
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 22 + struct.pack("<H", 9) + b"\0" * 16
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    return (head + struct.pack("<I", sectors)).ljust(512, b"\0") + b"\0" * 512 * sectors + directory


@pytest.mark.parametrize(
    ("data", "name", "advice"),
    [
        (ole("Root Entry", "__nameid_version1.0", "__substg1.0_001A001F"), "a.msg", "E-mails are not taken"),
        (ole("Root Entry", "__substg1.0_001A001F"), "a", "E-mails are not taken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.msg", "E-mails are not taken"),
        (ole("Root Entry", "EncryptedPackage"), "a.docx", "locked with a password"),
        (ole("Root Entry", "WordDocument"), "a.doc", "Old Office files"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a.heic", "Save them as JPEG"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "a.jpg", "Save them as JPEG"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "a.avif", "Save them as JPEG"),
        (b"\0\0\0\x18ftypqt  \0\0\0\0", "a.mov", "Films and sound"),
        (b"II*\0\x08\0\0\0", "a.tif", "JPEG or PNG"),
        (b"{\\rtf1\\ansi Hello}", "a.doc", "DOCX or PDF"),
        (b"%!PS-Adobe-3.0\n", "a.ps", "as PDF"),
        ("name,count\n".encode("utf-16"), "a.csv", "UTF-8"),
        ("\ufeffname\n".encode("utf-16-be"), "a", "UTF-8"),
        (b"PK\x05\x06" + b"\0" * 18, "a.zip", "Archives"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "a.7z", "Archives"),
        (b"<p>5</p>", "a.txt", "marked-up"),
        (b"<?xml version='1.0'?><svg/>", "a.csv", "marked-up"),
        (b"\n\n <!-- -->", "a.txt", "marked-up"),
        (b"From: x\n%PDF-1.7\n1 0 obj\n%%EOF", "a.pdf", "damaged"),
        (b"%PDF-1.7\n1 0 obj\n", "a.txt", "damaged"),
        (b"\xff\xd8\xff\xe0\n%PDF-1.7\n%%EOF\xff\xd9", "a.jpg", "damaged"),
        (b"\0\1\2\n" + PDF, "a.bin", "damaged"),
        (PDF + b"\n<html><script>1</script>", "a.pdf", "another file hidden"),
        (PDF + b"<html>\n%%EOF\n", "a.pdf", "another file hidden"),
        (PDF + b"\0" * 3000 + zipped({"a": "b"}), "a.pdf", "another file hidden"),
        (PDF + zipped({"a": "b"}) + b"%%EOF\n", "a.pdf", "another file hidden"),
        (b"GIF89a/*" + b"<script>1</script>" + b"*/=1;", "a.gif", "another file hidden"),
        (b"\xff\xd8\xff\xda" + b"\0" * 9 + b"\xff\xd9<html>", "a.jpg", "another file hidden"),
    ],
)
def test_the_refusal_says_what_to_do_instead(data, name, advice):
    with pytest.raises(file_types.RejectedUpload, match=advice):
        identify(data, name)


def test_the_refusal_lists_the_kinds_that_are_taken():
    with pytest.raises(file_types.RejectedUpload, match=r"PDF, Word \(DOCX\).* or WebP"):
        identify(b"<svg/>", "a.svg")


def test_two_files_in_one_are_refused():
    for data in (
        PDF + zipped({"a": "b"}),
        png() + zipped({"a": "b"}),
        word() + b"<script>",
        PDF + b"<script>1</script>",
    ):
        with pytest.raises(file_types.RejectedUpload):
            identify(data)


def test_a_zip_bomb_is_refused_without_being_opened():
    bomb = zipped(
        {"[Content_Types].xml": file_types.DOCX.content_type + ".main+xml", "word/a": b"\0" * 30 * MB}
    )
    with pytest.raises(file_types.RejectedUpload, match="far too large"):
        identify(bomb, "a.docx")


def test_macros_are_refused():
    with pytest.raises(file_types.RejectedUpload, match="macros"):
        identify(
            zipped(
                {
                    "[Content_Types].xml": file_types.DOCX.content_type + ".main+xml",
                    "word/vbaProject.bin": "x",
                }
            )
        )


@pytest.mark.parametrize(
    "content_types",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
        file_types.DOCX.content_type + ".main+xml application/vnd.ms-office.vbaProject",
    ],
)
def test_macros_under_another_name_are_refused(content_types):
    with pytest.raises(file_types.RejectedUpload, match="macros"):
        identify(zipped({"[Content_Types].xml": content_types, "word/hidden.bin": "x"}), "a.docx")


def test_too_large_a_file_is_refused():
    with pytest.raises(file_types.RejectedUpload, match="smaller than 1 MB"):
        identify(b"a" * (MB + 1), "a.txt", limit=MB)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("..\\..\\C:\\Report.PDF", "Report.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\u202efdp.exe", "a fdp.pdf"),
        ('na"me\r\n.pdf', "name.pdf"),
        ("photo.html", "photo.pdf"),
        ("v1.2 final", "v1.2 final.pdf"),
        ("", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned(typed, kept):
    assert file_types.clean_name(typed, file_types.PDF) == kept


# ------------------------------------------------------------------ actions


def upload(data: bytes = PDF, name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def draft(cast):
    return cast.draft(cast.assignment())


def test_a_file_is_kept_with_its_hash_and_its_true_type(cast, draft):
    piece = add_evidence(by=cast.olive, update=draft, title="Report", file=upload(name="report.exe"))
    assert piece.file_name == "report.pdf"
    assert piece.content_type == "application/pdf"
    assert len(piece.sha256) == 64
    with piece.file.open("rb") as kept:
        assert kept.read() == PDF


def test_a_link_is_kept(cast, draft):
    piece = add_evidence(by=cast.olive, update=draft, title="Minutes", url="https://example.org/minutes")
    assert piece.url == "https://example.org/minutes"


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"title": "", "url": "https://example.org"}, "title"),
        ({"title": "Both", "url": "https://example.org", "file": upload()}, "url"),
        ({"title": "Neither"}, "file"),
        ({"title": "Script", "url": "javascript:alert(1)"}, "url"),
        ({"title": "Local", "url": "file:///etc/passwd"}, "url"),
        ({"title": "Broken", "url": "https://exa mple"}, "url"),
        ({"title": "Picture", "file": upload(b"<svg/>", "a.svg")}, "file"),
        ({"title": "Secret", "file": upload(), "visibility": "exempt"}, "exempt_paragraphs"),
        (
            {"title": "Secret", "file": upload(), "visibility": "exempt", "exempt_paragraphs": [3]},
            "public_summary",
        ),
    ],
)
def test_bad_evidence_is_refused_at_its_box(cast, draft, details, field):
    with pytest.raises(ActionDenied) as refusal:
        add_evidence(by=cast.olive, update=draft, **details)
    assert refusal.value.field == field
    assert not draft.evidence.exists()


def test_exempt_evidence_has_its_paragraphs_and_summary(cast, draft):
    piece = add_evidence(
        by=cast.olive,
        update=draft,
        title="Contract",
        file=upload(),
        visibility=Visibility.EXEMPT,
        exempt_paragraphs=[3],
        public_summary="A contract is not published.",
    )
    assert piece.is_exempt


def test_another_body_may_not_add(cast, draft):
    with pytest.raises(PermissionDenied):
        add_evidence(by=cast.pat, update=draft, title="X", url="https://example.org")


def test_removing_takes_the_file_away_and_leaves_a_copy_of_the_same_file(
    cast, draft, django_capture_on_commit_callbacks
):
    first = add_evidence(by=cast.olive, update=draft, title="One", file=upload())
    second = add_evidence(by=cast.olive, update=draft, title="Two", file=upload())
    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(by=cast.olive, evidence=first)
    assert not default_storage.exists(str(first.file.name))
    assert default_storage.exists(str(second.file.name))


def test_evidence_of_a_submitted_update_stays(cast, draft):
    piece = add_evidence(by=cast.olive, update=draft, title="One", url="https://example.org")
    updates.submit_update(by=cast.olive, update=draft)
    draft.refresh_from_db()
    with pytest.raises(ActionDenied):
        remove_evidence(by=cast.olive, evidence=piece)
    with pytest.raises(ActionDenied):
        add_evidence(by=cast.olive, update=draft, title="Late", url="https://example.org")


def test_throwing_a_draft_away_takes_its_files_away(cast, draft, django_capture_on_commit_callbacks):
    piece = add_evidence(by=cast.olive, update=draft, title="One", file=upload())
    with django_capture_on_commit_callbacks(execute=True):
        updates.discard_draft(by=cast.olive, update=draft)
    assert not default_storage.exists(str(piece.file.name))


class TestOnTheRecord:
    """Once people may have read it, evidence is replaced and never changed."""

    @pytest.fixture
    def piece(self, cast, draft, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            add_evidence(by=cast.olive, update=draft, title="Report", file=upload())
            updates.publish_update(by=cast.ada, update=updates.submit_update(by=cast.olive, update=draft))
        return draft.evidence.get()

    def replace(self, by, piece, **details):
        details = {
            "reason": "Two pages were missing",
            "title": "Report",
            "url": "https://example.org/r",
            **details,
        }
        return replace_evidence(by=by, evidence=piece, **details)

    def test_the_approver_replaces_it_and_the_earlier_one_is_kept(self, cast, piece):
        newer = self.replace(cast.ada, piece)
        piece.refresh_from_db()
        assert piece.replaced_by == newer
        assert newer.replacement_reason == "Two pages were missing"
        assert default_storage.exists(piece.file.name)
        assert list(Evidence.objects.filter(update=piece.update).current()) == [newer]

    def test_the_committees_officer_replaces_it(self, cast, piece):
        assert self.replace(cast.sam, piece).added_by == cast.sam

    @pytest.mark.parametrize("who", ["olive", "pat", "oscar", "colin", "carla", "admin", "nobody"])
    def test_nobody_else_does(self, cast, piece, who):
        with pytest.raises(PermissionDenied):
            self.replace(getattr(cast, who), piece)

    @pytest.mark.parametrize(
        ("details", "field"),
        [
            ({"reason": " "}, "reason"),
            ({"title": ""}, "title"),
            ({"url": ""}, "file"),
            ({"url": "ftp://example.org"}, "url"),
            ({"visibility": Visibility.EXEMPT}, "exempt_paragraphs"),
        ],
    )
    def test_what_is_missing_is_told_at_its_box(self, cast, piece, details, field):
        with pytest.raises(ActionDenied) as told:
            self.replace(cast.ada, piece, **details)
        assert told.value.field == field

    def test_only_once(self, cast, piece):
        self.replace(cast.ada, piece)
        with pytest.raises(ActionDenied, match="replaced already"):
            self.replace(cast.ada, piece)

    def test_not_while_the_update_is_written(self, cast, draft):
        piece = add_evidence(by=cast.olive, update=draft, title="Report", url="https://example.org/r")
        with pytest.raises(ActionDenied, match="not published yet"):
            self.replace(cast.ada, piece)

    def test_exempt_evidence_only_with_the_right_to_it(self, cast, draft):
        add_evidence(
            by=cast.olive,
            update=draft,
            title="Contract",
            url="https://example.org/c",
            visibility=Visibility.EXEMPT,
            exempt_paragraphs=[3],
            public_summary="A contract is withheld.",
        )
        updates.publish_update(by=cast.ada, update=updates.submit_update(by=cast.olive, update=draft))
        piece = draft.evidence.get()
        Membership.objects.filter(user=cast.sam).update(sees_exempt=False)
        with pytest.raises(ActionDenied, match="no right to this exempt evidence"):
            self.replace(fresh(cast.sam), piece)

    def test_the_database_lets_no_other_hand_at_it(self, cast, piece):
        newer = self.replace(cast.ada, piece)
        for change in ({"title": "Other"}, {"replaced_by": None}, {"replaced_by": newer}):
            with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
                Evidence.objects.filter(pk=piece.pk).update(added_at=NOON, **change)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            Evidence.objects.filter(pk=newer.pk)._raw_delete("default")

    def test_a_response_takes_the_letter_and_keeps_it(self, cast, draft):
        response = cast.response(draft.assignment)
        letter = add_document(by=cast.sam, to=response, title="Letter", file=upload())
        with pytest.raises(ActionDenied, match="only be replaced"):
            remove_evidence(by=cast.sam, evidence=letter)
        assert self.replace(cast.ada, letter).response == response

    def test_sent_twice_it_is_there_once(self, cast, draft):
        response = cast.response(draft.assignment)

        def letter(title="The letter"):
            return {"title": title, "file": upload()}

        first = add_document(by=cast.sam, to=response, **letter())
        with pytest.raises(ActionDenied, match="there already") as refused:
            add_document(by=cast.sam, to=response, **letter())
        assert refused.value.field == "file"
        assert Evidence.objects.get() == first
        with pytest.raises(ActionDenied, match="there already"):
            replace_evidence(by=cast.sam, evidence=first, reason="Another", **letter())
        assert add_document(by=cast.sam, to=response, **letter("The second letter"))

    def test_an_inquirys_documents_are_removed_until_it_is_published(self, cast):
        inquiry = cast.inquiry()
        paper = add_document(by=cast.sam, to=inquiry, title="Paper", url="https://example.org/p")
        remove_evidence(by=cast.sam, evidence=paper)
        report = add_document(by=cast.sam, to=inquiry, title="Report", url="https://example.org/p")
        cast.recommendation(inquiry)
        cast.publish(inquiry)
        with pytest.raises(ActionDenied, match="only be replaced"):
            remove_evidence(by=cast.sam, evidence=report)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            report.delete()
        assert self.replace(cast.sam, report).inquiry == inquiry

    def test_an_inquiry_holds_nothing_exempt(self, cast):
        with pytest.raises(ActionDenied, match="nothing exempt"):
            add_document(
                by=cast.sam,
                to=cast.inquiry(),
                title="Paper",
                url="https://example.org/p",
                visibility=Visibility.EXEMPT,
                exempt_paragraphs=[3],
                public_summary="Withheld.",
            )

    def test_other_committees_officers_add_nothing(self, cast):
        with pytest.raises(PermissionDenied):
            add_document(by=cast.oscar, to=cast.inquiry(), title="Paper", url="https://example.org/p")
