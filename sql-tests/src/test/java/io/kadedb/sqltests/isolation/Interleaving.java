package io.kadedb.sqltests.isolation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the steps of a script in its order. A step that has to wait is left behind as soon as the database itself says that it
 * waits; what was set free by a step is heard of before the next.
 */
final class Interleaving implements AutoCloseable {
    private final Database database;
    private final Connection watcher;
    private final String level;
    private final Map<Integer, Session> sessions = new TreeMap<>();
    private final List<String> trace = new ArrayList<>();

    /** What the database under test is asked for. */
    interface Database {
        Connection connect() throws SQLException;

        /** A query for the number of sessions that wait for a lock. */
        String waitingSql();
    }

    private static final class Session implements AutoCloseable {
        private final Connection connection;
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private Future<String> running = CompletableFuture.completedFuture("");
        private String sql = "";

        Session(Connection connection) {
            this.connection = connection;
        }

        void start(String statement) {
            sql = statement;
            running = thread.submit(() -> outcome(connection, statement));
        }

        boolean isWaiting() {
            return !running.isDone();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
            thread.close();
        }
    }

    Interleaving(Database database, String level) throws SQLException {
        this.database = database;
        this.level = level;
        this.watcher = database.connect();
        execute(watcher, "drop table if exists test");
        execute(watcher, "create table test (id int primary key, value int)");
        execute(watcher, "insert into test values (1, 10), (2, 20)");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String outcome(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    return rows(rows);
                }
            }
            boolean counts = sql.startsWith("insert") || sql.startsWith("update") || sql.startsWith("delete");
            return counts ? statement.getUpdateCount() + " rows" : "ok";
        } catch (SQLException e) {
            return "error " + e.getSQLState();
        }
    }

    private static String rows(ResultSet rows) throws SQLException {
        StringJoiner text = new StringJoiner(" ");
        text.setEmptyValue("nothing");
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            StringJoiner row = new StringJoiner(",", "(", ")");
            for (int i = 1; i <= columns; i++) {
                row.add(rows.getString(i));
            }
            text.add(row.toString());
        }
        return text.toString();
    }

    /** Runs the steps and gives what happened. */
    List<String> run(List<IsolationScript.Step> steps) throws SQLException, InterruptedException, ExecutionException {
        for (IsolationScript.Step step : steps) {
            if (!sessions.containsKey(step.session())) {
                Session session = new Session(database.connect());
                execute(session.connection, "begin isolation level " + level);
                sessions.put(step.session(), session);
            }
        }
        for (IsolationScript.Step step : steps) {
            Session session = session(step.session());
            if (session.isWaiting()) {
                throw new IllegalStateException("session " + step.session() + " waits and cannot run " + step.sql());
            }
            List<Integer> waiting = waiting();
            session.start(step.sql());
            settle();
            say(step.session(), session.isWaiting() ? "waits" : session.running.get());
            for (int earlier : waiting) {
                if (!session(earlier).isWaiting()) {
                    say(earlier, "after the wait " + session(earlier).running.get());
                }
            }
        }
        trace.add("end: " + outcome(watcher, "select * from test order by id"));
        return trace;
    }

    private Session session(int number) {
        Session session = sessions.get(number);
        if (session == null) {
            throw new IllegalStateException("there is no session " + number);
        }
        return session;
    }

    private void say(int number, String what) {
        trace.add(number + ": " + session(number).sql + " -> " + what);
    }

    private List<Integer> waiting() {
        return sessions.entrySet().stream()
                .filter(entry -> entry.getValue().isWaiting())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns when every statement that runs is known to wait. */
    private void settle() throws SQLException {
        int quiet = 0;
        while (quiet < 3) {
            int running = waiting().size();
            quiet = running == 0 ? 3 : lockWaits() == running && waiting().size() == running ? quiet + 1 : 0;
        }
    }

    private int lockWaits() throws SQLException {
        try (Statement statement = watcher.createStatement();
                ResultSet rows = statement.executeQuery(database.waitingSql())) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        }
    }

    @Override
    public void close() throws SQLException {
        for (Session session : sessions.values()) {
            session.close();
        }
        watcher.close();
    }
}
