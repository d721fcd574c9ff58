package io.kadedb.jdbc.common;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Which columns of the rows it writes a statement is to return as what JDBC calls generated keys. */
public final class KeyRequest {
    /** Nothing is asked for. */
    public static final KeyRequest NONE = new KeyRequest(null);

    /** All columns, as PostgreSQL's driver gives them. */
    public static final KeyRequest ALL = new KeyRequest(new String[0]);

    private final String @Nullable [] columns;

    private KeyRequest(String @Nullable [] columns) {
        this.columns = columns;
    }

    /** As a flag of {@link Statement} asks. */
    public static KeyRequest of(int flag) throws SQLException {
        if (flag == Statement.RETURN_GENERATED_KEYS) {
            return ALL;
        }
        if (flag == Statement.NO_GENERATED_KEYS) {
            return NONE;
        }
        throw SqlErrors.of(SqlErrors.INVALID_PARAMETER, "there is no way to return keys numbered " + flag);
    }

    /** These columns by name; none asks for nothing. */
    public static KeyRequest of(String @Nullable [] names) {
        return names == null || names.length == 0 ? NONE : new KeyRequest(names.clone());
    }

    /** Columns by number are refused: only the text of a statement says which table they would be of. */
    public static KeyRequest of(int @Nullable [] numbers) throws SQLException {
        if (numbers == null || numbers.length == 0) {
            return NONE;
        }
        throw SqlErrors.unsupported("returning generated keys by the numbers of their columns (name them instead)");
    }

    /** The names of the columns: null for nothing, empty for all. */
    public String @Nullable [] columns() {
        return columns == null ? null : columns.clone();
    }
}
