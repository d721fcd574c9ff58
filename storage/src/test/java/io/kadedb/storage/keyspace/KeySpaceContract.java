package io.kadedb.storage.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.storage.api.KeySpaceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every key space does, whatever its engine: one transaction, versions, many threads, and anything at random. */
public abstract class KeySpaceContract extends VersionContract {
    private static final int THREADS = 4;

    /** Whether the data is still there after closing and opening again. */
    protected abstract boolean isDurable();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOperationsDoWhatTheModelDoes(int number) {
        long seed = Long.getLong("kadedb.seed", number);
        ManualClock clock = new ManualClock();
        KeySpaceSettings settings = KeySpaceSettings.DEFAULT
                .withClock(clock)
                .withRetention(Duration.ofSeconds(10))
                .withTransactionWindow(Duration.ofSeconds(20));
        reopen(settings);
        RandomOperations operations = new RandomOperations(seed, clock, countersPrefix());
        try {
            for (int round = 0; round < 4; round++) {
                operations.run(space, 1_000);
                if (isDurable()) {
                    operations.endTransactions();
                    reopen(settings);
                }
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " (run again with -Dkadedb.seed=" + seed + ")", e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void instructionsOfAStackMachineDoWhatTheModelDoes(int number) {
        runStackMachine(Long.getLong("kadedb.seed", number), 2_000);
    }

    /** Many seeds: {@code -Dkadedb.stack.seeds=5000}. */
    @Test
    @Tag("slow")
    void manyProgramsOfAStackMachineDoWhatTheModelDoes() {
        long seeds = Long.getLong("kadedb.stack.seeds", 1_000);
        for (long seed = 100; seed < 100 + seeds; seed++) {
            runStackMachine(seed, 1_000);
        }
    }

    private void runStackMachine(long seed, int instructions) {
        ManualClock clock = new ManualClock();
        KeySpaceSettings settings = KeySpaceSettings.DEFAULT.withClock(clock);
        reopen(settings);
        if (!db.<Boolean>run(t -> t.getRange(new byte[0], new byte[] {(byte) 0xFF}, 1)
                .asList()
                .join()
                .isEmpty())) {
            db.run(t -> {
                t.clear(new byte[0], new byte[] {(byte) 0xFF});
                return true;
            });
        }
        StackMachine machine = new StackMachine(seed, clock, countersPrefix(), space.currentVersion());
        try {
            for (int round = 0; round < 4; round++) {
                machine.run(space, instructions / 4);
                if (isDurable()) {
                    machine.endTransactions();
                    reopen(settings);
                }
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + " (run again with -Dkadedb.seed=" + seed + ")\n" + machine.trace(), e);
        }
    }

    @Test
    void moneyIsNeitherMadeNorLost() throws Exception {
        int accounts = 10;
        for (int i = 0; i < accounts; i++) {
            put("account/" + i, "100");
        }
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int client = 0; client < THREADS; client++) {
            Random random = new Random(client);
            clients.add(() -> transfer(random, accounts));
        }
        clients.add(this::audit);
        runTogether(clients);
        assertThat(total()).isEqualTo(100 * accounts);
    }

    private int transfer(Random random, int accounts) {
        for (int i = 0; i < 100; i++) {
            String from = "account/" + random.nextInt(accounts);
            String to = "account/" + random.nextInt(accounts);
            int amount = random.nextInt(50);
            db.run(t -> {
                int source = Integer.parseInt(text(t.get(key(from)).join()));
                t.set(key(from), key("" + (source - amount)));
                int target = Integer.parseInt(text(t.get(key(to)).join()));
                t.set(key(to), key("" + (target + amount)));
                return true;
            });
        }
        return 0;
    }

    private int audit() {
        for (int i = 0; i < 200; i++) {
            assertThat(total()).isEqualTo(1_000);
        }
        return 0;
    }

    private int total() {
        return scan("account/", "account0").stream()
                .mapToInt(row -> Integer.parseInt(row.substring(row.indexOf('=') + 1)))
                .sum();
    }

    @Test
    void twoDoctorsNeverBothLeave() throws Exception {
        for (int round = 0; round < 50; round++) {
            put("on call/1", "yes");
            put("on call/2", "yes");
            CyclicBarrier start = new CyclicBarrier(2);
            runTogether(List.of(() -> leave("on call/1", start), () -> leave("on call/2", start)));
            assertThat(scan("on call/", "on call0"))
                    .filteredOn(row -> row.endsWith("yes"))
                    .hasSize(1);
        }
    }

    private int leave(String doctor, CyclicBarrier start) throws Exception {
        start.await();
        return db.<Integer>run(t -> {
            int present = 0;
            for (var row : t.getRange(key("on call/"), key("on call0"))) {
                present += text(row.getValue()).equals("yes") ? 1 : 0;
            }
            if (present > 1) {
                t.set(key(doctor), key("no"));
            }
            return present;
        });
    }

    @Test
    void countersLoseNoStep() throws Exception {
        put("n", "0");
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int client = 0; client < THREADS; client++) {
            clients.add(() -> {
                for (int i = 0; i < 100; i++) {
                    db.run(t -> {
                        int n = Integer.parseInt(text(t.get(key("n")).join()));
                        t.set(key("n"), key("" + (n + 1)));
                        return true;
                    });
                }
                return 0;
            });
        }
        runTogether(clients);
        assertThat(value("n")).isEqualTo("" + THREADS * 100);
    }

    private static void runTogether(List<Callable<Integer>> clients) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(clients.size())) {
            List<Future<Integer>> results = new ArrayList<>();
            for (Callable<Integer> client : clients) {
                results.add(pool.submit(client));
            }
            for (Future<Integer> result : results) {
                result.get();
            }
        }
    }
}
