package io.kadedb.parser.ast;

import java.util.Optional;

/** What a value is assigned to: a column, or a place in the array that it holds. */
public record AssignmentTarget(Name column, Optional<Subscripts> subscripts) {
    /** The whole of a column. */
    public static AssignmentTarget of(Name column) {
        return new AssignmentTarget(column, Optional.empty());
    }
}
