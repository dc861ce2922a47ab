"""Previews of merges, merges, and undoing them."""

from dataclasses import replace
from pathlib import Path

import pytest
from histories import CONFIGURATION, add, answer, everything, texts

from al_desktop.core.configuration import Label
from al_desktop.core.errors import KnownError
from al_desktop.storage import ProjectFile


def test_a_preview_says_what_will_come_in(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    before = everything(file.path)
    announced = file.preview_merge(copy)
    assert everything(file.path) == before
    assert (announced.texts, announced.known_texts) == (5, 10)
    assert (announced.events, announced.known_events) == (2, 1)
    assert announced.annotators == {"bob": 2}
    assert announced.labels == (
        'label "Drug" is now called "Medicine"',
        'label "Disease" is removed',
    )
    assert not announced.settings
    with ProjectFile.open_for_reading(file.path) as beside:
        assert beside.preview_merge(copy) == announced
    assert file.merge(copy) == announced
    assert file.configuration.labels == (Label("DRUG", "Medicine"),)
    assert file.merge(copy).is_empty


def test_undoing_a_merge_keeps_what_was_done_since(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    assert file.undo_merge() == ()
    assert file.last_merge == ()
    file.merge(copy)
    assert file.last_merge == (copy.name,)
    about_theirs = texts(5, "bob's own")[2]
    since = answer(about_theirs, annotator="lead")
    file.append(since)
    assert file.undo_merge() == (copy.name,)
    assert [event.annotator for _, event in file.events()] == ["lead", "lead"]
    assert file.text_count() == 11
    pool = file.pool()
    keys = pool.keys()
    assert [file.text(key).content for key in keys] == pool.contents(range(11))
    assert file.text(about_theirs.key) == about_theirs
    assert file.configuration == CONFIGURATION
    assert file.undo_merge() == ()
    assert file.merge(copy).events == 2


def test_a_copy_that_is_open_elsewhere_can_be_merged(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    with ProjectFile.open(copy) as theirs:
        theirs.append(answer(texts(4)[3], annotator="bob"))
        assert file.merge(copy).events == 3


def test_the_copy_is_left_as_it_is(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    before = copy.read_bytes(), sorted(entry.name for entry in copy.parent.iterdir())
    file.merge(copy)
    assert (copy.read_bytes(), sorted(entry.name for entry in copy.parent.iterdir())) == before


def test_a_merge_that_fails_changes_nothing(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    pages = file._database.execute_sql("PRAGMA page_count").fetchone()[0]
    with ProjectFile.open(copy) as theirs:
        add(theirs, texts(5000, "many"))
    before = everything(file.path)
    file._database.execute_sql(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(KnownError, match="disk is full"):
        file.merge(copy)
    assert everything(file.path) == before
    file.append(answer(texts(8)[7], annotator="lead"))


def test_previews_of_several_count_what_they_share_once(
    copies: tuple[ProjectFile, Path], tmp_path: Path
) -> None:
    file, bobs = copies
    zoes = tmp_path / "zoe.aldesk"
    with ProjectFile.open(bobs) as theirs:
        theirs.save_copy(zoes, by="bob")
    with ProjectFile.open(zoes) as theirs:
        theirs.append(answer(texts(6)[5], annotator="zoe"))
        add(theirs, [replace(text, source="a") for text in texts(7, "bob's own")])
        theirs.rename("Zoë's")
    other = tmp_path / "other.aldesk"
    ProjectFile.create(other, "Other work", CONFIGURATION).close()
    before = everything(file.path)
    order = [bobs, other, zoes, bobs]
    announced = list(file.preview_merges(order))
    assert everything(file.path) == before
    assert isinstance(announced[1][1], KnownError)
    came = [file.merge(path) for path in order if path != other]
    assert [found for path, found in announced if path != other] == came
    assert (came[0].texts, came[1].texts) == (5, 2)
    assert came[1].annotators == {"zoe": 1}
    assert came[1].settings
    assert came[2].is_empty


def test_a_merge_can_be_cancelled_inside_one_file(copies: tuple[ProjectFile, Path]) -> None:
    file, copy = copies
    with ProjectFile.open(copy) as theirs:
        add(theirs, texts(20_000, "many"))
    before = everything(file.path)
    with pytest.raises(KnownError, match="Cancelled"):
        file.merge(copy, stop=lambda: True)
    assert everything(file.path) == before
    file.append(answer(texts(8)[7], annotator="lead"))
    asked = []
    assert file.merge(copy, stop=lambda: bool(asked.append(1))).texts == 20_005
    assert asked


def test_what_was_merged_together_is_undone_together(
    copies: tuple[ProjectFile, Path], tmp_path: Path
) -> None:
    file, bobs = copies
    start = everything(file.path)
    paths = [bobs]
    for number, name in enumerate(("zoe", "cyd")):
        paths.append(tmp_path / f"{name}.aldesk")
        file.save_copy(paths[-1], by="lead")
        with ProjectFile.open(paths[-1]) as theirs:
            theirs.append(answer(texts(5 + number)[4 + number], annotator=name))
            theirs.rename(name)
    file.merge(paths[0])
    alone = everything(file.path)
    for path in paths[1:]:
        file.merge(path, together="a word")
    assert file.last_merge == ("zoe.aldesk", "cyd.aldesk")
    assert file.undo_merge() == ("zoe.aldesk", "cyd.aldesk")
    assert everything(file.path) == alone
    assert file.undo_merge() == (bobs.name,)
    assert everything(file.path) == start
    assert file.last_merge == ()
