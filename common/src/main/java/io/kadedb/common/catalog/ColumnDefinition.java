package io.kadedb.common.catalog;

import io.kadedb.common.type.SqlType;
import java.util.Map;
import java.util.Optional;

/**
 * A column of a table.
 *
 * @param id stable within the table: never reused, survives renames; what segments are labelled with
 * @param defaultSql the text of the DEFAULT expression as the user wrote it
 * @param collationId see {@link SqlType#COLLATION_CODE_POINT}
 * @param generatedSql the text of the expression of a column GENERATED ALWAYS AS (..) STORED
 * @param tags for tag-based policies
 */
public record ColumnDefinition(
        int id,
        String name,
        SqlType type,
        boolean nullable,
        Optional<String> defaultSql,
        int collationId,
        Optional<String> comment,
        Map<String, String> tags,
        Optional<String> generatedSql) {
    public ColumnDefinition {
        tags = Map.copyOf(tags);
    }

    /** A column that is not generated. */
    public ColumnDefinition(
            int id,
            String name,
            SqlType type,
            boolean nullable,
            Optional<String> defaultSql,
            int collationId,
            Optional<String> comment,
            Map<String, String> tags) {
        this(id, name, type, nullable, defaultSql, collationId, comment, tags, Optional.empty());
    }

    public static ColumnDefinition of(int id, String name, SqlType type, boolean nullable) {
        return new ColumnDefinition(
                id, name, type, nullable, Optional.empty(), SqlType.COLLATION_CODE_POINT, Optional.empty(), Map.of());
    }

    public ColumnDefinition withDefault(Optional<String> sql) {
        return new ColumnDefinition(id, name, type, nullable, sql, collationId, comment, tags, generatedSql);
    }

    public ColumnDefinition withGenerated(Optional<String> sql) {
        return new ColumnDefinition(id, name, type, nullable, defaultSql, collationId, comment, tags, sql);
    }

    public ColumnDefinition withNullable(boolean nulls) {
        return new ColumnDefinition(id, name, type, nulls, defaultSql, collationId, comment, tags, generatedSql);
    }

    public boolean isGenerated() {
        return generatedSql.isPresent();
    }
}
