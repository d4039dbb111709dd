import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recommendations.lifecycle import PackState
from recommendations.models import Pack
from recommendations.packs.content import content_hash
from recommendations.packs.output import refuse_unwritable, write_whole
from recommendations.packs.pdf.document import made_with, make_pdf
from recommendations.packs.pdf.render import RenderError


class Command(BaseCommand):
    help = (
        "Prints a frozen pack again, from the content stored with it and never from the record, and says whether the"
        " file has the same bytes as the one that was kept. The pack stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--pack", type=int, required=True, help="the pack's id, the number in its address"
        )
        parser.add_argument("--output", type=Path, required=True, help="the PDF file to write")

    def handle(self, *, pack: int, output: Path, **_options: Any) -> None:
        row = Pack.objects.filter(pk=pack, state=PackState.READY).first()
        if row is None:
            raise CommandError(f"There is no frozen pack {pack}. Its id is the number in its address.")
        refuse_unwritable(output)
        if content_hash(row.content) != row.content_hash:
            raise CommandError(
                f"The stored content of pack {pack} does not have the hash {row.content_hash} that was stored with"
                " it: it is not what was frozen. Nothing was printed. Restore it from a backup."
            )
        try:
            printed = make_pdf(row.content, content_hash=row.content_hash, made_with=row.made_with)
        except RenderError as problem:
            raise CommandError(f"{problem}.") from problem
        write_whole(output, printed.data)
        found = hashlib.sha256(printed.data).hexdigest()
        self.stdout.write(f"{output}: {printed.pages} pages, SHA-256 {found}")
        self.stdout.write(f"The content has its hash, {row.content_hash}.")
        self.stdout.write(_verdict(row, found))


def _verdict(pack: Pack, found: str) -> str:
    if found == pack.pdf_hash:
        return "The file is identical to the one that was kept, byte for byte."
    here = made_with()
    other = [
        f"{name} {pack.made_with.get(name, 'none')} then, {here.get(name, 'none')} now"
        for name in dict.fromkeys([*pack.made_with, *here])
        if pack.made_with.get(name) != here.get(name)
    ]
    why = "; ".join(other) or "its settings, such as its colour or its typefaces, are not those of then"
    return (
        f"The bytes differ from the file that was kept, SHA-256 {pack.pdf_hash}. The content is the same; the software"
        f" is not: {why}."
    )
