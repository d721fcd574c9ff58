package io.kadedb.storage.transaction;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.history.ListAppendHistory;
import io.kadedb.history.ListAppendHistory.Op;
import io.kadedb.history.ListAppendHistory.Outcome;
import io.kadedb.storage.api.IsolationLevel;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.TransactionOptions;
import io.kadedb.storage.keyspace.ManualClock;
import io.kadedb.storage.memory.MemoryKeySpace;
import io.kadedb.storage.simulation.CooperativeThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that append to lists and read them, on a store in memory, one at a time and in an order drawn from a seed: transactions,
 * locks and conflicts as in the database, without any time or threads of its own.
 */
final class IsolationSimulation {
    private static final int KEYS = 4;
    private static final int MOST_OPS = 4;

    private final long seed;
    private final IsolationLevel level;
    private final ListAppendHistory history = new ListAppendHistory();
    private final AtomicLong moments = new AtomicLong();
    private final AtomicInteger values = new AtomicInteger();
    private final StringBuilder trace = new StringBuilder();
    private int deadlocks;

    IsolationSimulation(long seed, IsolationLevel level) {
        this.seed = seed;
        this.level = level;
    }

    ListAppendHistory history() {
        return history;
    }

    /** What happened, in order: the same for the same seed. */
    long traceHash() {
        long hash = 0;
        for (int i = 0; i < trace.length(); i++) {
            hash = 31 * hash + trace.charAt(i);
        }
        return hash;
    }

    int deadlocks() {
        return deadlocks;
    }

    void run(int clients, int transactions) {
        ManualClock clock = new ManualClock();
        CooperativeThreads threads = new CooperativeThreads(seed);
        LockWaiting waiting = new LockWaiting(
                clock,
                Duration.ofMillis(seed % 3),
                Duration.ofMillis(seed % 2),
                0,
                (blocker, nanos) -> threads.giveWay());
        try (ArenaPool pool = new ArenaPool();
                TableStore store = new TableStore(
                        new MemoryKeySpace(KeySpaceSettings.DEFAULT.withClock(clock)),
                        StoreConfig.inMemory(pool),
                        waiting)) {
            TableClient table = TableClient.create(store, "lists", 1, SqlType.INTEGER, SqlType.TEXT);
            ListClient lists = new ListClient(table);
            List<Runnable> bodies = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                Random random = new Random(seed * 1_000 + client);
                int id = client;
                bodies.add(() -> {
                    for (int i = 0; i < transactions; i++) {
                        transaction(id, store, lists, random, threads, clock);
                        if (random.nextInt(10) == 0) {
                            store.fold(table.table());
                        }
                    }
                });
            }
            threads.run(bodies);
            readAll(store, lists);
        }
    }

    private void note(int client, Object what) {
        trace.append(client).append(' ').append(what).append('\n');
    }

    private void transaction(
            int client,
            TableStore store,
            ListClient lists,
            Random random,
            CooperativeThreads threads,
            ManualClock clock) {
        long begin = moments.incrementAndGet();
        List<Op> ops = new ArrayList<>();
        Outcome outcome = Outcome.ABORTED;
        try (SqlTransaction transaction = store.begin(new TransactionOptions(level, "client " + client))) {
            int count = 1 + random.nextInt(MOST_OPS);
            for (int i = 0; i < count; i++) {
                threads.giveWay();
                clock.advance(Duration.ofNanos(1_000L * random.nextInt(500)));
                int key = random.nextInt(KEYS);
                Op op;
                if (random.nextBoolean()) {
                    op = new ListAppendHistory.Read(key, lists.read(transaction, key));
                } else {
                    int value = values.incrementAndGet();
                    lists.append(transaction, key, value);
                    op = new ListAppendHistory.Append(key, value);
                }
                ops.add(op);
                note(client, op);
            }
            threads.giveWay();
            if (random.nextInt(12) == 0) {
                transaction.rollback();
            } else {
                transaction.commit();
                outcome = Outcome.COMMITTED;
            }
        } catch (KadeException e) {
            if (e.code() == ErrorCode.DEADLOCK_DETECTED) {
                deadlocks++;
            } else if (e.code() != ErrorCode.SERIALIZATION_FAILURE) {
                throw e;
            }
            note(client, e.code());
        }
        note(client, outcome);
        history.add(ops, outcome, begin, moments.incrementAndGet());
    }

    private void readAll(TableStore store, ListClient lists) {
        long begin = moments.incrementAndGet();
        List<Op> ops = new ArrayList<>();
        try (SqlTransaction transaction = store.begin()) {
            for (int key = 0; key < KEYS; key++) {
                ops.add(new ListAppendHistory.Read(key, lists.read(transaction, key)));
            }
            transaction.commit();
        }
        note(-1, ops);
        history.add(ops, Outcome.COMMITTED, begin, moments.incrementAndGet());
    }
}
