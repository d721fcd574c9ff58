package io.kadedb.planner.api;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The formats of files, and which values each can hold as they are; what it cannot is written as text. */
public enum FileFormat {
    CSV,
    /** PostgreSQL's: values between tabs, with escapes behind backslashes. */
    TEXT,
    PARQUET,
    /** Arrow's IPC file format, also known as Feather 2. */
    ARROW;

    /**
     * The format of a file by the option {@code format}, else by the end of its name.
     *
     * @param options of COPY in lower case
     * @throws KadeException 0A000 for a format there is not
     */
    public static FileFormat of(String path, Map<String, String> options) {
        String name = path.toLowerCase(Locale.ROOT);
        String format = options.get("format");
        if (format == null) {
            return name.endsWith(".parquet")
                    ? PARQUET
                    : name.endsWith(".arrow") || name.endsWith(".feather") ? ARROW : CSV;
        }
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "csv" -> CSV;
            case "text" -> TEXT;
            case "parquet" -> PARQUET;
            case "arrow", "feather" -> ARROW;
            default ->
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED, "files of format \"" + format + "\" are not built")
                        .hint("the formats are text, csv, parquet and arrow");
        };
    }

    /** The name in options and plans. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the files tell the types of their columns. */
    public boolean typed() {
        return this != CSV && this != TEXT;
    }

    /** Whether values of a type keep it in a file. Parquet's intervals have no microseconds. */
    public boolean holds(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, BYTEA, DATE, TIME, TIMESTAMP -> typed();
            case TIMESTAMPTZ, UUID -> typed();
            case INTERVAL -> this == ARROW;
            case TEXT, VARCHAR, CHAR -> true;
            default -> false;
        };
    }

    /** The columns of a file of this format that holds rows of those columns. */
    public List<Field> written(List<Field> columns) {
        return columns.stream()
                .map(column ->
                        holds(column.type()) ? column : new Field(column.name(), SqlType.TEXT, column.nullable()))
                .toList();
    }
}
