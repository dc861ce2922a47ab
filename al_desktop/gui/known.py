"""Sentences from below the window, which knows no language but English, in the window's language.

Their templates stand here again; a test sees to it that each of them is still one of those below.
"""

import re
from functools import cache

from al_desktop.gui.words import translate

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
    # The model
    'The pipeline "{0}" was not found: choose an installed package or a folder that spaCy saved.',
    'The pipeline "{0}" can\'t be loaded: {1}',
    "There is nothing to train on yet: accept some spans first.",
    "There is nothing to train on yet: accept and reject some texts first.",
    "The learner stopped unexpectedly; your answers are saved.",
    "AL Desktop was replaced by another version while it ran: close it and open it again.",
)


def translated(sentence: str) -> str:
    """The sentence in the window's language, with its own values; as it is where it isn't known."""
    for template, pattern in _patterns():
        found = pattern.fullmatch(sentence)
        if found:
            return translate("known", template).format(*found.groups())
    return sentence


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The most telling first: the one with the most words of its own."""
    return tuple(
        (template, re.compile(re.sub(r"\\\{\d\\\}", "(.+?)", re.escape(template)), re.DOTALL))
        for template in sorted(TEMPLATES, key=len, reverse=True)
    )
