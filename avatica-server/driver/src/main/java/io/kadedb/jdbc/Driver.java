package io.kadedb.jdbc;

import io.kadedb.jdbc.common.SqlErrors;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/**
 * JDBC driver of the KadeDB server: {@code jdbc:kadedb://host[:port][/database]}. Settings of the session may stand in
 * the URL ({@code ?timezone=UTC}) or in the properties; {@code connectTimeout} is the driver's own: seconds to wait for
 * the server, 10 if nothing is said.
 */
public final class Driver extends UnregisteredDriver {
    static final String VERSION = "0.1.0";
    private static final int MAJOR = 0;
    private static final int MINOR = 1;
    private static final String CONNECT_TIMEOUT = "connectTimeout";
    private static final String DEFAULT_CONNECT_TIMEOUT = "10";
    private static final int MAX_CONNECT_TIMEOUT = 86_400;

    static {
        try {
            DriverManager.registerDriver(new Driver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    protected AvaticaFactory createFactory() {
        return new RemoteFactory();
    }

    @Override
    protected DriverVersion createDriverVersion() {
        return new DriverVersion("KadeDB JDBC Driver", VERSION, "KadeDB", VERSION, false, MAJOR, MINOR, MAJOR, MINOR);
    }

    @Override
    protected String getConnectStringPrefix() {
        return ServerUrl.PREFIX;
    }

    @Override
    public boolean acceptsURL(@Nullable String url) {
        return url != null && url.startsWith(ServerUrl.PREFIX);
    }

    @Override
    public @Nullable Connection connect(@Nullable String url, @Nullable Properties info) throws SQLException {
        if (url == null || !acceptsURL(url)) {
            return null;
        }
        ServerUrl server = ServerUrl.parse(url);
        Map<String, String> settings = new LinkedHashMap<>();
        if (info != null) {
            info.stringPropertyNames().forEach(name -> settings.put(name, info.getProperty(name)));
        }
        settings.putAll(server.options());
        String timeout = settings.remove(CONNECT_TIMEOUT);
        settings.put("database", server.database());
        Channel channel = Channel.open(
                server.host(), server.port(), seconds(timeout == null ? DEFAULT_CONNECT_TIMEOUT : timeout) * 1_000);
        boolean opened = false;
        try {
            RemoteConnection connection = new RemoteConnection(this, factory, url, copy(info), channel);
            connection.open(settings);
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    private static Properties copy(@Nullable Properties info) {
        Properties own = new Properties();
        if (info != null) {
            info.stringPropertyNames().forEach(name -> own.setProperty(name, info.getProperty(name)));
        }
        return own;
    }

    private static int seconds(String text) throws SQLException {
        try {
            int seconds = Integer.parseInt(text.trim());
            if (seconds >= 1 && seconds <= MAX_CONNECT_TIMEOUT) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            throw SqlErrors.of(
                    SqlErrors.INVALID_PARAMETER, CONNECT_TIMEOUT + " is a number of seconds, not \"" + text + "\"", e);
        }
        throw SqlErrors.of(SqlErrors.INVALID_PARAMETER, CONNECT_TIMEOUT + " cannot be " + text + " seconds");
    }

    @Override
    public Meta createMeta(AvaticaConnection connection) {
        return new RpcMeta((RemoteConnection) connection);
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.kadedb.jdbc");
    }
}
