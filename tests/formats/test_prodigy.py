import io
import json

from al_desktop.core.events import Event, EventKind
from al_desktop.core.gold import everything_about, gold
from al_desktop.core.questions import Kind, Selection, Span, Text, text_key
from al_desktop.formats import prodigy
from al_desktop.formats.outgoing import Answered

CONTENT = "Aspirin and ibuprofen for fever."
TEXT = Text(text_key(CONTENT), CONTENT, {"ward": 7})
NAMES = {"DRUG": "Medicine", "DISEASE": "Disease"}


def row_of(kind: Kind, spans: list[Span]) -> dict[str, object]:
    event = Event(
        "0f" * 16,
        EventKind.HIGHLIGHT,
        everything_about(TEXT.key),
        "ada",
        1_700_000_000_000,
        selection=Selection("random", 0.25),
        gold=gold(NAMES, spans),
    )
    file = io.StringIO()
    assert prodigy.write(file, [Answered(TEXT, (), event, NAMES)], kind) == 1
    row: dict[str, object] = json.loads(file.getvalue())
    assert row["text"] == CONTENT
    assert row["answer"] == "accept"
    assert row["meta"] == {"ward": 7}
    assert row["_annotator_id"] == "ada"
    assert row["_is_binary"] is False
    own = row["al_desktop"]
    assert isinstance(own, dict)
    assert own["labels"] == ["Disease", "Medicine"]
    assert (own["strategy"], own["probability"]) == ("random", 0.25)
    return row


def test_a_highlighted_text_is_a_manual_row_with_all_its_spans() -> None:
    row = row_of(Kind.SPANS, [Span(12, 21, "DRUG"), Span(0, 7, "DRUG")])
    assert row["_view_id"] == "ner_manual"
    assert row["spans"] == [
        {"start": 0, "end": 7, "label": "Medicine"},
        {"start": 12, "end": 21, "label": "Medicine"},
    ]
    assert row_of(Kind.SPANS, [])["spans"] == []


def test_chosen_text_labels_are_a_choice_row() -> None:
    row = row_of(Kind.TEXTS, [Span(0, len(CONTENT), "DISEASE")])
    assert row["_view_id"] == "choice"
    assert row["accept"] == ["Disease"]
    assert row["options"] == [
        {"id": "Disease", "text": "Disease"},
        {"id": "Medicine", "text": "Medicine"},
    ]
    assert "spans" not in row
