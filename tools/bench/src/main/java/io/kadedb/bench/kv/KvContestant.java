package io.kadedb.bench.kv;

import io.kadedb.bench.measure.Contestant;
import io.kadedb.bench.measure.ProcessCpuClock;
import io.kadedb.bench.measure.ResultDigest;
import io.kadedb.bench.measure.Sample;
import io.kadedb.bench.measure.Shares;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A store whose clients work through a round, the same one for the same number on every store. */
public final class KvContestant implements Contestant, AutoCloseable {
    private static final long SEED = 20261123;
    private static final int LOADED_TOGETHER = 1_000;

    private final KvOperation operation;
    private final int pairs;
    private final int operations;
    private final List<KvStore.Client> clients = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * Connects the clients.
     *
     * @param clients how many work at once
     * @param pairs how many the store was loaded with
     * @param operations how many a round has in all
     */
    public KvContestant(KvStore store, KvOperation operation, int clients, int pairs, int operations)
            throws SQLException {
        this.operation = operation;
        this.pairs = pairs;
        this.operations = operations;
        for (int i = 0; i < clients; i++) {
            this.clients.add(store.connect());
        }
        this.threads = Executors.newFixedThreadPool(clients);
    }

    /** Fills a store. */
    public static void load(KvStore store, int pairs) throws SQLException {
        try (KvStore.Client client = store.connect()) {
            for (int from = 0; from < pairs; from += LOADED_TOGETHER) {
                List<byte[]> keys = new ArrayList<>();
                List<byte[]> values = new ArrayList<>();
                for (int i = from; i < Math.min(pairs, from + LOADED_TOGETHER); i++) {
                    keys.add(KvPairs.key(i));
                    values.add(KvPairs.value(-i));
                }
                client.put(keys, values);
            }
        }
    }

    @Override
    public Sample take(int round) throws SQLException {
        List<Callable<Long>> shares = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            int index = i;
            shares.add(() -> work(index, round));
        }
        long cpu = ProcessCpuClock.nanos();
        long start = System.nanoTime();
        long read = Shares.run(threads, shares);
        long wall = System.nanoTime() - start;
        long used = ProcessCpuClock.nanos() - cpu;
        return new Sample(wall, used, new ResultDigest(operations, operation.writes() ? read + stored() : read));
    }

    private long work(int index, int round) throws SQLException {
        KvStore.Client client = clients.get(index);
        KvPairs own = new KvPairs(pairs, index, clients.size());
        int share = operations / clients.size();
        SplittableRandom random = new SplittableRandom(SEED + 1_000_003L * round + index);
        long first = ((long) round * clients.size() + index) * share;
        long read = 0;
        for (int i = 0; i < share; i++) {
            read += operation.run(client, own, random, first + i);
        }
        return read;
    }

    /** What stands for all that is stored. */
    private long stored() throws SQLException {
        long sum = 0;
        for (byte[] value : clients.getFirst().range(KvPairs.key(0), pairs + 1)) {
            sum = 31 * sum + Arrays.hashCode(value);
        }
        return sum;
    }

    @Override
    public void close() throws SQLException {
        threads.shutdown();
        for (KvStore.Client client : clients) {
            client.close();
        }
    }
}
