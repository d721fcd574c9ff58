package io.kadedb.bench.load;

import io.kadedb.bench.measure.DataDirectory;
import io.kadedb.bench.measure.Engine;
import io.kadedb.bench.measure.ProcessCpuClock;
import io.kadedb.bench.measure.ResultDigest;
import io.kadedb.bench.measure.Sample;
import io.kadedb.bench.tpch.TpchLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Function;

/** Lineitem on one engine, in a database that nothing else is in. */
public final class LoadedTable {
    /** Four columns of every row. */
    private static final String SCAN =
            "select sum(l_quantity), sum(l_extendedprice), sum(l_discount), max(l_shipdate) from lineitem";

    private static final String CONTENT =
            "select count(*), sum(l_orderkey), sum(l_linenumber), sum(l_tax), min(l_shipmode), max(l_comment) from"
                    + " lineitem";

    private final Path folder;
    private final Function<Path, Engine> engine;
    private final Path csv;

    /**
     * A table that is not loaded yet.
     *
     * @param folder of the database, and of nothing else
     * @param engine on a database in a folder
     */
    public LoadedTable(Path folder, Function<Path, Engine> engine, Path csv) {
        this.folder = folder;
        this.engine = engine;
        this.csv = csv;
    }

    public Engine engine() {
        return engine.apply(folder);
    }

    /**
     * Loads the table into a new database, in place of the one before. The clock runs from its making until it is closed, when
     * both have everything where it stays.
     */
    public Sample load() throws SQLException {
        renew();
        long cpu = ProcessCpuClock.nanos();
        long start = System.nanoTime();
        try (Connection connection = engine().connect()) {
            TpchLoader.load(connection, "lineitem", csv);
        }
        long wall = System.nanoTime() - start;
        long used = ProcessCpuClock.nanos() - cpu;
        try (Connection connection = engine().connect()) {
            return new Sample(wall, used, content(connection));
        }
    }

    private static ResultDigest content(Connection connection) throws SQLException {
        return Sample.take(connection, CONTENT, Set.of()).digest();
    }

    /** Opens the database and reads four columns for the first time since; the clock runs for the query alone. */
    public Sample scanOpened() throws SQLException {
        try (Connection connection = engine().connect()) {
            return scan(connection);
        }
    }

    /** Reads four columns. */
    public static Sample scan(Connection connection) throws SQLException {
        return Sample.take(connection, SCAN, Set.of());
    }

    /** What the closed database takes on disk. */
    public long storedBytes() throws IOException {
        return DataDirectory.bytes(folder);
    }

    private void renew() {
        try {
            remove();
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the database. */
    public void remove() throws IOException {
        DataDirectory.delete(folder);
    }
}
