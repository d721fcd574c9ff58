package io.kadedb.bench.storm;

import io.kadedb.bench.measure.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs a storm on a new directory and looks at its size every second. */
public final class StormRun {
    private static final double MB = 1_000_000;
    private static final long LONGEST_CALM_SECONDS = 600;

    private final Path directory;
    private final long retentionSeconds;
    private final long calmSeconds;
    private final PrintWriter out;
    private long peak;

    /**
     * A storm on a new directory.
     *
     * @param calmSeconds without shrinking after which the size is settled: old versions go with commits and with rounds of
     *     maintenance, which are half a minute apart
     */
    public StormRun(Path directory, long retentionSeconds, long calmSeconds, PrintWriter out) {
        this.calmSeconds = calmSeconds;
        this.directory = directory;
        this.retentionSeconds = retentionSeconds;
        this.out = out;
    }

    /**
     * The greatest size while the storm lasted, as a multiple of the settled one after it.
     *
     * @throws SQLException where a statement failed, which is a fault of the database
     */
    public double run(Storm storm) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:file:" + directory)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("alter system set history_retention = '" + retentionSeconds + "s'");
            }
            storm.load(connection);
            out.println(storm.title() + ", retention " + retentionSeconds + " s");
            long loaded = calm();
            OptionalLong before = WrittenBytes.now();
            long begin = System.nanoTime();
            storm(storm, connection);
            double seconds = (System.nanoTime() - begin) / 1e9;
            OptionalLong after = WrittenBytes.now();
            print("loaded %.1f MB; %d updates in %.0f s", loaded / MB, storm.updates(), seconds);
            if (before.isPresent() && after.isPresent()) {
                long written = after.getAsLong() - before.getAsLong();
                long changed = storm.updates() * storm.rowBytes();
                print(
                        "written to storage %.1f MB for %.1f MB of rows: amplification %.1f",
                        written / MB, changed / MB, (double) written / changed);
            }
            long settled = calm();
            double ratio = (double) peak / settled;
            print("most on disk %.1f MB, settled %.1f MB: %.2f times", peak / MB, settled / MB, ratio);
            return ratio;
        }
    }

    private void storm(Storm storm, Connection connection) throws IOException, SQLException {
        long begin = System.nanoTime();
        long looked = begin;
        for (long done = 0; done < storm.updates(); ) {
            done += storm.update(connection, storm.updates() - done);
            long now = System.nanoTime();
            if (now - looked >= TimeUnit.SECONDS.toNanos(1)) {
                look();
                looked = now;
            }
            if (storm.pace() > 0) {
                LockSupport.parkNanos(begin + TimeUnit.SECONDS.toNanos(done) / storm.pace() - now);
            }
        }
        look();
    }

    private long look() throws IOException {
        long bytes = DataDirectory.bytes(directory);
        peak = Math.max(peak, bytes);
        return bytes;
    }

    /** Waits until the retention is over and the size has not shrunk for a while. */
    private long calm() throws IOException {
        long least = Long.MAX_VALUE;
        long quiet = -retentionSeconds;
        for (long waited = 0; quiet < calmSeconds && waited < LONGEST_CALM_SECONDS + retentionSeconds; waited++) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            long bytes = DataDirectory.bytes(directory);
            quiet = bytes < least && quiet > 0 ? 0 : quiet + 1;
            least = Math.min(least, bytes);
        }
        return DataDirectory.bytes(directory);
    }

    private void print(String format, Object... arguments) {
        out.printf(Locale.ROOT, format + "%n", arguments);
        out.flush();
    }
}
