package io.kadedb.storage.table;

import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.SequenceValues;
import io.kadedb.storage.format.v1.KeyLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sequences over counters of the key space. A counter says which value may have been given last; values up to it are
 * reserved in blocks that grow with use, so that few of them cost a commit. A process that ends orderly gives back what is
 * left of its blocks, one that is killed loses it.
 */
public final class SequenceCounters implements SequenceValues {
    private static final long FIRST_BLOCK = 32;
    private static final long LARGEST_BLOCK = 8192;
    /** A counter that is forgotten costs the rest of its block. */
    private static final int MOST_COUNTERS = 100_000;

    private final KeySpace keySpace;
    private final ConcurrentHashMap<Long, Counter> counters = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public SequenceCounters(KeySpace keySpace) {
        this.keySpace = keySpace;
    }

    @Override
    public long next(SequenceDefinition sequence) {
        return counter(sequence).next(sequence);
    }

    @Override
    public Position position(SequenceDefinition sequence) {
        return counter(sequence).position(sequence);
    }

    @Override
    public void set(SequenceDefinition sequence, long value, boolean called) {
        if (value < sequence.min() || value > sequence.max()) {
            throw KadeException.of(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "setval: value " + value + " is out of bounds for sequence \"" + sequence.name() + "\" ("
                            + sequence.min() + ".." + sequence.max() + ")");
        }
        counter(sequence).set(value, called);
    }

    private Counter counter(SequenceDefinition sequence) {
        if (counters.size() > MOST_COUNTERS) {
            counters.clear();
        }
        return counters.computeIfAbsent(sequence.counter(), Counter::new);
    }

    /** Gives back what is reserved and was not given; nothing is given after. */
    public void close() {
        closed = true;
        counters.values().forEach(Counter::giveBack);
    }

    /** One counter: its value is the last one given, or, before the first, the one to give. */
    private final class Counter {
        private final byte[] key;
        private @Nullable SequenceDefinition reservedBy;
        private long value;
        private boolean called;
        private boolean loaded;
        private long left;
        private long block = FIRST_BLOCK;

        Counter(long id) {
            this.key = KeyLayout.counter(id);
        }

        synchronized long next(SequenceDefinition sequence) {
            if (!sequence.equals(reservedBy)) {
                if (!loaded) {
                    load(sequence);
                }
                // What is left was reserved in the steps of another definition.
                left = 0;
                reservedBy = sequence;
            }
            if (left > 0) {
                left--;
                value += sequence.increment();
            } else {
                reserve(sequence, called ? following(sequence) : value);
            }
            return value;
        }

        synchronized Position position(SequenceDefinition sequence) {
            if (!loaded) {
                load(sequence);
            }
            return new Position(value, called);
        }

        private long following(SequenceDefinition sequence) {
            boolean up = sequence.increment() > 0;
            long step = up ? sequence.increment() : -sequence.increment();
            // Distances and steps are unsigned: they may be as large as the range of bigint.
            if (Long.compareUnsigned(room(sequence, value), step) >= 0) {
                return value + sequence.increment();
            }
            if (sequence.cycle()) {
                return up ? sequence.min() : sequence.max();
            }
            throw KadeException.of(
                    ErrorCode.SEQUENCE_LIMIT_EXCEEDED,
                    "nextval: reached " + (up ? "maximum" : "minimum") + " value of sequence \"" + sequence.name()
                            + "\" (" + (up ? sequence.max() : sequence.min()) + ")");
        }

        /** How far it is to the end, as an unsigned number. */
        private static long room(SequenceDefinition sequence, long from) {
            return sequence.increment() > 0
                    ? from > sequence.max() ? 0 : sequence.max() - from
                    : from < sequence.min() ? 0 : from - sequence.min();
        }

        private void reserve(SequenceDefinition sequence, long first) {
            long step = sequence.increment() > 0 ? sequence.increment() : -sequence.increment();
            long more = Long.divideUnsigned(room(sequence, first), step);
            if (Long.compareUnsigned(more, block - 1) > 0) {
                more = block - 1;
            }
            store(first + more * sequence.increment(), true);
            block = Math.min(block * 4, LARGEST_BLOCK);
            value = first;
            called = true;
            left = more;
        }

        synchronized void set(long newValue, boolean isCalled) {
            store(newValue, isCalled);
            value = newValue;
            called = isCalled;
            left = 0;
            block = FIRST_BLOCK;
            loaded = true;
        }

        synchronized void giveBack() {
            if (left > 0) {
                long last = value;
                InternalTransactions.commit(keySpace, transaction -> {
                    // A sequence that was dropped meanwhile has no counter to give back to.
                    if (transaction.get(key).join() != null) {
                        transaction.set(key, encoded(last, true));
                    }
                    return true;
                });
                left = 0;
            }
        }

        private void load(SequenceDefinition sequence) {
            byte @Nullable [] stored = InternalTransactions.commit(
                    keySpace, transaction -> transaction.get(key).join());
            if (stored == null) {
                value = sequence.first();
                called = false;
            } else {
                ByteBuffer record = ByteBuffer.wrap(stored);
                value = record.getLong();
                called = record.get() != 0;
            }
            loaded = true;
        }

        private void store(long newValue, boolean isCalled) {
            if (closed) {
                throw KadeException.of(ErrorCode.ADMIN_SHUTDOWN, "the database is closed");
            }
            InternalTransactions.commit(keySpace, transaction -> {
                transaction.set(key, encoded(newValue, isCalled));
                return true;
            });
        }

        private static byte[] encoded(long last, boolean isCalled) {
            return ByteBuffer.allocate(Long.BYTES + 1)
                    .putLong(last)
                    .put((byte) (isCalled ? 1 : 0))
                    .array();
        }
    }
}
