package io.kadedb.bench;

import io.kadedb.bench.measure.Duel;
import io.kadedb.bench.measure.Engine;
import io.kadedb.bench.measure.Host;
import io.kadedb.bench.measure.Outcome;
import io.kadedb.bench.measure.SuiteReport;
import io.kadedb.bench.oltp.OltpContestant;
import io.kadedb.bench.oltp.OltpSchema;
import io.kadedb.bench.oltp.PostgresServer;
import io.kadedb.bench.oltp.Workload;
import io.kadedb.server.DatabaseUrl;
import io.kadedb.server.http.KadeServer;
import io.kadedb.server.http.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kadedb bench oltp}: short transactions on KadeDB and on peers that promise the same about a commit. */
@Command(
        name = "oltp",
        description = "Runs short transactions: reads and writes by key, TPC-B-like blocks, one row that all want.",
        mixinStandardHelpOptions = true)
final class OltpCommand implements Callable<Integer> {
    @Option(
            names = "--peers",
            split = ",",
            defaultValue = "h2,sqlite,postgresql",
            description = "What to compare with. Default: h2,sqlite,postgresql.")
    private List<Peer> peers;

    @Option(
            names = "--stores",
            split = ",",
            defaultValue = "memory,synced",
            description = "In memory, or in files that are synced at every commit. Default: memory,synced.")
    private List<Store> stores;

    @Option(
            names = "--accounts",
            defaultValue = "10000",
            description = "Rows of the table of accounts. Default: 10000.")
    private int accounts;

    @Option(
            names = "--transactions",
            description = "Transactions of a round. Default: 20000 in memory, 2000 where each is synced.")
    private Optional<Integer> transactions;

    @Option(names = "--clients", defaultValue = "16", description = "Clients that want the hot row. Default: 16.")
    private int clients;

    @Option(names = "--url", description = "Where ours is: an empty database. Default: a new one for each store.")
    private Optional<String> url;

    @Option(
            names = "--doors",
            split = ",",
            defaultValue = "embedded,driver",
            description = "Ours in this process, or behind a server over the loopback interface as PostgreSQL is."
                    + " Default: embedded,driver.")
    private List<Door> doors;

    @Option(
            names = "--rows",
            split = ",",
            converter = RowConverter.class,
            description = "What to measure: select, insert, update, tpc-b-like, hot-row. Default: all of it.")
    private List<Workload> rows = List.of(Workload.values());

    @Mixin
    private RoundOptions rounds;

    @Spec
    private CommandSpec spec;

    /** Workloads by their titles. */
    private static final class RowConverter extends RowNames<Workload> {
        RowConverter() {
            super(Workload.values(), workload -> workload.title().replace(' ', '-'));
        }
    }

    /** Databases this command can compare with. */
    enum Peer {
        h2(Set.of(Store.memory), Set.of(Door.embedded)),
        sqlite(Set.of(Store.memory, Store.synced), Set.of(Door.embedded)),
        postgresql(Set.of(Store.synced), Set.of(Door.embedded, Door.driver));

        /** H2 cannot sync at each commit, PostgreSQL cannot live in memory. */
        private final Set<Store> stores;

        private final Set<Door> doors;

        Peer(Set<Store> stores, Set<Door> doors) {
            this.stores = stores;
            this.doors = doors;
        }
    }

    /** How ours is reached. */
    enum Door {
        embedded,
        driver
    }

    /** What a commit promises. */
    enum Store {
        memory(20_000),
        synced(2_000);

        /** So many take a tenth of a second or more: a shorter round measures what disturbs it. */
        private final int transactions;

        Store(int transactions) {
            this.transactions = transactions;
        }
    }

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    OltpCommand() {}

    @Override
    public Integer call() throws IOException {
        return Folders.runInTemporary(spec, this::run);
    }

    private boolean run(Path folder, PrintWriter out) throws IOException, SQLException {
        out.println("host: " + Host.describe());
        String transactionsOfRounds = stores.stream()
                .map(store ->
                        round(store) + " transactions a round " + (store == Store.memory ? "in memory" : "synced"))
                .collect(Collectors.joining(", "));
        out.println(transactionsOfRounds + ", milliseconds of a round; " + rounds.warmUps() + " warm-ups, "
                + rounds.runs() + " alternating rounds, medians");
        rows = Stream.of(Workload.values()).filter(rows::contains).toList();
        List<Outcome> outcomes = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Store store : stores) {
            for (Peer peer : peers) {
                for (Door door : doors) {
                    if (peer.stores.contains(store) && peer.doors.contains(door)) {
                        Path files = Files.createDirectories(folder.resolve(store + "-" + peer + "-" + door));
                        List<Outcome> measured =
                                door == Door.driver ? served(files, out, store) : embedded(files, out, store, peer);
                        measured.forEach(row -> names.add(row.peer()));
                        outcomes.addAll(measured);
                    }
                }
            }
        }
        SuiteReport report = new SuiteReport(
                "oltp", String.valueOf(accounts), "1," + clients, String.join(", ", names), Host.describe(), outcomes);
        out.println(report.summary());
        out.flush();
        if (rounds.json().isPresent()) {
            report.writeJson(rounds.json().get());
        }
        return report.isRight();
    }

    private int round(Store store) {
        return transactions.orElse(store.transactions);
    }

    private List<Outcome> embedded(Path folder, PrintWriter out, Store store, Peer peer)
            throws IOException, SQLException {
        Engine ours = Engine.ours(url.orElse(
                switch (store) {
                    case memory -> "jdbc:kadedb:mem:oltp-" + peer;
                    case synced -> "jdbc:kadedb:file:" + folder.resolve("kadedb");
                }));
        return switch (peer) {
            case h2 -> compare(out, store, "", ours, Engine.h2InMemory());
            case sqlite ->
                compare(
                        out,
                        store,
                        "",
                        ours,
                        store == Store.memory ? Engine.sqliteInMemory() : Engine.sqlite(folder.resolve("sqlite.db")));
            case postgresql -> {
                try (PostgresServer server = PostgresServer.start(folder.resolve("postgresql"))) {
                    yield compare(out, store, "", ours, Engine.postgresql(server.url()));
                }
            }
        };
    }

    /** Both behind a server and a socket of the loopback interface; ours shares its process with the clients. */
    private List<Outcome> served(Path folder, PrintWriter out, Store store) throws IOException, SQLException {
        DatabaseUrl database = new DatabaseUrl.Directory(folder.resolve("kadedb"), Map.of());
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (KadeServer server = KadeServer.start(ServerConfig.of(database, anyPort));
                PostgresServer postgres = PostgresServer.start(folder.resolve("postgresql"))) {
            Engine ours =
                    Engine.served("jdbc:kadedb://127.0.0.1:" + server.address().getPort());
            return compare(out, store, " driver", ours, Engine.postgresql(postgres.url()));
        }
    }

    /** @param door how ours is reached, behind the name of a row */
    private List<Outcome> compare(PrintWriter out, Store store, String door, Engine ours, Engine theirs)
            throws SQLException {
        // An in-memory database lives only as long as a connection to it.
        try (Connection our = ours.connect();
                Connection their = theirs.connect()) {
            OltpSchema.load(our, accounts);
            OltpSchema.load(their, accounts);
            ours.describe(our).forEach(out::println);
            theirs.describe(their).forEach(out::println);
            out.println(SuiteReport.header());
            String peer = theirs.name() + " " + their.getMetaData().getDatabaseProductVersion();
            Duel duel = new Duel(peer, rounds.warmUps(), rounds.runs());
            List<Outcome> outcomes = new ArrayList<>();
            for (Workload workload : rows) {
                outcomes.add(row(out, duel, store, door, workload, 1, ours, theirs));
            }
            if (rows.getLast() == Workload.HOT_ROW) {
                outcomes.add(row(out, duel, store, door, Workload.HOT_ROW, clients, ours, theirs));
                queueing(outcomes).ifPresent(out::println);
            }
            return outcomes;
        }
    }

    private Outcome row(
            PrintWriter out,
            Duel duel,
            Store store,
            String door,
            Workload workload,
            int count,
            Engine ours,
            Engine theirs)
            throws SQLException {
        String name = workload.title() + " " + store + door + (count == 1 ? "" : " x" + count);
        int round = round(store);
        try (OltpContestant our = new OltpContestant(ours, workload, count, round, accounts);
                OltpContestant their = new OltpContestant(theirs, workload, count, round, accounts)) {
            Outcome outcome = duel.run(name, our, their);
            out.println(SuiteReport.row(outcome));
            out.flush();
            return outcome;
        }
    }

    /** What waiting in line costs: the rate of many clients on one row as a part of one client's. */
    private Optional<String> queueing(List<Outcome> outcomes) {
        int last = outcomes.size() - 1;
        if (outcomes.get(last - 1) instanceof Outcome.Measured alone
                && outcomes.get(last) instanceof Outcome.Measured together) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "hot row, rate of %d clients as a part of one client's: ours %.2f, theirs %.2f",
                    clients,
                    alone.ours().medianMillis() / together.ours().medianMillis(),
                    alone.theirs().medianMillis() / together.theirs().medianMillis()));
        }
        return Optional.empty();
    }
}
