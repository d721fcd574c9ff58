package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.database.PostgresCluster;
import io.kadedb.sqltests.fuzz.generate.Wanted;
import io.kadedb.sqltests.fuzz.peer.Peer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fuzzer's cases, one at a time, as {@code ./kadedb fuzz --peers postgresql,duckdb} runs them. */
public final class FuzzedCases implements AutoCloseable {
    private final PostgresCluster postgres;
    private final List<Finding> findings = new ArrayList<>();
    private final Fuzzer fuzzer;

    public FuzzedCases(long seed) throws IOException, SQLException {
        postgres = PostgresCluster.start();
        List<Peer> peers = List.of(Peer.postgresql(postgres.create("fuzz")), Peer.duckdb());
        fuzzer = new Fuzzer(seed, Wanted.everything(), peers, new Summary(), findings::add);
    }

    /** Who complains of a case first, if anybody does. */
    public Optional<String> complaint(long number) throws SQLException {
        findings.clear();
        fuzzer.run(number);
        return findings.stream().findFirst().map(finding -> finding.judge().name());
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
