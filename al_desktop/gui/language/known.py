"""Sentences from below the window, which knows no language but English, in the window's language.

Their templates stand here again; a test sees to it that each of them is still one of those below.
"""

import re
from functools import cache

from al_desktop.gui.language.words import translate

TEMPLATES = (
    # Opening and keeping a project
    "The disk is full: nothing was changed in {0}. Make room and try again.",
    "Cancelled: {0} was left as it was.",
    "{0} can't be written to. Copy it to a folder of your own and open the copy.",
    "Another program is writing to {0}. Close it and try again.",
    "{0} can't be read or written: the disk reports an error.",
    "{0} can't be opened. Check that its folder can be written to.",
    "{0} is damaged. Go back to a backup, or to a copy sent to a colleague.",
    "{0} can't be used: {1}.",
    "{0} is open in another window. Close it there, or go on in that window.",
    "The folder {0} can't be written to. Copy the project to a folder of your own and open the "
    "copy.",
    "{0} is not a project file, which ends in .aldesk.",
    "{0} is a database of another program, not a project file.",
    "{0} is incomplete: its end is missing. Copy or download it again, or go back to a backup.",
    "{0} was made by a newer version of AL Desktop. Update AL Desktop to open it.",
    "{0} was changed by another program and can't be trusted.",
    "{0} doesn't exist. It may have been moved or renamed.",
    "{0} is not a file. Choose a project file, which ends in .aldesk.",
    "{0} may not be read by you. Ask its owner for a copy.",
    "{0} exists already. Choose another name, or open it.",
    "{0} exists already. Choose another name.",
    "{0} exists already. Choose another name for the folder.",
    "{0} is of an older version, and no backup of it could be written beside it. Make room in that "
    "folder and try again.",
    # Texts in, answers out
    "{0} is not a file. Choose a file to import.",
    "{0} can't be read: {1}.",
    "The format of {0} isn't known by its name. Say which one it is.",
    'There is no column "{0}". Choose one of these: {1}.',
    "{0} is not a readable Excel workbook: {1}.",
    "{0} holds no files.",
    "{0} is no file of texts. Choose a text file, a table, JSON or another format of the list.",
    "{0} can't be written: {1}. Choose another place.",
    "{0} can't hold labels of whole texts. Choose another format.",
    # Colleagues
    '{0} belongs to another project, "{1}". Only copies of "{2}" can be merged with it; import its '
    "exported answers instead.",
    "{0} can't be merged: it holds {1}. Ask for it to be sent anew.",
    "{0} asks about {1}, this project about {2}. They can't be merged.",
    "{0} was made by an older version of AL Desktop. Open it in the window once to bring it "
    "up to date, then merge it.",
    'new label "{0}"',
    'removed label "{0}"',
    'label "{0}" is removed',
    'label "{0}" is back',
    'label "{0}" is now called "{1}"',
    'label "{0}" has other details',
    "{0} texts are too few for {1} parts with {2} in common.",
    "No text is like that, so there is nothing to send. Choose others.",
    "{0} exists already. Choose another folder, or other names.",
    "{0} is too large to send: more than {1} MB.",
    "No trained model came with {0}.",
    "The model in {0} is damaged. Ask for it to be sent anew.",
    # The model
    'The pipeline "{0}" was not found: choose an installed package or a folder that spaCy saved.',
    'The pipeline "{0}" can\'t be loaded: {1}',
    "There is nothing to train on yet: accept some spans first.",
    "There is nothing to train on yet: accept and reject some texts first.",
    "The learner stopped unexpectedly; your answers are saved.",
    "AL Desktop was replaced by another version while it ran: close it and open it again.",
    # What a format can't carry
    "Only what was accepted is annotated: the format can't tell rejected from never asked.",
    'Annotators and times are left out; how each answer came about is in "al_desktop" in "meta".',
    "Annotators, times and scores are left out.",
    'What is in neither "accepted" nor "rejected" was never asked, but for the labels in "gold".',
    "A cell that a spreadsheet would run as a formula has an apostrophe before it.",
    "Texts marked in full come as one accepted row for each span.",
    "O stands for rejected and for never asked alike.",
    "Of spans that overlap only the longest is in it.",
    "White space within a text became the end of a token.",
    "Only what was accepted is in it: the format can't tell rejected from never asked.",
    "Annotators, times, scores, selection probabilities and audit flags are left out.",
    "Spans that don't end where spaCy's tokens do, and the shorter of those that overlap, are left "
    "out.",
    'What was never asked is missing, not outside; rejected spans are in "incorrect_spans".',
)
PHRASES = (
    "a text under the key of another one",
    "an answer under the key of another question",
    "an answer that differs from the same answer here",
)
"""Values of such sentences."""
PAGE = (
    "{0}: what was labelled, against all texts",
    "{0} labelled texts of {1}. Questions are chosen to teach the model, so what was labelled"
    " does not look like the texts it was taken from. Don't read shares off it, and weight it"
    " before you train or evaluate on it.",
    "label",
    "answers",
    "accepted",
    "in all texts (95 %)",
    "not known yet",
    "What this means: the share accepted says how the questions were chosen, not how frequent"
    " the label is; the last column does.",
    "Length",
    "Source",
    "Words",
    "word",
    "in labelled texts",
    "in all texts",
    "how surprising",
    "What this means: words far from 0 (beyond 3) are much more, or much less, frequent in "
    "what was labelled (signed root of Dunning's log-likelihood ratio, 1993).",
    "Never asked about",
    "No length and no source.",
    "Scores of what was asked",
    "of labelled texts",
    "of all texts",
    "(none)",
)
"""The page on what was labelled, which asks for each of them."""


def translated(sentence: str) -> str:
    """The sentence in the window's language, with its own values; as it is where it isn't known."""
    for template, pattern in _patterns():
        found = pattern.fullmatch(sentence)
        if found:
            return translate("known", template).format(*map(_value, found.groups()))
    return sentence


def _value(value: str) -> str:
    return translate("known", value) if value in PHRASES else value


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The most telling first: the one with the most words of its own."""
    return tuple(
        (template, re.compile(re.sub(r"\\\{\d\\\}", "(.+?)", re.escape(template)), re.DOTALL))
        for template in sorted(TEMPLATES, key=len, reverse=True)
    )
