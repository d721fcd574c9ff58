package io.kadedb.parser.ast;

import io.kadedb.common.type.SqlType;
import java.util.Optional;

/**
 * A column of CREATE TABLE.
 *
 * @param notNull whether NOT NULL was written, or the column is of the primary key
 * @param generation for columns with values that no statement gives, or need not give
 */
public record ColumnDefinition(
        Name name, SqlType type, boolean notNull, Optional<Expression> defaultValue, Optional<Generation> generation) {
    /** A column whose values come from statements. */
    public ColumnDefinition(Name name, SqlType type, boolean notNull, Optional<Expression> defaultValue) {
        this(name, type, notNull, defaultValue, Optional.empty());
    }
}
