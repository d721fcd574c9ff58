package io.kadedb.server.remote;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.server.jdbc.JdbcIsolation;
import io.kadedb.server.session.Session;
import io.kadedb.server.session.Setting;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.avatica.Meta;

/**
 * What clients say about a session when they open it, and JDBC's properties of a connection.
 *
 * @param database the name of the only database there is
 */
public record SessionProperties(String database) {
    /** The property that names the database. */
    static final String DATABASE = "database";

    /** What drivers send that is no setting. */
    private static final Set<String> IGNORED = Set.of("user", "password", DATABASE);

    /** Applies what a new session was opened with; 3D000 for another database, 42704 and 22023 for settings. */
    void apply(Session session, Map<String, String> info, Encoding encoding) {
        String wanted = info.getOrDefault(DATABASE, "");
        if (!wanted.isEmpty() && !wanted.equals(database)) {
            throw KadeException.of(ErrorCode.INVALID_CATALOG_NAME, "there is no database \"" + wanted + "\"")
                    .hint("this server has the database \"" + database + "\"");
        }
        info.forEach((name, value) -> {
            // The stock client sends along whatever its user gave it for other purposes.
            boolean meant = encoding == Encoding.EXACT || isSetting(name);
            if (meant && !IGNORED.contains(name)) {
                session.set(name, value);
            }
        });
    }

    private static boolean isSetting(String name) {
        return Arrays.stream(Setting.values())
                .anyMatch(setting ->
                        setting.sqlName().equals(name) && setting.ofDatabase().isEmpty());
    }

    /** Changes the properties that are set. */
    @SuppressWarnings("UnnecessaryBoxedVariable") // null means unchanged
    void sync(Session session, Meta.ConnectionProperties wanted) {
        if (wanted.isAutoCommit() != null) {
            session.setAutocommit(wanted.isAutoCommit());
        }
        if (wanted.isReadOnly() != null) {
            session.setReadOnly(wanted.isReadOnly());
        }
        if (wanted.getSchema() != null && !wanted.getSchema().isEmpty()) {
            session.set("search_path", wanted.getSchema());
        }
        if (wanted.getTransactionIsolation() != null) {
            JdbcIsolation.set(session, wanted.getTransactionIsolation());
        }
    }

    /** The schema in which names are looked up first. */
    static String schema(Session session) {
        String path = session.setting("search_path");
        int comma = path.indexOf(',');
        return comma < 0 ? path : path.substring(0, comma).strip();
    }
}
