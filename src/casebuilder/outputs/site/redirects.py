"""Old addresses of cases, each a page that leads on to the new one, without a script and without a server's help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model import File
from casebuilder.wording import Words
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Series


def render(public: Series) -> Iterator[File]:
    """A page for each alias of each case, below `cases/`; a file and no Markdown, so that no sitemap lists it."""
    for case in public.cases:
        say = Words(case.language or public.language, public.zone)
        template = environment("outputs.site", say.language).get_template("moved.html")
        for alias in case.aliases:
            name = old_name(alias)
            here = f"{'../' * (name.count('/') + 1)}{case.slug}/"
            html = template.render(series=public, case=case, say=say, here=here)
            yield File(f"cases/{name}/index.html", f"{html}\n".encode())


def old_name(alias: str) -> str:
    """The name below `cases/` that an alias means, however much of the address it was written with."""
    return alias.strip("/").removeprefix("cases/")
