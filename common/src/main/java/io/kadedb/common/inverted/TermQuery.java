package io.kadedb.common.inverted;

import java.util.List;

/**
 * Which rows of an inverted index may meet a condition. They are a superset: the condition is asked of each row again.
 */
public sealed interface TermQuery {
    /** The rows that have a term. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Term(byte[] bytes) implements TermQuery {}

    /** The rows that have a term which begins so. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Prefix(byte[] bytes) implements TermQuery {}

    /** The rows that all of them have; all rows if there are none. */
    record And(List<TermQuery> parts) implements TermQuery {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** The rows that one of them has; none if there are none. */
    record Or(List<TermQuery> parts) implements TermQuery {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** All rows: the index is of no use. */
    static TermQuery all() {
        return new And(List.of());
    }

    /** No row. */
    static TermQuery none() {
        return new Or(List.of());
    }

    /** Whether it may be every row, for what a condition says of terms. */
    default boolean isAll() {
        return switch (this) {
            case Term _, Prefix _ -> false;
            case And and -> and.parts.stream().allMatch(TermQuery::isAll);
            case Or or -> or.parts.stream().anyMatch(TermQuery::isAll);
        };
    }

    /** Whether it is no row, whatever the index holds. */
    default boolean isNone() {
        return switch (this) {
            case Term _, Prefix _ -> false;
            case And and -> and.parts.stream().anyMatch(TermQuery::isNone);
            case Or or -> or.parts.stream().allMatch(TermQuery::isNone);
        };
    }
}
