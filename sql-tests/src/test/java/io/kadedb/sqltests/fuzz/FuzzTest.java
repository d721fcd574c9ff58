package io.kadedb.sqltests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.fuzz.generate.Wanted;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random statements answer as PostgreSQL and DuckDB do, and as oracles say. The seed is in every report;
 * {@code -Dkadedb.fuzz.seed} chooses another one. The default is fixed, so that a build is repeatable.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("kadedb.fuzz.seed", 20_261_123L);
    private static final Duration LONG = Duration.ofMinutes(Long.getLong("kadedb.fuzz.minutes", 30));

    private static final long SEEN = Long.getLong("kadedb.fuzz.seed", 4000);

    @Test
    void agreesWithOracles() throws IOException, SQLException {
        run(new FuzzRun(SEED, 11, 49, Duration.ofMinutes(5), Set.of(), Wanted.everything(), Optional.empty()));
    }

    @Test
    void agreesWithItsPeers() throws IOException, SQLException {
        run(new FuzzRun(
                SEEN,
                1,
                13,
                Duration.ofMinutes(5),
                peers("postgresql", "duckdb"),
                Wanted.everything(),
                Optional.empty()));
    }

    @Test
    @Tag("slow")
    void agreesWithAllPeersForLong() throws IOException, SQLException {
        run(new FuzzRun(
                SEED + 1,
                0,
                Long.MAX_VALUE,
                LONG,
                peers("postgresql", "duckdb", "sqlite", "h2"),
                Wanted.everything(),
                Optional.empty()));
    }

    /** PostgreSQL's binaries are those of Linux on x86-64. */
    private static Set<String> peers(String... names) {
        boolean linux = System.getProperty("os.name").startsWith("Linux")
                && System.getProperty("os.arch").equals("amd64");
        Set<String> peers = new java.util.HashSet<>(Set.of(names));
        if (!linux) {
            peers.remove("postgresql");
        }
        return peers;
    }

    private static void run(FuzzRun run) throws IOException, SQLException {
        StringWriter report = new StringWriter();
        long wrong = run.run(new PrintWriter(report));
        assertThat(wrong).as(report.toString()).isZero();
    }
}
