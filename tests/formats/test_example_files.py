"""Every file under ../shared/formats, and what it holds.

Looked through by hand against the README there, not only recorded: the counts of tokens' spans
equal those of the files' own B- and S- tags, the DocBins' what spaCy reads, the tables' rows what
a spreadsheet shows.
"""

from pathlib import Path

import pytest

from al_desktop.core.questions import Answer
from al_desktop.formats import READERS, BadLine, Record, Source, reader_for

FORMATS = Path(__file__).parents[3] / "shared" / "formats"
needs_formats = pytest.mark.skipif(
    not FORMATS.is_dir(), reason="the folder of example formats is not here"
)

# file, format found out, texts, bad lines, spans, labels of whole texts, accepted of both, labels
TABLE = """
brat/S0004-06142006000500012-1.ann brat 1 0 17 0 17 11
brat/S0004-06142006000500012-1.txt text 25 0 0 0 0 0
brat/S0004-06142006000600012-1.ann brat 1 0 16 0 16 12
brat/S0004-06142006000600012-1.txt text 22 0 0 0 0 0
conll/bc5cdr_iobes.tsv conll 113 0 227 0 227 2
conll/europeana_de_ocr_no_sentences.bio conll 14 1 115 0 115 4
conll/litbank_nested_5_columns.tsv conll 45 0 178 0 178 5
conll/sec_iob1_pos_docstart.txt conll 51 0 69 0 69 4
conll/spacy_sent_per_line.iob conll 2 0 7 0 7 4
conll/spacy_token_per_line.iob conll 1 0 7 0 7 4
conll/spacy_token_per_line_conll2003.iob conll 2 0 7 0 7 4
conll/stackoverflow_4_columns.txt conll 172 0 177 0 177 20
conll/uner_zh_iob2_comments.iob2 conll 93 0 106 0 106 3
conll/webanno_tsv3_ne.tsv webanno 1 0 2 0 2 2
conll/wnut17_dev_iob2_tabs.conll conll 187 0 176 0 176 6
conll/xsid_ar_slots_intents.conll conll 90 0 121 0 121 7
csv/arsarcasm_ar.csv csv 199 0 0 0 0 0
csv/banking77_test_quoted_newlines.csv csv 399 0 0 0 0 0
csv/frictionless_accent.csv csv 2 0 0 0 0 0
csv/frictionless_ascii-notvalid.csv csv 1 0 0 0 0 0
csv/frictionless_blank-headers.csv csv 2 0 0 0 0 0
csv/frictionless_blank-rows.csv csv 2 0 0 0 0 0
csv/frictionless_bom.csv csv 2 0 0 0 0 0
csv/frictionless_defective-rows.csv csv 1 1 0 0 0 0
csv/frictionless_delimiter.csv csv 2 0 0 0 0 0
csv/frictionless_doublequote.csv csv 5 0 0 0 0 0
csv/frictionless_duplicate-headers.csv csv 2 0 0 0 0 0
csv/frictionless_empty.csv csv 0 0 0 0 0 0
csv/frictionless_encoding-issue-274.csv csv 507 0 0 0 0 0
csv/frictionless_escaping.csv csv 3 0 0 0 0 0
csv/frictionless_issue-1109.csv csv 4 0 0 0 0 0
csv/frictionless_latin1.csv csv 2 0 0 0 0 0
csv/gen_cp1252_semicolon_excel_de.csv csv 122 0 0 0 0 0
csv/gen_latin1.csv csv 122 0 0 0 0 0
csv/gen_no_header.csv csv 122 0 0 0 0 0
csv/gen_old_mac_cr.csv csv 122 0 0 0 0 0
csv/gen_quote_all_lf.csv csv 122 0 0 0 0 0
csv/gen_utf16be_bom.csv csv 122 0 0 0 0 0
csv/gen_utf16le_bom_tabs_excel_unicode_text.txt csv 122 0 0 0 0 0
csv/gen_utf16le_no_bom.csv csv 122 0 0 0 0 0
csv/gen_utf8_bom_excel.csv csv 122 0 0 0 0 0
csv/meddocan_iaa_semicolon.csv csv 101 0 0 0 0 0
csv/sms.tsv csv 5574 0 0 0 0 0
csv/spectrum_comma_in_quotes.csv csv 1 0 0 0 0 0
csv/spectrum_empty.csv csv 2 0 0 0 0 0
csv/spectrum_empty_crlf.csv csv 2 0 0 0 0 0
csv/spectrum_escaped_quotes.csv csv 2 0 0 0 0 0
csv/spectrum_json.csv csv 1 0 0 0 0 0
csv/spectrum_newlines.csv csv 3 0 0 0 0 0
csv/spectrum_newlines_crlf.csv csv 3 0 0 0 0 0
csv/spectrum_quotes_and_newlines.csv csv 2 0 0 0 0 0
csv/spectrum_simple.csv csv 1 0 0 0 0 0
csv/spectrum_simple_crlf.csv csv 1 0 0 0 0 0
csv/spectrum_utf8.csv csv 2 0 0 0 0 0
csv/tasteset_two_columns.csv csv 62 0 0 0 0 0
docbin/healthsea_clausecat_dev.spacy docbin 1243 0 0 4972 1240 4
docbin/healthsea_ner_dev.spacy docbin 1253 0 762 0 762 2
docbin/wnut17_300_ents_spans_cats_GENERATED.spacy docbin 300 0 281 300 485 7
doccano/export/bsner_setswana_admin.jsonl jsonl 454 0 444 0 444 7
doccano/export/classification_classification.csv csv 3 0 0 0 0 0
doccano/export/classification_classification.jsonl jsonl 3 0 0 3 3 2
doccano/export/entities_with_ids_GENERATED.jsonl jsonl 50 0 47 0 47 6
doccano/export/old_annotations_numeric_labels_GENERATED.jsonl jsonl 50 0 47 0 47 6
doccano/export/seq2seq_seq2seq.csv csv 3 0 0 0 0 0
doccano/export/seq2seq_seq2seq.jsonl jsonl 3 0 0 0 0 0
doccano/import/example.txt text 3 0 0 0 0 0
doccano/import/example.utf16.csv csv 3 0 0 0 0 0
doccano/import/intent_example.jsonl jsonl 4 1 2 2 4 2
doccano/import/relation_extraction_example.jsonl jsonl 1 0 4 0 4 3
doccano/import/seq2seq_example.csv csv 2 1 0 0 0 0
doccano/import/seq2seq_example.json json 2 2 0 1 1 1
doccano/import/seq2seq_example.jsonl jsonl 2 2 0 1 1 1
doccano/import/sequence_labeling_example.conll conll 2 0 2 0 2 2
doccano/import/sequence_labeling_example.jsonl jsonl 2 1 1 0 1 1
doccano/import/sequence_labeling_example_overlapping.jsonl jsonl 1 0 1 0 1 1
doccano/import/text_classification_example.csv csv 2 1 0 0 0 0
doccano/import/text_classification_example.invalid.2.csv csv 2 1 0 0 0 0
doccano/import/text_classification_example.invalid.2.xlsx xlsx 2 1 0 0 0 0
doccano/import/text_classification_example.json json 3 1 0 3 3 2
doccano/import/text_classification_example.jsonl jsonl 3 0 0 3 3 2
doccano/import/text_classification_example.xlsx xlsx 2 1 0 0 0 0
doccano/import/text_classification_example_fasttext.txt fasttext 3 1 0 3 3 2
doccano/import/text_classification_example_one_column_no_header.xlsx xlsx 3 0 0 0 0 0
doccano/import/text_classification_example_out_of_order_columns.csv csv 2 1 0 0 0 0
jsonl/broken_rows_GENERATED.jsonl jsonl 10 8 2 0 2 2
jsonl/utf8_bom_crlf_GENERATED.jsonl jsonl 20 0 0 20 20 3
label_studio/ner_export_GENERATED.json json 60 0 57 0 57 5
label_studio/ner_export_min_GENERATED.json json 60 0 61 0 61 5
label_studio/previous_export_single_object.json json 0 1 0 0 0 0
label_studio/test_export_csv_csv_test.json json 2 0 0 0 0 0
label_studio/test_export_csv_csv_test2.json json 1 0 0 1 1 1
label_studio/test_export_csv_csv_test2_result.csv csv 1 0 0 0 0 0
label_studio/test_export_json_min_data.json json 0 1 0 0 0 0
label_studio/text_with_2_predictions.json json 1 0 0 0 0 0
prodigy/choice_single.jsonl jsonl 150 0 0 600 150 4
prodigy/ner_manual_no_spans_key.jsonl jsonl 80 0 40 0 40 1
prodigy/ner_manual_tokens.jsonl jsonl 60 0 54 0 54 3
prodigy/ner_teach_binary.jsonl jsonl 1800 0 1826 0 447 1
prodigy/patterns_bio_with_ops.jsonl jsonl 0 1 0 0 0 0
prodigy/patterns_countries_GPE.jsonl jsonl 0 1010 0 0 0 0
prodigy/patterns_fashion.jsonl jsonl 0 100 0 0 0 0
prodigy/patterns_food.jsonl jsonl 0 209 0 0 0 0
prodigy/raw_issues_input.jsonl jsonl 120 0 0 0 0 0
prodigy/relations.jsonl jsonl 8 0 30 0 30 1
prodigy/spacy_textcat_cats.jsonl jsonl 60 0 0 660 109 11
prodigy/textcat_teach_binary.jsonl jsonl 829 0 0 829 261 1
yedda/EnglishDemo.txt.ann yedda 60 0 48 0 48 4
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]


def records(name: str) -> tuple[str, list[Record], list[BadLine]]:
    path = FORMATS / name
    reader = reader_for(path)
    with Source(path) as source:
        found = list(reader.read(source))
        # The packed ones are opened by their own readers.
        assert source.done_bytes in (source.total_bytes, 0)
    (known_as,) = [key for key, known in READERS.items() if known is reader]
    texts = [one for one in found if isinstance(one, Record)]
    return known_as, texts, [one for one in found if isinstance(one, BadLine)]


@needs_formats
@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_every_file_is_read_as_expected(row: list[str]) -> None:
    name, expected_format, *expected = row
    found_format, texts, bad = records(name)
    annotations = [one for text in texts for one in text.annotations]
    spans = [one for one in annotations if one.start is not None]
    assert found_format == expected_format
    assert [
        len(texts),
        len(bad),
        len(spans),
        len(annotations) - len(spans),
        sum(one.answer is Answer.ACCEPT for one in annotations),
        len({one.label for one in annotations}),
    ] == list(map(int, expected))
    for line in bad:
        assert line.line > 0
        assert line.reason
    for text in texts:
        for one in text.annotations:
            if one.start is not None and one.end is not None:
                assert 0 <= one.start < one.end <= len(text.content)


@needs_formats
def test_no_file_is_forgotten() -> None:
    files = {str(path.relative_to(FORMATS)) for path in FORMATS.rglob("*") if path.is_file()}
    assert files - {"README.md"} == {row[0] for row in ROWS}


@needs_formats
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("conll/bc5cdr_iobes.tsv", {"secondary hyperparathyroidism": "Disease"}),
        ("conll/sec_iob1_pos_docstart.txt", {"Silicium de Provence SAS": "ORG"}),
        ("conll/litbank_nested_5_columns.tsv", {"Sir": "PER", "Sir Walter Elliot": "PER"}),
        ("conll/uner_zh_iob2_comments.iob2", {"人文大樓": "LOC"}),
        ("conll/xsid_ar_slots_intents.conll", {"اليوم": "datetime"}),
        ("conll/spacy_sent_per_line.iob", {"Sebastian Thrun": "PERSON"}),
        ("conll/webanno_tsv3_ne.tsv", {"Champions League": "ORGpart"}),
        ("brat/S0004-06142006000500012-1.ann", {"varón": "SEXO_SUJETO_ASISTENCIA"}),
        ("yedda/EnglishDemo.txt.ann", {"North Korea": "Location"}),
        ("label_studio/ner_export_GENERATED.json", {"Rick and Morty": "creative-work"}),
        ("label_studio/ner_export_min_GENERATED.json", {"emma": "person"}),
        ("docbin/healthsea_ner_dev.spacy", {"acid reflux": "CONDITION"}),
        ("doccano/export/bsner_setswana_admin.jsonl", {"Tatitown": "LOC"}),
        ("doccano/import/relation_extraction_example.jsonl", {"Sergey Brin": "PERSON"}),
        ("prodigy/ner_manual_tokens.jsonl", {"Silicon Valley": "LOCATION"}),
    ],
)
def test_spans_are_where_they_belong(name: str, words: dict[str, str]) -> None:
    _, texts, _ = records(name)
    found = {
        text.content[one.start : one.end]: one.label
        for text in texts
        for one in text.annotations
        if one.start is not None
    }
    assert words.items() <= found.items()


@needs_formats
def test_all_encodings_hold_the_same_texts() -> None:
    contents = {}
    for path in sorted((FORMATS / "csv").glob("gen_*")):
        _, texts, _ = records(f"csv/{path.name}")
        contents[path.name] = [text.content.replace("\r\n", "\n") for text in texts]
    reference = contents.pop("gen_utf8_bom_excel.csv")
    latin = contents.pop("gen_latin1.csv")
    assert all(found == reference for found in contents.values())
    assert sum(a != b for a, b in zip(latin, reference, strict=True)) <= 2
