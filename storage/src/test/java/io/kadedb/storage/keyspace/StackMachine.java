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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs instructions drawn from a seed on a key space and on {@link ModelDatabase} side by side, in the manner of FoundationDB's
 * binding tester: named transactions interleave, results go on a stack, and later instructions take their keys and values from
 * it. Each result, error code, commit version and conflict has to be the model's.
 */
public final class StackMachine {
    private static final int TRANSACTIONS = 4;
    private static final int TRACED = 60;
    private static final byte[] PREFIXES = {'a', 'b', 'c', 'n', 'z'};
    private static final List<MutationType> ATOMIC = List.of(
            MutationType.ADD,
            MutationType.BIT_AND,
            MutationType.BIT_OR,
            MutationType.BIT_XOR,
            MutationType.APPEND_IF_FITS,
            MutationType.MAX,
            MutationType.MIN,
            MutationType.BYTE_MIN,
            MutationType.BYTE_MAX,
            MutationType.COMPARE_AND_CLEAR);

    private final Random random;
    private final ManualClock clock;
    private final byte[] countersPrefix;
    private final ModelDatabase model;
    private final List<@Nullable Pair> transactions = new ArrayList<>();
    private final Deque<byte[]> stack = new ArrayDeque<>();
    private final Deque<String> trace = new ArrayDeque<>();

    /** A transaction and its model. */
    private record Pair(Transaction real, ModelTransaction model) {}

    /**
     * A machine over what is empty.
     *
     * @param countersPrefix where atomic operations are allowed
     * @param version the version of the key space
     */
    public StackMachine(long seed, ManualClock clock, byte[] countersPrefix, long version) {
        this.random = new Random(seed);
        this.clock = clock;
        this.countersPrefix = countersPrefix;
        this.model = new ModelDatabase(clock, version);
        for (int i = 0; i < TRANSACTIONS; i++) {
            transactions.add(null);
        }
    }

    /** The last instructions. */
    String trace() {
        return String.join("\n", trace);
    }

    /** Drops all transactions under way; the key space may be opened again then. */
    public void endTransactions() {
        for (int i = 0; i < TRANSACTIONS; i++) {
            Pair pair = transactions.set(i, null);
            if (pair != null) {
                pair.real.close();
            }
        }
        model.restarted();
    }

    /** Runs so many instructions more. */
    public void run(KeySpace space, int instructions) {
        for (int i = 0; i < instructions; i++) {
            int name = random.nextInt(TRANSACTIONS);
            Pair pair = transactions.get(name);
            if (pair == null) {
                pair = begin(space);
                transactions.set(name, pair);
                note(name, "NEW_TRANSACTION");
            }
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3 -> get(name, pair);
                case 4, 5 -> getKey(name, pair);
                case 6, 7, 8 -> getRange(name, pair);
                case 9, 10, 11 -> set(name, pair);
                case 12 -> clear(name, pair);
                case 13, 14, 15 -> atomic(name, pair);
                case 16 -> stamped(name, pair);
                case 17 -> conflict(name, pair);
                case 18 -> {
                    note(name, "DISABLE_WRITE_CONFLICT");
                    pair.real.options().setNextWriteNoWriteConflictRange();
                    pair.model.disableNextWriteConflict();
                }
                case 19 -> clock.advance(Duration.ofNanos(1_000L * random.nextInt(50)));
                case 20 -> {
                    note(name, "CANCEL");
                    pair.real.cancel();
                    Transaction cancelled = pair.real;
                    assertThat(code(() -> cancelled.get(key()).join()))
                            .isEqualTo(KeySpaceErrors.TRANSACTION_CANCELLED.code());
                    transactions.set(name, null);
                }
                default -> {
                    commit(name, pair);
                    transactions.set(name, null);
                }
            }
        }
    }

    private Pair begin(KeySpace space) {
        Pair pair = new Pair(space.database().createTransaction(), new ModelTransaction(model));
        switch (random.nextInt(8)) {
            case 0 -> {
                pair.real.options().setReadYourWritesDisable();
                pair.model.disableReadYourWrites();
            }
            case 1 -> {
                pair.real.options().setSnapshotRywDisable();
                pair.model.disableSnapshotReadYourWrites();
            }
            case 2 -> {
                long earlier = model.earlier(random.nextInt(5));
                pair.real.setReadVersion(earlier);
                pair.model.setReadVersion(earlier);
            }
            default -> {
                // As it is.
            }
        }
        assertThat(pair.real.getReadVersion().join()).isEqualTo(pair.model.readVersion());
        return pair;
    }

    private void note(int name, String instruction) {
        trace.addLast(name + " " + instruction);
        if (trace.size() > TRACED) {
            trace.removeFirst();
        }
    }

    private static String hex(byte @Nullable [] bytes) {
        return bytes == null ? "none" : ModelMap.hex(bytes);
    }

    // Operands

    private void push(byte[] value) {
        stack.push(value);
        if (stack.size() > 20) {
            stack.removeLast();
        }
    }

    private byte[] key() {
        byte[] top = stack.isEmpty() || random.nextInt(4) > 0 ? null : stack.pop();
        if (top != null && top.length > 0 && top.length < 8 && (top[0] & 0xFF) < 0xFE) {
            return top;
        }
        byte[] key = new byte[1 + random.nextInt(2)];
        for (int i = 0; i < key.length; i++) {
            key[i] = PREFIXES[random.nextInt(PREFIXES.length)];
        }
        return key;
    }

    private byte[] counter() {
        byte[] key = Arrays.copyOf(countersPrefix, countersPrefix.length + 1);
        key[countersPrefix.length] = PREFIXES[random.nextInt(PREFIXES.length)];
        return key;
    }

    private byte[] anyKey() {
        return random.nextInt(3) == 0 ? counter() : key();
    }

    private byte[] value() {
        byte[] value = new byte[random.nextInt(5)];
        random.nextBytes(value);
        return value;
    }

    private KeySelector selector() {
        int offset = random.nextInt(3) > 0 ? 1 : random.nextInt(9) - 4;
        return new KeySelector(anyKey(), random.nextBoolean(), offset);
    }

    // Reads

    private static int code(Runnable work) {
        try {
            work.run();
            return 0;
        } catch (RuntimeException e) {
            if (KeySpaceErrors.unwrap(e) instanceof FDBException known) {
                return known.getCode();
            }
            throw e;
        }
    }

    /** Reads from both; a read that goes further than it has to may meet what is not known before the commit. */
    private void compare(int name, Pair pair, boolean snapshot, Supplier<String> real, Supplier<String> expected) {
        int reads = pair.model.mustRead().size();
        String[] found = new String[1];
        int code = code(() -> found[0] = real.get());
        String[] wanted = new String[1];
        int wantedCode = code(() -> wanted[0] = expected.get());
        if (code == KeySpaceErrors.ACCESSED_UNREADABLE.code() && pair.model.mayBeUnreadable(snapshot)) {
            note(name, "  unreadable");
            pair.model.forgetReads(reads);
            return;
        }
        note(name, "  gives " + (code == 0 ? found[0] : code));
        assertThat(code).isEqualTo(wantedCode);
        assertThat(found[0]).isEqualTo(wanted[0]);
    }

    private void get(int name, Pair pair) {
        boolean snapshot = random.nextInt(3) == 0;
        byte[] key = anyKey();
        note(name, (snapshot ? "GET_SNAPSHOT " : "GET ") + hex(key));
        ReadTransaction reads = snapshot ? pair.real.snapshot() : pair.real;
        compare(
                name,
                pair,
                snapshot,
                () -> {
                    byte[] value = reads.get(key).join();
                    push(value == null ? key : value);
                    return hex(value);
                },
                () -> hex(pair.model.get(key, snapshot)));
    }

    private void getKey(int name, Pair pair) {
        boolean snapshot = random.nextInt(3) == 0;
        KeySelector selector = selector();
        note(name, (snapshot ? "GET_KEY_SNAPSHOT " : "GET_KEY ") + hex(selector.getKey()) + " " + selector);
        ReadTransaction reads = snapshot ? pair.real.snapshot() : pair.real;
        compare(
                name,
                pair,
                snapshot,
                () -> {
                    byte[] key = reads.getKey(selector).join();
                    push(key);
                    return hex(key);
                },
                () -> hex(pair.model.getKey(selector, snapshot)));
    }

    private void getRange(int name, Pair pair) {
        boolean snapshot = random.nextInt(3) == 0;
        KeySelector begin = selector();
        KeySelector end = selector();
        int limit = random.nextInt(6);
        boolean reverse = random.nextBoolean();
        StreamingMode[] modes = StreamingMode.values();
        StreamingMode drawn = modes[random.nextInt(modes.length)];
        StreamingMode mode = limit == 0 && drawn == StreamingMode.EXACT ? StreamingMode.SERIAL : drawn;
        boolean asList = random.nextBoolean();
        note(
                name,
                "GET_RANGE_SELECTOR " + begin + " " + end + " limit " + limit + (reverse ? " reverse " : " ") + mode);
        ReadTransaction reads = snapshot ? pair.real.snapshot() : pair.real;
        compare(
                name,
                pair,
                snapshot,
                () -> {
                    var range = reads.getRange(begin, end, limit, reverse, mode);
                    StringBuilder text = new StringBuilder();
                    for (KeyValue row : asList ? range.asList().join() : range) {
                        push(row.getKey());
                        text.append(hex(row.getKey()))
                                .append('=')
                                .append(hex(row.getValue()))
                                .append(' ');
                    }
                    return text.toString();
                },
                () -> {
                    StringBuilder text = new StringBuilder();
                    for (Map.Entry<byte[], byte[]> row : pair.model.getRange(begin, end, limit, reverse, snapshot)) {
                        text.append(hex(row.getKey()))
                                .append('=')
                                .append(hex(row.getValue()))
                                .append(' ');
                    }
                    return text.toString();
                });
    }

    // Writes

    private void set(int name, Pair pair) {
        byte[] key = anyKey();
        byte[] value = value();
        note(name, "SET " + hex(key) + " " + hex(value));
        pair.real.set(key, value);
        pair.model.set(key, value);
    }

    private void clear(int name, Pair pair) {
        byte[] key = anyKey();
        if (random.nextBoolean()) {
            note(name, "CLEAR " + hex(key));
            pair.real.clear(key);
            pair.model.set(key, null);
            return;
        }
        byte[] other = anyKey();
        byte[] begin = Keys.min(key, other);
        byte[] end = Keys.max(key, other);
        note(name, "CLEAR_RANGE " + hex(begin) + " " + hex(end));
        pair.real.clear(begin, end);
        pair.model.clear(begin, end);
    }

    private void atomic(int name, Pair pair) {
        byte[] key = counter();
        byte[] operand = value();
        MutationType type = ATOMIC.get(random.nextInt(ATOMIC.size()));
        note(name, "ATOMIC_OP " + type + " " + hex(key) + " " + hex(operand));
        pair.real.mutate(type, key, operand);
        pair.model.mutate(type, key, operand);
    }

    private void stamped(int name, Pair pair) {
        if (random.nextBoolean()) {
            byte[] key = counter();
            byte[] operand = Versionstamps.parameter(new byte[11 + random.nextInt(3)], random.nextInt(2));
            note(name, "ATOMIC_OP SET_VERSIONSTAMPED_VALUE " + hex(key));
            pair.real.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key, operand);
            pair.model.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key, operand);
            return;
        }
        int offset = countersPrefix.length + 1;
        byte[] template = Arrays.copyOf(countersPrefix, offset + Versionstamps.STAMP_BYTES + 1);
        template[offset - 1] = 'v';
        template[template.length - 1] = (byte) random.nextInt(3);
        byte[] value = value();
        note(name, "ATOMIC_OP SET_VERSIONSTAMPED_KEY " + hex(template));
        pair.real.mutate(MutationType.SET_VERSIONSTAMPED_KEY, Versionstamps.parameter(template, offset), value);
        pair.model.setStampedKey(template, offset, value);
    }

    private void conflict(int name, Pair pair) {
        byte[] key = anyKey();
        byte[] other = anyKey();
        byte[] begin = Keys.min(key, other);
        byte[] end = Keys.max(key, other);
        boolean read = random.nextBoolean();
        note(name, (read ? "READ" : "WRITE") + "_CONFLICT_RANGE " + hex(begin) + " " + hex(end));
        if (read) {
            pair.real.addReadConflictRange(begin, end);
            pair.model.addReadConflict(begin, end);
        } else {
            pair.real.addWriteConflictRange(begin, end);
            pair.model.addWriteConflict(begin, end);
        }
    }

    // The end

    private void commit(int name, Pair pair) {
        var versionstamp = pair.real.getVersionstamp();
        if (pair.model.isEmpty()) {
            pair.real.commit().join();
            note(name, "COMMIT of nothing");
            assertThat(pair.real.getCommittedVersion()).isEqualTo(-1);
            assertThat(code(versionstamp::join)).isEqualTo(KeySpaceErrors.NO_COMMIT_VERSION.code());
            return;
        }
        ModelDatabase.Fate fate = model.fate(pair.model);
        int code = code(() -> pair.real.commit().join());
        note(name, "COMMIT " + fate + " gives " + code);
        assertThat(code).isIn(0, KeySpaceErrors.NOT_COMMITTED.code());
        if (fate != ModelDatabase.Fate.OPEN) {
            assertThat(code == 0 ? ModelDatabase.Fate.COMMITS : ModelDatabase.Fate.CONFLICTS)
                    .isEqualTo(fate);
        }
        if (code == 0) {
            long version = model.commit(pair.model);
            assertThat(pair.real.getCommittedVersion()).isEqualTo(version);
            assertThat(versionstamp.join()).isEqualTo(Versionstamps.stamp(version));
        } else {
            Transaction again =
                    pair.real.onError(KeySpaceErrors.NOT_COMMITTED.exception()).join();
            assertThat(again.getReadVersion().join()).isEqualTo(model.lastVersion());
        }
        pair.real.close();
    }
}
