package io.kadedb.sqltests.slt;

import io.kadedb.sqltests.database.Database;
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

    /** Connects, and stays connected: a database in memory lives while a connection to it is open. */
    static Sessions open(Database database) throws SQLException {
        Sessions sessions = new Sessions(database);
        sessions.get(DEFAULT);
        return sessions;
    }

    private Sessions(Database database) {
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

    /** Opens the current connection anew; the old one is closed after. */
    void reconnect() throws SQLException {
        Connection old = get(current);
        named.put(current, database.connect());
        old.close();
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
