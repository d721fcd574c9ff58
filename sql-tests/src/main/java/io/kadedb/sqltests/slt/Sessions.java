package io.kadedb.sqltests.slt;

import io.kadedb.sqltests.target.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of a file by their names, opened when they are first asked for. */
final class Sessions implements AutoCloseable {
    static final String DEFAULT = "default";
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Database database;
    private final Map<String, Connection> named = new HashMap<>();
    private String current = DEFAULT;

    Sessions(Database database) {
        this.database = database;
    }

    /** What follows runs on this connection. */
    void use(String name) throws SQLException {
        current = name;
        get(name);
    }

    /** The connection of a name, or with an empty name the current one. */
    Connection get(String name) throws SQLException {
        String wanted = name.isEmpty() ? current : name;
        Connection known = named.get(wanted);
        if (known == null) {
            known = database.connect();
            named.put(wanted, known);
        }
        return known;
    }

    /** Closes the current connection and opens it again. */
    void reconnect() throws SQLException {
        Connection old = named.remove(current);
        if (old != null) {
            old.close();
        }
        get(current);
    }

    /** Closes all; the current one is the first one again. */
    @Override
    public void close() {
        named.values().forEach(connection -> {
            try {
                connection.close();
            } catch (SQLException e) {
                // What its statements did has been judged; a connection that was cut cannot be closed.
                LOG.warn("a connection cannot be closed", e);
            }
        });
        named.clear();
        current = DEFAULT;
    }
}
