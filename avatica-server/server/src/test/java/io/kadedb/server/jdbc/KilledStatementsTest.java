package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.control.CancelToken;
import io.kadedb.storage.transaction.Stores;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process of a long statement at random moments: afterwards all of the statement is there, or nothing. */
class KilledStatementsTest {
    @TempDir
    private Path folder;

    private int copied;
    private int updated;

    private String url() {
        return "jdbc:kadedb:file:" + folder.resolve("db");
    }

    /** A statement that takes long. */
    private enum Kind {
        COPY("copy c from '%s/rows.csv' (format csv)"),
        UPDATE("update u set v = v + 1"),
        CREATE_INDEX("create index by_w on u (w)"),
        CREATE_TABLE("create table d as select * from u"),
        BACKUP("backup database to '%s/backup'");

        private final String sql;

        Kind(String sql) {
            this.sql = sql;
        }
    }

    @Test
    void aMomentOfALoadAndOfAnUpdate() throws Exception {
        fill(150_000, 50_000);
        killAll(Kind.COPY, 1);
        killAll(Kind.UPDATE, 1);
    }

    @Test
    @Tag("slow")
    void twentyMomentsOfEach() throws Exception {
        fill(
                Integer.getInteger("kadedb.kill.copied", 10_000_000),
                Integer.getInteger("kadedb.kill.updated", 2_000_000));
        for (Kind kind : Kind.values()) {
            killAll(kind, Integer.getInteger("kadedb.kill.moments", 20));
        }
    }

    private void fill(int copiedRows, int updatedRows) throws IOException, SQLException {
        copied = copiedRows;
        updated = updatedRows;
        try (BufferedWriter rows = Files.newBufferedWriter(folder.resolve("rows.csv"))) {
            for (int i = 0; i < copied; i++) {
                rows.write("%d,a text of the row %d %s%n".formatted(i, i, "x".repeat(60)));
            }
        }
        try (Connection connection = DriverManager.getConnection(url())) {
            Database.run(
                    connection,
                    "create table c (a int primary key, b text)",
                    "create table u (id int primary key, v int, w int)",
                    "create index by_v on u (v)",
                    "insert into u select x, 0, x % 1000 from generate_series(1, " + updated + ") as g(x)");
        }
    }

    private void killAll(Kind kind, int moments) throws Exception {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        String sql = kind.sql.formatted(folder);
        long nanos = time(sql);
        undo(kind);
        for (int moment = 0; moment < moments; moment++) {
            Process process = BadInputTest.start(url(), "select 1", sql);
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                BadInputTest.awaitReady(output);
                // Its first run takes longer than that of this process.
                LockSupport.parkNanos(random.nextLong(2 * nanos + 1));
            } finally {
                process.destroyForcibly().waitFor();
            }
            String where = "%s killed, moment %d, kadedb.seed=%d".formatted(kind, moment, seed);
            try (Connection connection = DriverManager.getConnection(url())) {
                assertWhole(kind, connection, where);
                assertThat(Database.rows(connection, "check database"))
                        .as(where)
                        .allSatisfy(row -> assertThat(row).endsWith("null"));
            }
            undo(kind);
        }
    }

    private long time(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url())) {
            long start = System.nanoTime();
            Database.run(connection, sql);
            return System.nanoTime() - start;
        }
    }

    private void assertWhole(Kind kind, Connection connection, String where) throws Exception {
        String all = String.valueOf(updated);
        switch (kind) {
            case COPY ->
                assertThat(Database.rows(connection, "select count(*), count(distinct a) from c"))
                        .as(where)
                        .isIn(List.of("0,0"), List.of(copied + "," + copied));
            case UPDATE ->
                assertThat(Database.rows(connection, "select count(*), max(v) - min(v) from u"))
                        .as(where)
                        .containsExactly(all + ",0");
            case CREATE_INDEX ->
                assertThat(Database.rows(connection, "select count(*) from u where w = 7"))
                        .as(where)
                        .containsExactly(String.valueOf(updated / 1000));
            case CREATE_TABLE -> {
                List<String> found = Database.rows(
                        connection, "select count(*) from information_schema.tables where table_name = 'd'");
                if (found.equals(List.of("1"))) {
                    assertThat(Database.rows(connection, "select count(*) from d"))
                            .as(where)
                            .containsExactly(all);
                }
            }
            case BACKUP -> {
                Path backup = folder.resolve("backup");
                if (Files.exists(backup)) {
                    Path restored = folder.resolve("restored" + System.nanoTime());
                    Stores.restore(backup, restored, CancelToken.unbounded());
                    try (Connection other = DriverManager.getConnection("jdbc:kadedb:file:" + restored)) {
                        assertThat(Database.rows(other, "select count(*) from u"))
                                .as(where)
                                .containsExactly(all);
                    }
                }
            }
        }
    }

    private void undo(Kind kind) throws Exception {
        try (Connection connection = DriverManager.getConnection(url())) {
            switch (kind) {
                case COPY -> Database.run(connection, "truncate c");
                case UPDATE -> {}
                case CREATE_INDEX -> Database.run(connection, "drop index if exists by_w");
                case CREATE_TABLE -> Database.run(connection, "drop table if exists d");
                case BACKUP -> Files.deleteIfExists(folder.resolve("backup"));
            }
        }
    }
}
