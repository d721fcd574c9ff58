package io.kadedb.sqltests.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Some databases, served by one process after the other, each of which is killed. */
final class Episode {
    /** Of each database, by one process. */
    private static final int MOST_ACKNOWLEDGED = 80;

    private static final long MOST_NANOS_MORE = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long OPENING_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    /** Of so many processes one is killed while it opens the databases. */
    private static final int WHILE_OPENING = 6;
    /** After so many kills a database is verified by the next server, without having been closed in order. */
    private static final int BY_NEXT = 4;

    private final Path folder;
    private final SplittableRandom random;
    private final List<Survivor> databases = new ArrayList<>();
    private int kills;
    private volatile boolean killed;

    /**
     * Databases in a folder.
     *
     * @param folder an empty one
     */
    Episode(long seed, Path folder, int count) {
        this.folder = folder;
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            databases.add(new Survivor(folder.resolve("db" + i), random.split()));
        }
    }

    /** Transactions that were acknowledged so far. */
    long acknowledged() {
        return databases.stream().mapToLong(Survivor::acknowledged).sum();
    }

    /** How many processes were killed so far. */
    int kills() {
        return kills;
    }

    /**
     * Kills processes and checks what they leave.
     *
     * @throws Violation when it is wrong
     */
    void run(int times) throws IOException, SQLException {
        ServerProcess next = start();
        try {
            boolean checked = true;
            while (kills < times) {
                try (ServerProcess server = next) {
                    next = start();
                    for (Survivor database : databases) {
                        server.open(database.directory());
                    }
                    if (kills > 0 && random.nextInt(WHILE_OPENING) == 0) {
                        LockSupport.parkNanos(random.nextLong(OPENING_NANOS * databases.size()));
                    } else {
                        serve(server, checked);
                    }
                }
                kills++;
                checked = random.nextInt(BY_NEXT) > 0 || kills == times;
                if (checked) {
                    check();
                }
            }
        } finally {
            next.close();
        }
    }

    private ServerProcess start() throws IOException {
        return new ServerProcess(folder.resolve("log" + kills));
    }

    /** Checks them in this process, which closes them in order. */
    private void check() throws SQLException {
        for (Survivor database : databases) {
            try (Client client = new Client("jdbc:kadedb:file:" + database.directory())) {
                database.check(client);
            }
        }
    }

    private void serve(ServerProcess server, boolean checked) throws IOException, SQLException {
        List<String> urls = new ArrayList<>();
        for (Survivor database : databases) {
            String url = server.url();
            urls.add(url);
            try (Client client = new Client(url)) {
                if (!checked) {
                    database.check(client);
                }
                database.begin(client);
            }
        }
        work(server, urls);
    }

    private void work(ServerProcess server, List<String> urls) throws IOException {
        killed = false;
        long moment = acknowledged() + random.nextInt(MOST_ACKNOWLEDGED * databases.size());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            threads.addAll(databases.get(i).work(urls.get(i), () -> killed));
        }
        long deadline = System.nanoTime() + MOST_NANOS;
        while (acknowledged() < moment && failure() == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        LockSupport.parkNanos(random.nextLong(MOST_NANOS_MORE));
        boolean alive = server.isAlive();
        killed = true;
        server.close();
        for (Thread thread : threads) {
            join(thread);
        }
        Throwable failed = failure();
        if (failed != null) {
            throw new Violation("a client fails: " + failed.getMessage() + server.said(), failed);
        }
        if (!alive) {
            throw new Violation("the server ended by itself: " + server.said());
        }
    }

    private @Nullable Throwable failure() {
        for (Survivor database : databases) {
            Throwable failure = database.failure();
            if (failure != null) {
                return failure;
            }
        }
        return null;
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
}
