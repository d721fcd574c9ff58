package io.kadedb.sqltests.slt;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels statements that run too long, and cuts the connections of those that do not end even then. Thread-safe. */
public final class Deadlines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Duration limit;
    private final Duration grace;
    private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
    private final Thread watch;
    private volatile boolean closed;

    /**
     * @param limit how long a statement may take
     * @param grace how long it may take to end after it was cancelled
     */
    public Deadlines(Duration limit, Duration grace) {
        this.limit = limit;
        this.grace = grace;
        this.watch = Thread.ofPlatform().name("slt-deadlines").daemon().start(this::watch);
    }

    /** @param stuck called when a statement has not ended though its connection was cut */
    public Watch watch(Runnable stuck) {
        return new Watch(stuck);
    }

    /** The deadlines of one file's statements. */
    public final class Watch {
        private final Runnable stuck;

        private Watch(Runnable stuck) {
            this.stuck = stuck;
        }

        Duration limit() {
            return limit;
        }

        /** Watches a statement until the guard is closed. */
        Guard guard(Statement statement) {
            Guard guard = new Guard(statement, stuck, System.nanoTime() + limit.toNanos());
            guards.add(guard);
            return guard;
        }
    }

    private void watch() {
        while (!closed) {
            long now = System.nanoTime();
            for (Guard guard : guards) {
                guard.check(now);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watch);
    }

    /** The watch over one statement. */
    final class Guard implements AutoCloseable {
        private final Statement statement;
        private final Runnable stuck;
        private long deadline;
        private volatile boolean fired;
        private boolean cut;
        private boolean given;

        private Guard(Statement statement, Runnable stuck, long deadline) {
            this.statement = statement;
            this.stuck = stuck;
            this.deadline = deadline;
        }

        /** Whether the statement was cancelled for its time. */
        boolean hasFired() {
            return fired;
        }

        private void check(long now) {
            if (given || now - deadline < 0) {
                return;
            }
            deadline = now + grace.toNanos();
            try {
                if (cut) {
                    given = true;
                    stuck.run();
                } else if (fired) {
                    cut = true;
                    statement.getConnection().abort(Runnable::run);
                } else {
                    fired = true;
                    statement.cancel();
                }
            } catch (SQLException e) {
                LOG.warn("a statement that takes too long cannot be stopped", e);
            }
        }

        @Override
        public void close() {
            guards.remove(this);
        }
    }
}
