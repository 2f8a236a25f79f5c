-- Documents as they came, and what was found out about each. Offsets count code points.
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,          -- order of arrival: the order of everything derived
    id TEXT NOT NULL UNIQUE,             -- hash of language and text
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    origin TEXT NOT NULL,
    encoding TEXT NOT NULL,
    encoding_guessed INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX documents_by_origin ON documents (origin);

-- Inputs that were left out, and why; an origin that has the text of a document already.
CREATE TABLE refusals (origin TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE duplicates (
    origin TEXT PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE
) WITHOUT ROWID;

-- An article is a document's row here: made under a signature, or failed with a reason.
CREATE TABLE articles (
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    signature TEXT NOT NULL,
    failure TEXT,
    target_language TEXT,                -- null where the document is target-language material
    target_text TEXT
);
CREATE TABLE segments (
    document INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('source', 'target')),
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    kind TEXT NOT NULL,
    repeat INTEGER NOT NULL,
    PRIMARY KEY (document, side, number)
) WITHOUT ROWID;
CREATE TABLE sentences (
    document INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('source', 'target')),
    number INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (document, side, number)
) WITHOUT ROWID;
CREATE TABLE beads (
    document INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    number INTEGER NOT NULL,
    source_start INTEGER NOT NULL,       -- half-open ranges of indices into the sentences
    source_end INTEGER NOT NULL,
    target_start INTEGER NOT NULL,
    target_end INTEGER NOT NULL,
    known INTEGER NOT NULL,
    score REAL,
    translation_score REAL,
    flags TEXT NOT NULL,                 -- separated by blanks
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE findings (
    document INTEGER NOT NULL,
    bead INTEGER NOT NULL,
    number INTEGER NOT NULL,
    check_name TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    source_start INTEGER,
    source_end INTEGER,
    target_start INTEGER,
    target_end INTEGER,
    PRIMARY KEY (document, bead, number),
    FOREIGN KEY (document, bead) REFERENCES beads ON DELETE CASCADE
) WITHOUT ROWID;

-- One row: how often the content has changed, and which state the derived files show.
CREATE TABLE state (
    revision INTEGER NOT NULL,
    derived INTEGER                      -- null: never derived
);
INSERT INTO state VALUES (0, NULL);
