package io.kadedb.cli.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.jline.reader.impl.history.DefaultHistory;
import org.jspecify.annotations.Nullable;
import sqlline.CommandHandler;
import sqlline.DispatchCallback;
import sqlline.SqlLine;

/** The commands of sqlline, that begin with an exclamation mark, over the shell's own connection. */
final class SqllineCommands implements AutoCloseable {
    private static final String URL = "jdbc:kadedb-shell:";

    private final SqlLine sqlline = new SqlLine();
    private final Own own;
    private volatile @Nullable DispatchCallback running;

    SqllineCommands(Connection connection, OutputStream out, int width) throws IOException, SQLException {
        own = new Own(connection);
        sqlline.setOutputStream(out);
        sqlline.setErrorStream(out);
        // Its commands read nothing: the shell does.
        var _ = sqlline.getConsoleReader(InputStream.nullInputStream(), new DefaultHistory());
        DriverManager.registerDriver(own);
        for (String setting : List.of("silent true", "fastconnect true", "nullvalue NULL", "maxwidth " + width)) {
            boolean _ = run("set " + setting);
        }
        boolean _ = run("connect " + URL + " \"\" \"\" " + Own.class.getName());
        boolean _ = run("set silent false");
        own.connected = true;
    }

    /** Runs a command without its exclamation mark; false when it was the one to leave. */
    boolean run(String command) {
        Map<String, CommandHandler> matches = new TreeMap<>();
        for (CommandHandler handler : sqlline.getCommandHandlers()) {
            String name = handler.matches(command);
            if (name != null) {
                matches.put(name, handler);
            }
        }
        CommandHandler chosen = matches.size() == 1
                ? matches.values().iterator().next()
                : matches.get(command.strip().split("\\s+", 2)[0]);
        if (chosen == null) {
            sqlline.error(
                    matches.isEmpty()
                            ? "there is no command !" + command + "; !help lists those there are"
                            : "!" + command + " may be any of " + matches.keySet());
            return true;
        }
        DispatchCallback callback = new DispatchCallback();
        running = callback;
        try {
            chosen.execute(command, callback);
        } finally {
            running = null;
        }
        return !sqlline.isExit();
    }

    /** Ends the statement of the command that runs. */
    void cancel() throws SQLException {
        DispatchCallback callback = running;
        if (callback != null) {
            callback.forceKillSqlQuery();
        }
    }

    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(own);
    }

    /** Hands out the shell's connection, which sqlline may neither close nor, as it connects, change. */
    private static final class Own implements Driver {
        private final Connection shared;
        private boolean connected;

        private Own(Connection shared) {
            this.shared = shared;
        }

        @Override
        public @Nullable Connection connect(String url, @Nullable Properties info) {
            if (!acceptsURL(url)) {
                return null;
            }
            return (Connection) Proxy.newProxyInstance(
                    Own.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        String name = method.getName();
                        if (name.equals("close") || (!connected && name.startsWith("set"))) {
                            return null;
                        }
                        try {
                            return method.invoke(shared, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause() == null ? e : e.getCause();
                        }
                    });
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.equals(URL);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 0;
        }

        @Override
        public int getMinorVersion() {
            return 1;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException("the shell's driver has no logger");
        }
    }
}
