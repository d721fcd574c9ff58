package io.kadedb.parser.ast;

import io.kadedb.common.type.SqlType;
import java.util.Optional;

/**
 * A column of CREATE TABLE.
 *
 * @param notNull whether NOT NULL was written, or the column is of the primary key
 */
public record ColumnDefinition(Name name, SqlType type, boolean notNull, Optional<Expression> defaultValue) {}
