package io.kadedb.jdbc;

import io.kadedb.jdbc.common.SqlErrors;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of the rows it writes a statement is to return as JDBC's generated keys. The server rewrites the text for
 * it, since it is who knows where a RETURNING clause goes.
 */
final class KeyRequest {
    /** Nothing is asked for. */
    static final KeyRequest NONE = new KeyRequest(null);

    private static final KeyRequest ALL = new KeyRequest(new String[0]);

    /** Null for nothing, empty for all columns. */
    private final String @Nullable [] columns;

    private KeyRequest(String @Nullable [] columns) {
        this.columns = columns;
    }

    static KeyRequest of(int flag) throws SQLException {
        if (flag == Statement.RETURN_GENERATED_KEYS) {
            return ALL;
        }
        if (flag == Statement.NO_GENERATED_KEYS) {
            return NONE;
        }
        throw SqlErrors.of(SqlErrors.INVALID_PARAMETER, "there is no way to return keys numbered " + flag);
    }

    static KeyRequest of(String @Nullable [] names) {
        return names == null || names.length == 0 ? NONE : new KeyRequest(names.clone());
    }

    /** Columns by number are refused: only the text of a statement says which table they would be of. */
    static KeyRequest of(int @Nullable [] numbers) throws SQLException {
        if (numbers == null || numbers.length == 0) {
            return NONE;
        }
        throw SqlErrors.unsupported("returning generated keys by the numbers of their columns (name them instead)");
    }

    /** A text, and which of its statements return keys. */
    static final class Rewritten {
        private final String text;
        private final List<Boolean> keyed;

        Rewritten(String text, List<Boolean> keyed) {
            this.text = text;
            this.keyed = keyed;
        }

        String text() {
            return text;
        }

        boolean isKeyed(int statement) {
            return statement < keyed.size() && keyed.get(statement);
        }
    }

    Rewritten rewrite(Rpc rpc, String sql) throws SQLException {
        if (columns == null) {
            return new Rewritten(sql, List.of());
        }
        List<@Nullable String> arguments = new ArrayList<>();
        arguments.add(sql);
        arguments.addAll(Arrays.asList(columns));
        StringBuilder text = new StringBuilder();
        List<Boolean> keyed = new ArrayList<>();
        for (Object statement : rpc.rows("returning", arguments.toArray(new String[0]))) {
            text.append(keyed.isEmpty() ? "" : ";\n").append(Frames.value(statement, 0));
            keyed.add("true".equals(Frames.value(statement, 1)));
        }
        return new Rewritten(text.toString(), keyed);
    }
}
