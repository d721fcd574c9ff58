package io.kadedb.bench.oltp;

import io.kadedb.bench.measure.Contestant;
import io.kadedb.bench.measure.Engine;
import io.kadedb.bench.measure.ProcessCpuClock;
import io.kadedb.bench.measure.ResultDigest;
import io.kadedb.bench.measure.Sample;
import io.kadedb.bench.measure.Shares;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An engine whose clients work through a round: so many transactions of a workload in all, the same ones for the same
 * round on every engine. A round's digest covers what the transactions read and what the tables hold after it.
 */
public final class OltpContestant implements Contestant, AutoCloseable {
    private static final long SEED = 20261123;

    private final Engine engine;
    private final Workload workload;
    private final int transactions;
    private final Connection checker;
    private final List<Client> clients = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * Connects the clients.
     *
     * @param clients how many work at once
     * @param transactions how many a round has in all
     * @param accounts how many the database was loaded with
     */
    public OltpContestant(Engine engine, Workload workload, int clients, int transactions, int accounts)
            throws SQLException {
        this.engine = engine;
        this.workload = workload;
        this.transactions = transactions;
        this.checker = engine.connect();
        for (int i = 0; i < clients; i++) {
            boolean shares = i > 0 && engine.takesOneConnection();
            this.clients.add(
                    shares ? this.clients.getFirst() : new Client(engine.connect(), workload.isBlock(), accounts));
        }
        this.threads = Executors.newFixedThreadPool(clients);
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
        long used = engine.isInProcess() ? ProcessCpuClock.nanos() - cpu : -1;
        ResultDigest state = OltpSchema.digest(checker);
        return new Sample(wall, used, new ResultDigest(state.rows(), state.checksum() + read));
    }

    /** A client's part of a round; returns the sum of what it read. */
    private long work(int index, int round) throws SQLException {
        Client client = clients.get(index);
        int share = transactions / clients.size();
        SplittableRandom random = new SplittableRandom(SEED + 1_000_003L * round + index);
        long sequence = ((long) round * clients.size() + index) * share + workload.firstSequence();
        long read = 0;
        for (int i = 0; i < share; i++) {
            // Free of cost unless the engine makes clients share a connection.
            synchronized (client) {
                read += workload.transact(client, random, sequence + i);
            }
        }
        return read;
    }

    @Override
    public void close() throws SQLException {
        threads.shutdown();
        for (Client client : clients) {
            client.close();
        }
        checker.close();
    }
}
