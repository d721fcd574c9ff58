package io.kadedb.storage.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.apple.foundationdb.Database;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A process that commits until it is killed. Each thread writes pairs of keys, one pair in each transaction, and prints
 * {@code thread number} once a commit is acknowledged.
 */
final class CommittingProcess {
    private static final int THREADS = 3;

    private CommittingProcess() {}

    static byte[] key(String half, int thread, long number) {
        return "%s/%d/%09d".formatted(half, thread, number).getBytes(UTF_8);
    }

    public static void main(String[] arguments) throws Exception {
        long first = Long.parseLong(arguments[1]);
        PrintStream acknowledged = new PrintStream(System.out, true, UTF_8);
        try (RocksKeySpace space = RocksKeySpace.open(Path.of(arguments[0]));
                ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            acknowledged.println("open");
            for (int thread = 0; thread < THREADS; thread++) {
                var _ = pool.submit(committer(space.database(), thread, first, acknowledged));
            }
        }
    }

    private static Callable<Void> committer(Database db, int thread, long first, PrintStream acknowledged) {
        return () -> {
            for (long number = first; ; number++) {
                byte[] left = key("left", thread, number);
                byte[] right = key("right", thread, number);
                db.run(t -> {
                    t.set(left, new byte[200]);
                    t.set(right, new byte[300]);
                    return true;
                });
                acknowledged.println(thread + " " + number);
            }
        };
    }
}
