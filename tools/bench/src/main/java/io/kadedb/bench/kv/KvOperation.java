package io.kadedb.bench.kv;

import io.kadedb.bench.kv.KvStore.Client;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** What a client does over and over. */
public enum KvOperation {
    /** Reads a value. */
    GET {
        @Override
        long run(Client client, KvPairs pairs, SplittableRandom random, long number) throws SQLException {
            return Arrays.hashCode(client.get(pairs.any(random)));
        }
    },
    /** Writes a value. */
    PUT {
        @Override
        long run(Client client, KvPairs pairs, SplittableRandom random, long number) throws SQLException {
            client.put(List.of(pairs.own(random)), List.of(KvPairs.value(number)));
            return 1;
        }
    },
    /** Writes a hundred values together. */
    BATCH {
        @Override
        long run(Client client, KvPairs pairs, SplittableRandom random, long number) throws SQLException {
            List<byte[]> keys = new ArrayList<>(MANY);
            List<byte[]> values = new ArrayList<>(MANY);
            for (int i = 0; i < MANY; i++) {
                keys.add(pairs.own(random));
                values.add(KvPairs.value(number * MANY + i));
            }
            client.put(keys, values);
            return MANY;
        }
    },
    /** Reads a hundred values that follow each other. */
    RANGE {
        @Override
        long run(Client client, KvPairs pairs, SplittableRandom random, long number) throws SQLException {
            long sum = 0;
            for (byte[] value : client.range(pairs.any(random), MANY)) {
                sum += Arrays.hashCode(value);
            }
            return sum;
        }
    },
    /** Reads a value of its own and writes one, in turn. */
    MIXED {
        @Override
        long run(Client client, KvPairs pairs, SplittableRandom random, long number) throws SQLException {
            return number % 2 == 0
                    ? Arrays.hashCode(client.get(pairs.own(random)))
                    : PUT.run(client, pairs, random, number);
        }
    };

    private static final int MANY = 100;

    /** As it stands in reports. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Runs it once; returns what stands for what it read. */
    abstract long run(Client client, KvPairs pairs, SplittableRandom random, long number) throws SQLException;

    /** Whether what others write at the same time may be read. */
    boolean writes() {
        return this != GET && this != RANGE;
    }
}
