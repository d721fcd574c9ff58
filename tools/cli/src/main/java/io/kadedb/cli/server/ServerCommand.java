package io.kadedb.cli.server;

import io.kadedb.common.error.KadeException;
import io.kadedb.server.DatabaseUrl;
import io.kadedb.server.http.KadeServer;
import io.kadedb.server.http.ServerConfig;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kadedb server}: serves a database to other processes until SIGTERM or SIGINT. */
@Command(
        name = "server",
        description = "Serves a database over HTTP to jdbc:kadedb://HOST:PORT and to Avatica clients.",
        mixinStandardHelpOptions = true)
public final class ServerCommand implements Callable<Integer> {
    private static final int MAX_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the directory of the database; left out, it is in memory and ends with the process")
    private @Nullable Path data;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "where to listen (default: ${DEFAULT-VALUE}); port 0 for one that is free",
            defaultValue = "127.0.0.1:" + ServerConfig.DEFAULT_PORT)
    private String listen;

    @Option(
            names = "--files",
            paramLabel = "DIR",
            description = "let statements read files below this directory; left out, they read none")
    private @Nullable Path files;

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            description = "how long running statements may take after SIGTERM (default: ${DEFAULT-VALUE})",
            defaultValue = "20")
    private long drainSeconds;

    @Option(
            names = "--idle-timeout",
            paramLabel = "SECONDS",
            description = "after which sessions of silent stock Avatica clients are closed (default: ${DEFAULT-VALUE})",
            defaultValue = "600")
    private long idleSeconds;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "how many sessions there may be (default: ${DEFAULT-VALUE})",
            defaultValue = "1000")
    private int maxConnections;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public ServerCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        InetSocketAddress address = address();
        try {
            KadeServer server = KadeServer.start(config(address));
            tell(server, out, errors);
            awaitEnd(server);
            return 0;
        } catch (KadeException e) {
            errors.println("error " + e.code().sqlState() + ": " + e.report(""));
            return 1;
        }
    }

    private ServerConfig config(InetSocketAddress address) {
        DatabaseUrl database =
                data == null ? new DatabaseUrl.InMemory("kadedb", Map.of()) : new DatabaseUrl.Directory(data, Map.of());
        return ServerConfig.of(database, address)
                .withFiles(Optional.ofNullable(files))
                .withMaxSessions(maxConnections)
                .withIdleTimeout(Duration.ofSeconds(idleSeconds))
                .withDrainTimeout(Duration.ofSeconds(drainSeconds));
    }

    private void tell(KadeServer server, PrintWriter out, PrintWriter errors) {
        InetSocketAddress address = server.address();
        if (data == null) {
            errors.println("note: the database is in memory and ends with this process; --data DIR keeps it");
        }
        if (!address.getAddress().isLoopbackAddress()) {
            errors.println("warning: listening on " + address.getHostString() + ", and there is no authentication yet:"
                    + " whoever reaches the port may read and change everything");
        }
        errors.flush();
        String host = address.getAddress().isAnyLocalAddress() ? "localhost" : bracketed(address.getAddress());
        out.println("serving jdbc:kadedb://" + host + ":" + address.getPort() + "/" + server.database());
        out.flush();
    }

    private static String bracketed(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    /** Waits for the process to be asked to end, and drains the server then. */
    private static void awaitEnd(KadeServer server) {
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "kadedb-drain"));
        try {
            never.await();
        } catch (InterruptedException e) {
            // Whoever runs the command within a process of his own ends it so.
            server.close();
            Thread.currentThread().interrupt();
        }
    }

    private InetSocketAddress address() {
        int colon = listen.lastIndexOf(':');
        if (colon < 1) {
            throw wrongListen();
        }
        String host = listen.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = Integer.parseInt(listen.substring(colon + 1));
            if (port < 0 || port > MAX_PORT) {
                throw wrongListen();
            }
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (NumberFormatException e) {
            throw wrongListen();
        } catch (UnknownHostException e) {
            throw new ParameterException(spec.commandLine(), "--listen: there is no host \"" + host + "\"");
        }
    }

    private ParameterException wrongListen() {
        return new ParameterException(
                spec.commandLine(), "--listen wants HOST:PORT, such as 127.0.0.1:8765, not \"" + listen + "\"");
    }
}
