"""What one JSON object says about its text, in the shapes other tools write.

Prodigy (binary, manual, choice, cats), doccano (label, labels, entities, annotations, cats), Label
Studio (JSON and JSON_MIN), spaCy's cats, and words with a tag each as in Hugging Face's datasets.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from al_desktop.core.questions import Answer
from al_desktop.formats.record import Annotation, BadLine, Record
from al_desktop.formats.tokens import align, annotate, is_tag

TEXT_KEYS = ("text", "data", "content", "sentence")
_TAG_KEYS = ("ner_tags", "tags", "labels", "ner")
_ADDRESS = ("http://", "https://", "s3://", "gs://", "/data/")


def read_object(value: object, line: int, text_key: str = "") -> Iterator[Record | BadLine]:
    """One text with its annotations; a BadLine for what is left out of it, or in its place."""
    if not isinstance(value, dict):
        yield BadLine(line, None, "not an object with a text")
        return
    fields = value["data"] if isinstance(value.get("data"), dict) else value
    found = _text_key(fields, text_key, nested=fields is not value)
    if found is None and not text_key and _is_words(value.get("tokens")):
        yield from _tagged(value, line)
        return
    if found is None:
        reason = f'no "{text_key or TEXT_KEYS[0]}"'
        if "pattern" in value:
            reason = "a pattern, not a text: it belongs to a label's patterns"
        yield BadLine(line, None, reason)
        return
    content = fields[found]
    if not isinstance(content, str):
        yield BadLine(line, None, f'"{found}" is not a text')
        return
    if not content.strip():
        yield BadLine(line, None, f'"{found}" is empty')
        return
    annotations = []
    # Most lines of large files hold a text and nothing else.
    said = () if value.keys() <= {found, "meta"} else _annotations(value, content)
    for annotation in dict.fromkeys(said):
        if isinstance(annotation, str):
            yield BadLine(line, None, annotation)
        else:
            annotations.append(annotation)
    meta = value.get("meta")
    yield Record(content, line, meta if isinstance(meta, dict) else {}, tuple(annotations))


def _text_key(fields: Mapping[str, Any], chosen: str, nested: bool) -> str | None:
    if chosen:
        return chosen if chosen in fields else None
    for key in TEXT_KEYS:
        if key in fields:
            return key
    if nested:
        # Label Studio's "data" names its text as its author liked; pictures are addresses.
        for key, value in fields.items():
            if isinstance(value, str) and " " in value.strip() and not value.startswith(_ADDRESS):
                return key
    return None


def _is_words(value: object) -> bool:
    return bool(value) and all(isinstance(word, str) for word in _list(value))


def _tagged(value: Mapping[str, Any], line: int) -> Iterator[Record | BadLine]:
    """Words, with a tag of IOB or the like for each."""
    words = value["tokens"]
    content, places = align(words)
    if not content.strip():
        yield BadLine(line, None, '"tokens" are empty')
        return
    key = next((key for key in _TAG_KEYS if isinstance(value.get(key), list)), "")
    tags = _list(value.get(key))
    annotations: tuple[Annotation, ...] = ()
    if len(tags) == len(words) and all(isinstance(tag, str) and is_tag(tag) for tag in tags):
        annotations = annotate(places, [tags])
    elif tags:
        yield BadLine(line, None, f'"{key}" holds no tag such as B-PER for each of the words')
    yield Record(content, line, {}, annotations)


def _annotations(value: Mapping[str, Any], content: str) -> Iterator[Annotation | str]:
    """Annotations, and sentences on those that can't be used."""
    annotator = _name(value.get("_annotator_id") or value.get("annotator"))
    at_ms = _prodigy_time(value.get("_timestamp")) or _time(value.get("created_at"))
    for found in _prodigy(value, content):
        yield _by(found, annotator, at_ms)
    for found in _doccano(value, content):
        yield _by(found, annotator, at_ms)
    for found in _label_studio(value, content):
        yield found


def _by(found: Annotation | str, annotator: str, at_ms: int | None) -> Annotation | str:
    if isinstance(found, str):
        return found
    by, when = found.annotator or annotator, at_ms if found.at_ms is None else found.at_ms
    return Annotation(found.label, found.start, found.end, found.answer, by, when)


def _prodigy(value: Mapping[str, Any], content: str) -> Iterator[Annotation | str]:
    answer = _answer(value.get("answer"), Answer.ACCEPT)
    spans = [span for span in _list(value.get("spans")) if isinstance(span, dict)]
    # By hand, a rejected or ignored text says nothing about any one of its spans.
    manual = "tokens" in value or value.get("_view_id") in ("ner_manual", "spans_manual")
    binary = bool(value.get("_is_binary")) or not manual
    for span in spans:
        own = _answer(span.get("answer"), answer)
        if own is Answer.ACCEPT or binary or "answer" in span:
            yield _span(content, span.get("start"), span.get("end"), span.get("label"), own)
    label = value.get("label")
    if isinstance(label, str) and not spans and label:
        yield Annotation(label, answer=answer)
    options = [option.get("id") for option in _list(value.get("options")) if _is_map(option)]
    chosen = _list(value.get("accept"))
    if options and answer is Answer.ACCEPT:
        for option in options:
            if isinstance(option, str | int):
                taken = Answer.ACCEPT if option in chosen else Answer.REJECT
                yield Annotation(str(option), answer=taken)
    if isinstance(value.get("cats"), dict):
        for category, score in value["cats"].items():
            if isinstance(score, int | float):
                taken = Answer.ACCEPT if score >= 0.5 else Answer.REJECT
                yield Annotation(category, answer=taken)


def _doccano(value: Mapping[str, Any], content: str) -> Iterator[Annotation | str]:
    for key in ("label", "labels", "entities", "cats", "annotations"):
        for item in _list(value.get(key)):
            if isinstance(item, str) and key != "entities":
                yield Annotation(item)
            elif isinstance(item, list) and len(item) == 3:
                yield _span(content, item[0], item[1], item[2])
            elif _is_map(item) and "start_offset" in item:
                found = _span(
                    content, item["start_offset"], item.get("end_offset"), item.get("label")
                )
                yield _by(found, _name(item.get("user")), None)
            elif _is_map(item) and key == "annotations" and "label" in item:
                yield Annotation(_label(item["label"]), annotator=_name(item.get("user")))
            elif _is_map(item) and "start" in item and key == "entities":
                yield _span(content, item["start"], item.get("end"), item.get("label"))


def _label_studio(value: Mapping[str, Any], content: str) -> Iterator[Annotation | str]:
    annotations = value.get("annotations") or value.get("completions")
    for annotation in _list(annotations):
        if not _is_map(annotation) or annotation.get("was_cancelled"):
            continue
        annotator = _name(annotation.get("completed_by"))
        at_ms = _time(annotation.get("created_at"))
        for result in _list(annotation.get("result")):
            if _is_map(result) and _is_map(result.get("value")):
                for found in _label_studio_value(result["value"], content):
                    yield _by(found, annotator, at_ms)
    annotator, at_ms = _name(value.get("annotator")), _time(value.get("created_at"))
    for key, flat in value.items():
        # JSON_MIN: each control under its own name.
        if key in ("annotations", "completions", "predictions", "data", "spans"):
            continue
        for item in _list(flat):
            if _is_map(item) and "labels" in item:
                for found in _label_studio_value(item, content):
                    yield _by(found, annotator, at_ms)
        if _is_map(flat) and isinstance(flat.get("choices"), list):
            for found in _label_studio_value(flat, content):
                yield _by(found, annotator, at_ms)


def _label_studio_value(value: Mapping[str, Any], content: str) -> Iterator[Annotation | str]:
    for choice in _list(value.get("choices")):
        yield Annotation(_label(choice))
    for label in _list(value.get("labels")):
        start, end, words = value.get("start"), value.get("end"), value.get("text")
        if type(start) is not int or type(end) is not int:
            yield f"a span from {start!r} to {end!r}"[:100]
            continue
        if isinstance(words, str) and content[start:end] != words:
            # Counted in JavaScript's UTF-16 units, of which an emoji has two.
            start, end = _from_utf16(content, start), _from_utf16(content, end)
            if content[start:end] != words:
                yield f"the span {words[:40]!r} is not at its place in the text"
                continue
        yield _span(content, start, end, label)


def _from_utf16(content: str, offset: int) -> int:
    units = content.encode("utf-16-le", "surrogatepass")[: 2 * offset]
    return len(units.decode("utf-16-le", "replace"))


def _span(
    content: str, start: object, end: object, label: object, answer: Answer = Answer.ACCEPT
) -> Annotation | str:
    name = _label(label)
    if type(start) is not int or type(end) is not int:
        return f"a span from {start!r} to {end!r}"[:100]
    if not 0 <= start < end <= len(content):
        return f"the span from {start} to {end} is not within the text of {len(content)} characters"
    if not name:
        return f"the span from {start} to {end} has no label"
    return Annotation(name, start, end, answer)


def _is_map(value: object) -> bool:
    return isinstance(value, dict)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _label(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _answer(value: object, default: Answer) -> Answer:
    return Answer(value) if value in ("accept", "reject", "ignore") else default


def _name(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("email") or value.get("id")
    return _label(value)


def _prodigy_time(value: object) -> int | None:
    """Prodigy counts seconds."""
    if isinstance(value, int | float) and 0 < value < 1e11:
        return int(value * 1000)
    return None


def _time(value: object) -> int | None:
    if not isinstance(value, str):
        return None
    try:
        return int(datetime.fromisoformat(value).timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None
