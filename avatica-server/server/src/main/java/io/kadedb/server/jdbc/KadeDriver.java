package io.kadedb.server.jdbc;

import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Principal;
import io.kadedb.executor.file.FilePolicy;
import io.kadedb.server.DatabaseUrl;
import io.kadedb.server.OpenNodes;
import io.kadedb.server.session.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/**
 * JDBC driver that runs the database in this process: {@code jdbc:kadedb:mem:[name]} and
 * {@code jdbc:kadedb:file:<directory>}. Settings may stand in the URL ({@code ?timezone=UTC}) or in the properties;
 * {@code files=<directory>} restricts the files statements may read to those below it.
 */
public final class KadeDriver extends UnregisteredDriver {
    private static final int MAJOR = 0;
    private static final int MINOR = 1;
    private static final String FILES = "files";

    /** Properties that tools set and an embedded database has no use for. */
    private static final Set<String> IGNORED = Set.of("user", "password");

    static {
        try {
            DriverManager.registerDriver(new KadeDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    protected AvaticaFactory createFactory() {
        return new KadeFactory();
    }

    @Override
    protected DriverVersion createDriverVersion() {
        return new DriverVersion(
                "KadeDB JDBC Driver",
                MAJOR + "." + MINOR,
                "KadeDB",
                MAJOR + "." + MINOR,
                false,
                MAJOR,
                MINOR,
                MAJOR,
                MINOR);
    }

    @Override
    protected String getConnectStringPrefix() {
        return DatabaseUrl.PREFIX;
    }

    @Override
    public boolean acceptsURL(@Nullable String url) {
        return url != null && (url.startsWith(DatabaseUrl.MEMORY) || url.startsWith(DatabaseUrl.FILE));
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        try {
            DatabaseUrl database = DatabaseUrl.parse(url);
            Map<String, String> settings = settings(database, info == null ? new Properties() : info);
            String files = settings.remove(FILES);
            FilePolicy policy = files == null ? FilePolicy.all() : FilePolicy.below(Path.of(files));
            OpenNodes.Lease lease = OpenNodes.PROCESS.open(database, policy);
            return connect(url, info, lease, settings);
        } catch (KadeException e) {
            throw KadeErrors.of(e, "");
        }
    }

    private Connection connect(
            String url, @Nullable Properties info, OpenNodes.Lease lease, Map<String, String> settings) {
        boolean connected = false;
        try {
            Session session = lease.node().open(Principal.EMBEDDED_OWNER);
            settings.forEach(session::set);
            Properties own = new Properties();
            if (info != null) {
                own.putAll(info);
            }
            KadeConnection connection = new KadeConnection(this, (KadeFactory) factory, url, own, lease, session);
            connected = true;
            return connection;
        } finally {
            if (!connected) {
                lease.close();
            }
        }
    }

    private static Map<String, String> settings(DatabaseUrl url, Properties info) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : info.stringPropertyNames()) {
            settings.put(name, info.getProperty(name));
        }
        settings.putAll(url.options());
        settings.keySet().removeAll(IGNORED);
        return settings;
    }

    @Override
    public Meta createMeta(AvaticaConnection connection) {
        return new KadeMeta((KadeConnection) connection);
    }
}
