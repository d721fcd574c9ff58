package io.kadedb.parser.ast;

import java.util.Set;

/**
 * LIKE in CREATE TABLE: the columns of another table or view.
 *
 * @param place how many of the statement's own columns stand before it
 * @param including what is taken besides the columns
 */
public record LikeTable(QualifiedName table, int place, Set<Part> including) {
    public LikeTable {
        including = Set.copyOf(including);
    }

    /** What INCLUDING names. */
    public enum Part {
        COMMENTS,
        CONSTRAINTS,
        DEFAULTS,
        GENERATED,
        IDENTITY,
        INDEXES
    }
}
