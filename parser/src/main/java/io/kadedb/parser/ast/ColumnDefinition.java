package io.kadedb.parser.ast;

import io.kadedb.common.type.SqlType;
import java.util.Optional;

/**
 * A column of CREATE TABLE.
 *
 * @param notNull whether NOT NULL was written, or the column is of the primary key
 * @param notNullName of the constraint, if it was given
 * @param generation for columns with values that no statement gives, or need not give
 */
public record ColumnDefinition(
        Name name,
        SqlType type,
        boolean notNull,
        Optional<Name> notNullName,
        Optional<Expression> defaultValue,
        Optional<Generation> generation) {
    /** A column whose values come from statements. */
    public ColumnDefinition(Name name, SqlType type, boolean notNull, Optional<Expression> defaultValue) {
        this(name, type, notNull, Optional.empty(), defaultValue, Optional.empty());
    }

    /** The same, which allows no NULL. */
    public ColumnDefinition withNotNull(Optional<Name> constraint) {
        return new ColumnDefinition(name, type, true, constraint.or(() -> notNullName), defaultValue, generation);
    }
}
