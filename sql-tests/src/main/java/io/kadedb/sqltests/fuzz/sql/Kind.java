package io.kadedb.sqltests.fuzz.sql;

import java.util.List;

/** What a value is, without its sizes. */
public enum Kind {
    SMALLINT('I'),
    INTEGER('I'),
    BIGINT('I'),
    NUMERIC('D'),
    REAL('R'),
    DOUBLE('R'),

    /** An inexact result, as of a division or a mean: shown and compared with a tolerance, never compared within SQL. */
    RATIO('R'),
    BOOLEAN('B'),
    CHAR('T'),
    VARCHAR('T'),
    TEXT('T'),
    DATE('T'),
    TIME('T'),
    TIMESTAMP('T'),
    TIMESTAMPTZ('T'),
    INTERVAL('T'),
    BYTEA('T'),
    UUID('T'),
    JSON('T'),
    JSONB('T'),
    INTEGER_ARRAY('T'),
    TEXT_ARRAY('T');

    private static final List<Kind> INTEGERS = List.of(SMALLINT, INTEGER, BIGINT);

    private final char letter;

    Kind(char letter) {
        this.letter = letter;
    }

    /** The letter of a column of this kind in a logic file. */
    public char letter() {
        return letter;
    }

    public boolean isInteger() {
        return INTEGERS.contains(this);
    }

    /** Whether answers are compared with a tolerance. */
    public boolean isApproximate() {
        return letter == 'R';
    }

    public boolean isText() {
        return this == VARCHAR || this == TEXT;
    }

    public boolean isArray() {
        return this == INTEGER_ARRAY || this == TEXT_ARRAY;
    }

    /** Whether values may be keys of groups, orders, comparisons and set operations. */
    public boolean isComparable() {
        return this != JSON && this != RATIO;
    }
}
