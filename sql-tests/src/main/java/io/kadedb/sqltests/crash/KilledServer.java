package io.kadedb.sqltests.crash;

import io.kadedb.server.DatabaseUrl;
import io.kadedb.server.http.KadeServer;
import io.kadedb.server.http.ServerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The process that is killed: servers on the directories that it is told. Before, it runs some statements in memory, so that its
 * classes are loaded.
 */
final class KilledServer {
    /** What it says begins with this; others may print too. */
    static final String PREFIX = "killed server: ";

    /** All clients come at once, to a process that is new. */
    private static final String PATIENCE = "?connectTimeout=120";

    private static final List<String> WARM_UP = List.of(
            "create table t (a int primary key, b text)",
            "insert into t values (1, 'x'), (2, 'y')",
            "begin",
            "update t set b = 'z' where a = 2",
            "commit",
            "select b, count(*) from t group by b order by 1",
            "check database");

    private KilledServer() {}

    /** Takes no arguments; each line of its input is a directory to open, and it ends with its input. */
    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:mem:");
                Statement statement = connection.createStatement()) {
            for (String sql : WARM_UP) {
                statement.execute(sql);
            }
        }
        say("ready");
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Deque<KadeServer> servers = new ArrayDeque<>();
        try {
            for (String directory = input.readLine(); directory != null; directory = input.readLine()) {
                KadeServer server = KadeServer.start(
                        ServerConfig.of(new DatabaseUrl.Directory(Path.of(directory), Map.of()), free));
                servers.push(server);
                say("jdbc:kadedb://127.0.0.1:" + server.address().getPort() + "/" + server.database() + PATIENCE);
            }
        } finally {
            servers.forEach(KadeServer::close);
        }
    }

    private static void say(String what) {
        System.out.println(PREFIX + what);
    }
}
