package io.kadedb.sqltests.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A database whose servers are killed one after the other. */
final class Episode {
    /** What others do may stop a transaction. */
    private static final Set<String> REFUSED = Set.of("40001", "40P01");

    private static final int MOST_ACKNOWLEDGED = 120;
    private static final long MOST_NANOS_MORE = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long OPENING_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** Of so many servers one is killed while it opens the database. */
    private static final int WHILE_OPENING = 6;

    private final Path directory;
    private final Path log;
    private final SplittableRandom random;
    private final List<Workload> workloads;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private int kills;
    private volatile boolean killed;

    /** @param folder an empty one */
    Episode(long seed, Path folder) {
        this.directory = folder.resolve("db");
        this.log = folder.resolve("log");
        this.random = new SplittableRandom(seed);
        NumberedRows rows = new NumberedRows();
        this.workloads = List.of(
                rows,
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

    /** Transactions that were acknowledged so far. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** How many servers were killed so far. */
    int kills() {
        return kills;
    }

    /**
     * Kills servers and checks what they leave.
     *
     * @throws Violation when it is wrong
     */
    void run(int times) throws IOException, SQLException {
        ServerProcess next = new ServerProcess(log);
        try {
            boolean checked = true;
            while (kills < times) {
                try (ServerProcess server = next) {
                    next = new ServerProcess(log.resolveSibling("log" + kills));
                    server.open(directory);
                    if (kills > 0 && random.nextInt(WHILE_OPENING) == 0) {
                        LockSupport.parkNanos(random.nextLong(OPENING_NANOS));
                    } else {
                        serve(server, checked);
                    }
                }
                kills++;
                checked = random.nextBoolean();
                if (checked) {
                    check();
                }
            }
            check();
        } finally {
            next.close();
        }
    }

    /** Checks it in this process, which closes it in order. */
    private void check() throws SQLException {
        try (Client client = new Client("jdbc:kadedb:file:" + directory)) {
            check(client);
        }
    }

    private void check(Client client) throws SQLException {
        for (Workload workload : workloads) {
            workload.check(client);
        }
    }

    private void serve(ServerProcess server, boolean checked) throws IOException, SQLException {
        String url = server.url();
        try (Client client = new Client(url)) {
            if (acknowledged.get() == 0 && kills == 0) {
                for (Workload workload : workloads) {
                    for (String sql : workload.schema()) {
                        client.run(sql);
                    }
                }
            } else if (!checked) {
                check(client);
            }
            for (Workload workload : workloads) {
                workload.begin(client);
            }
            work(server, url);
        }
    }

    private void work(ServerProcess server, String url) throws IOException {
        killed = false;
        List<Thread> threads = new ArrayList<>();
        for (Workload workload : workloads) {
            for (int number = 0; number < workload.clients(); number++) {
                int own = number;
                SplittableRandom choices = random.split();
                threads.add(Thread.ofPlatform().start(() -> work(workload, own, url, choices)));
            }
        }
        long moment = acknowledged.get() + random.nextInt(MOST_ACKNOWLEDGED);
        long deadline = System.nanoTime() + MOST_NANOS;
        while (acknowledged.get() < moment && failure.get() == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        LockSupport.parkNanos(random.nextLong(MOST_NANOS_MORE));
        boolean alive = server.isAlive();
        killed = true;
        server.close();
        for (Thread thread : threads) {
            join(thread);
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new Violation("a client fails: " + failed.getMessage() + server.said(), failed);
        }
        if (!alive) {
            throw new Violation("the server ended by itself: " + server.said());
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Workload workload, int number, String url, SplittableRandom choices) {
        try (Client client = new Client(url)) {
            while (!killed) {
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
            if (!killed) {
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
