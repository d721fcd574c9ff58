package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.database.PostgresCluster;
import io.kadedb.sqltests.fuzz.generate.Wanted;
import io.kadedb.sqltests.fuzz.peer.Peer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A run of the fuzzer over many cases.
 *
 * @param seed of all random choices
 * @param first number of the first case
 * @param cases how many at most
 * @param time after which no case is begun
 * @param peers names of {@link #PEERS}
 * @param wanted what statements may be made of
 * @param folder where logic files of failing cases go
 */
public record FuzzRun(
        long seed, long first, long cases, Duration time, Set<String> peers, Wanted wanted, Optional<Path> folder) {
    public static final List<String> PEERS = List.of("postgresql", "duckdb", "sqlite", "h2");

    public FuzzRun {
        peers = Set.copyOf(peers);
    }

    /** Runs; gives the number of mismatches. */
    public long run(PrintWriter out) throws IOException, SQLException {
        if (!peers.contains("postgresql")) {
            return run(List.of(), out);
        }
        try (PostgresCluster postgres = PostgresCluster.start()) {
            return run(List.of(Peer.postgresql(postgres.create("fuzz"))), out);
        }
    }

    private long run(List<Peer> reference, PrintWriter out) throws SQLException {
        List<Peer> all = new ArrayList<>(reference);
        PEERS.stream().filter(peers::contains).forEach(name -> {
            switch (name) {
                case "duckdb" -> all.add(Peer.duckdb());
                case "sqlite" -> all.add(Peer.sqlite());
                case "h2" -> all.add(Peer.h2());
                default -> {}
            }
        });
        out.println("seed " + seed + ", cases from " + first);
        out.flush();
        Summary summary = new Summary();
        Findings findings = new Findings(seed, all, folder, out);
        Fuzzer fuzzer = new Fuzzer(seed, wanted, all, summary, findings::add);
        long start = System.nanoTime();
        long end = start + time.toNanos();
        for (long number = first; number < first + cases && System.nanoTime() < end; number++) {
            fuzzer.run(number);
        }
        summary.print(out, Duration.ofNanos(System.nanoTime() - start));
        return summary.wrong();
    }
}
