package io.kadedb.storage.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

/**
 * Runs several transactions at once, in an order drawn from a seed, and compares with a model. A read must give what the
 * model gives at the transaction's snapshot with its own writes. When a transaction commits, all it did is done again on
 * the model at that moment: every read that was not a snapshot read must give the same again, which is what strict
 * serializability means. A conflict is allowed only if something was committed after the snapshot.
 */
final class RandomOperations {
    private static final byte[] ALPHABET = {0, 1, 'a', 'b', (byte) 0xFE};
    private static final List<MutationType> ATOMIC = List.of(
            MutationType.ADD,
            MutationType.MAX,
            MutationType.MIN,
            MutationType.BIT_XOR,
            MutationType.BIT_AND,
            MutationType.BIT_OR,
            MutationType.BYTE_MIN,
            MutationType.BYTE_MAX,
            MutationType.APPEND_IF_FITS,
            MutationType.COMPARE_AND_CLEAR);

    private final Random random;
    private final ManualClock clock;
    private final byte[] countersPrefix;
    private final TreeMap<Long, ModelMap> versions = new TreeMap<>();
    private final List<Running> running = new ArrayList<>();

    RandomOperations(long seed, ManualClock clock, byte[] countersPrefix) {
        this.random = new Random(seed);
        this.clock = clock;
        this.countersPrefix = countersPrefix;
        versions.put(0L, new ModelMap());
    }

    /** A transaction with its copy of the model. */
    private static final class Running {
        final Transaction transaction;
        final long readVersion;
        final ModelMap view;
        final List<ObjLongConsumer<ModelMap>> steps = new ArrayList<>();

        Running(Transaction transaction, long readVersion, ModelMap view) {
            this.transaction = transaction;
            this.readVersion = readVersion;
            this.view = view;
        }

        /** Does a step on the own view now, and on the model at the commit. */
        void write(ObjLongConsumer<ModelMap> step) {
            step.accept(view, 0);
            steps.add(step);
        }
    }

    void run(KeySpace space, int steps) {
        for (int i = 0; i < steps; i++) {
            if (running.isEmpty() || (running.size() < 3 && random.nextInt(20) == 0)) {
                begin(space);
            }
            Running one = running.get(random.nextInt(running.size()));
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> write(one);
                case 4 -> commit(one);
                case 5 -> lookBack(space);
                case 6 -> clock.advance(Duration.ofMillis(random.nextInt(1_000)));
                default -> read(one);
            }
        }
    }

    /** Drops all transactions under way. */
    void endTransactions() {
        running.forEach(one -> one.transaction.close());
        running.clear();
    }

    private void begin(KeySpace space) {
        Transaction transaction = space.database().createTransaction();
        long version = transaction.getReadVersion().join();
        Map.Entry<Long, ModelMap> state = versions.floorEntry(version);
        running.add(new Running(transaction, version, new ModelMap(state.getValue())));
    }

    private byte[] randomKey() {
        byte[] key = new byte[1 + random.nextInt(3)];
        for (int i = 0; i < key.length; i++) {
            key[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return key;
    }

    private byte[] counterKey() {
        byte[] key = Arrays.copyOf(countersPrefix, countersPrefix.length + 1);
        key[countersPrefix.length] = ALPHABET[random.nextInt(ALPHABET.length)];
        return key;
    }

    private byte[] randomValue() {
        byte[] value = new byte[random.nextInt(6)];
        random.nextBytes(value);
        return value;
    }

    private void write(Running one) {
        byte[] key = random.nextInt(4) == 0 ? counterKey() : randomKey();
        byte[] value = randomValue();
        switch (random.nextInt(8)) {
            case 0 -> {
                byte[] other = randomKey();
                byte[] begin = Keys.min(key, other);
                byte[] end = Keys.max(key, other);
                one.transaction.clear(begin, end);
                one.write((model, version) -> model.clear(begin, end));
            }
            case 1 -> {
                one.transaction.clear(key);
                one.write((model, version) -> model.remove(key));
            }
            case 2, 3, 4 -> {
                MutationType type = ATOMIC.get(random.nextInt(ATOMIC.size()));
                byte[] counter = counterKey();
                one.transaction.mutate(type, counter, value);
                one.write((model, version) -> model.mutate(type, counter, value));
            }
            default -> {
                one.transaction.set(key, value);
                one.write((model, version) -> model.set(key, value));
            }
        }
    }

    private void read(Running one) {
        boolean snapshot = random.nextInt(3) == 0;
        ReadTransaction reader = snapshot ? one.transaction.snapshot() : one.transaction;
        switch (random.nextInt(3)) {
            case 0 -> {
                byte[] key = random.nextBoolean() ? counterKey() : randomKey();
                check(one, snapshot, () -> text(reader.get(key).join()), model -> model.get(key));
            }
            case 1 -> {
                KeySelector selector = selector();
                check(
                        one,
                        snapshot,
                        () -> ModelMap.hex(reader.getKey(selector).join()),
                        model -> model.getKey(selector));
            }
            default -> {
                KeySelector begin = selector();
                KeySelector end = selector();
                int limit = random.nextInt(5);
                boolean reverse = random.nextBoolean();
                StreamingMode mode = limit == 0 ? StreamingMode.ITERATOR : StreamingMode.EXACT;
                check(
                        one,
                        snapshot,
                        () -> text(reader.getRange(begin, end, limit, reverse, mode)),
                        model -> model.getRange(begin, end, limit, reverse));
            }
        }
    }

    private KeySelector selector() {
        int offset = random.nextInt(4) > 0 ? 1 : random.nextInt(8) - 3;
        return new KeySelector(randomKey(), random.nextBoolean(), offset);
    }

    private interface Read {
        String result();
    }

    private void check(Running one, boolean snapshot, Read read, Function<ModelMap, String> expected) {
        String result;
        try {
            result = read.result();
        } catch (RuntimeException e) {
            // A long transaction may outlive its snapshot.
            if (!KeySpaceErrors.TRANSACTION_TOO_OLD.matches(e)) {
                throw e;
            }
            running.remove(one);
            return;
        }
        assertThat(result).isEqualTo(expected.apply(one.view));
        if (!snapshot) {
            one.steps.add((model, version) -> assertThat(expected.apply(model)).isEqualTo(result));
        }
    }

    private static String text(byte @org.jspecify.annotations.Nullable [] value) {
        return value == null ? "none" : ModelMap.hex(value);
    }

    private static String text(Iterable<KeyValue> rows) {
        StringBuilder text = new StringBuilder();
        for (KeyValue row : rows) {
            text.append(ModelMap.hex(row.getKey()))
                    .append('=')
                    .append(ModelMap.hex(row.getValue()))
                    .append(' ');
        }
        return text.toString();
    }

    private void commit(Running one) {
        running.remove(one);
        byte[] stampedKey = {'v', 's'};
        boolean stamped = random.nextInt(3) == 0;
        if (stamped) {
            byte[] parameter = Versionstamps.parameter(new byte[12], 1);
            one.transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, stampedKey, parameter);
            one.steps.add((model, version) -> model.set(stampedKey, Versionstamps.complete(parameter, version)));
        }
        try {
            one.transaction.commit().join();
        } catch (RuntimeException e) {
            assertThat(KeySpaceErrors.unwrap(e)).isInstanceOf(FDBException.class);
            assertThat(KeySpaceErrors.NOT_COMMITTED.matches(e) || KeySpaceErrors.TRANSACTION_TOO_OLD.matches(e))
                    .isTrue();
            assertThat(versions.lastKey()).isGreaterThan(one.readVersion);
            return;
        }
        long version = one.transaction.getCommittedVersion();
        if (version < 0) {
            return;
        }
        assertThat(version).isGreaterThan(versions.lastKey());
        ModelMap after = new ModelMap(versions.lastEntry().getValue());
        one.steps.forEach(step -> step.accept(after, version));
        versions.put(version, after);
    }

    private void lookBack(KeySpace space) {
        List<Long> known = new ArrayList<>(versions.keySet());
        int back = random.nextInt(Math.min(known.size(), 20));
        long version = known.get(known.size() - 1 - back);
        if (version < space.oldestVersion() || version == 0) {
            return;
        }
        KeySelector first = KeySelector.firstGreaterOrEqual(new byte[0]);
        KeySelector last = KeySelector.firstGreaterOrEqual(new byte[] {(byte) 0xFF});
        try (Transaction t = space.transactionAt(version)) {
            assertThat(text(t.getRange(first, last)))
                    .as("version %d", version)
                    .isEqualTo(versions.floorEntry(version).getValue().getRange(first, last, 0, false));
        }
    }
}
