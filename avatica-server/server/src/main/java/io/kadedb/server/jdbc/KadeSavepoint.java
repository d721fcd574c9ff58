package io.kadedb.server.jdbc;

import io.kadedb.common.error.ErrorCode;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** A savepoint of a connection: with a name, or with a number of its own. */
final class KadeSavepoint implements Savepoint {
    private final int id;
    private final @Nullable String name;

    /** @param name null for a savepoint that is known by its number */
    KadeSavepoint(int id, @Nullable String name) {
        this.id = id;
        this.name = name;
    }

    @Override
    public int getSavepointId() throws SQLException {
        if (name != null) {
            throw SqlErrors.of(ErrorCode.INVALID_SAVEPOINT, "the savepoint has a name, and no number");
        }
        return id;
    }

    @Override
    public String getSavepointName() throws SQLException {
        if (name == null) {
            throw SqlErrors.of(ErrorCode.INVALID_SAVEPOINT, "the savepoint has a number, and no name");
        }
        return name;
    }

    /** Its name in statements, quoted. */
    String sql() {
        String text = name == null ? "jdbc_savepoint_" + id : name;
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
