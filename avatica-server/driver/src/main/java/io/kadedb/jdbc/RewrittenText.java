package io.kadedb.jdbc;

import io.kadedb.jdbc.common.Frames;
import io.kadedb.jdbc.common.KeyRequest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that returns the keys asked for, and which of its statements do. The server rewrites it, since it is who knows
 * where a RETURNING clause goes.
 */
final class RewrittenText {
    private final String text;
    private final List<Boolean> keyed;

    RewrittenText(String text, List<Boolean> keyed) {
        this.text = text;
        this.keyed = keyed;
    }

    static RewrittenText of(Rpc rpc, String sql, KeyRequest keys) throws SQLException {
        String[] columns = keys.columns();
        if (columns == null) {
            return new RewrittenText(sql, List.of());
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
        return new RewrittenText(text.toString(), keyed);
    }

    String text() {
        return text;
    }

    boolean isKeyed(int statement) {
        return statement < keyed.size() && keyed.get(statement);
    }
}
