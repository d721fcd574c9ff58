package io.kadedb.sqltests.crash;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A database whose servers are killed, and what clients do with it. */
final class Survivor {
    /** What others do may stop a transaction. */
    private static final Set<String> REFUSED = Set.of("40001", "40P01");

    private final Path directory;
    private final SplittableRandom random;
    private final List<Workload> workloads;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private boolean fresh = true;

    Survivor(Path directory, SplittableRandom random) {
        this.directory = directory;
        this.random = random;
        this.workloads = List.of(
                new NumberedRows(),
                new Transfers(random.split()),
                new Lists(),
                new Numbers(),
                new Summaries(),
                new Definitions(),
                new Upkeep());
    }

    /** Whether a transaction that failed with this was not committed. */
    static boolean isRefused(SQLException e) {
        return REFUSED.contains(e.getSQLState());
    }

    Path directory() {
        return directory;
    }

    /** Transactions that were acknowledged so far. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** What a client failed with while its server lived. */
    @Nullable
    Throwable failure() {
        return failure.get();
    }

    /** Makes it ready for clients, where it is new. */
    void begin(Client client) throws SQLException {
        if (fresh) {
            for (Workload workload : workloads) {
                for (String sql : workload.schema()) {
                    client.run(sql);
                }
            }
            fresh = false;
        }
        for (Workload workload : workloads) {
            workload.begin(client);
        }
    }

    /**
     * Compares what is there with what was acknowledged; there is nothing before the first {@link #begin}.
     *
     * @throws Violation when it is wrong
     */
    void check(Client client) throws SQLException {
        if (fresh) {
            return;
        }
        try {
            for (Workload workload : workloads) {
                workload.check(client);
            }
        } catch (Violation | SQLException e) {
            throw new Violation("the database in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Starts clients, which go on until their server is killed. */
    List<Thread> work(String url, BooleanSupplier killed) {
        List<Thread> threads = new ArrayList<>();
        for (Workload workload : workloads) {
            for (int number = 0; number < workload.clients(); number++) {
                int own = number;
                SplittableRandom choices = random.split();
                threads.add(Thread.ofPlatform().start(() -> work(workload, own, url, choices, killed)));
            }
        }
        return threads;
    }

    private void work(Workload workload, int number, String url, SplittableRandom choices, BooleanSupplier killed) {
        try (Client client = new Client(url)) {
            while (!killed.getAsBoolean()) {
                try {
                    workload.step(number, client, choices);
                    acknowledged.incrementAndGet();
                } catch (SQLException e) {
                    if (!isRefused(e)) {
                        throw e;
                    }
                    workload.aborted(number);
                    client.run("rollback");
                }
            }
        } catch (SQLException e) {
            if (!killed.getAsBoolean()) {
                failure.compareAndSet(
                        null,
                        new IllegalStateException(
                                workload.getClass().getSimpleName() + ": " + e.getSQLState() + " " + e.getMessage(),
                                e));
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }
}
