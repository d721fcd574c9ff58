package io.kadedb.bench.kv;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.seam.Disk;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.memory.MemoryKeySpace;
import io.kadedb.storage.rocksdb.RocksKeySpace;
import io.kadedb.storage.rocksdb.RocksMemory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our key space, by the interface of FoundationDB that everything above it uses. */
public final class KadeKeySpace implements KvStore {
    private static final byte[] END = {(byte) 0xFF};

    private final KeySpace keySpace;
    private final String durability;

    private KadeKeySpace(KeySpace keySpace, String durability) {
        this.keySpace = keySpace;
        this.durability = durability;
    }

    public static KadeKeySpace inMemory() {
        return new KadeKeySpace(new MemoryKeySpace(KeySpaceSettings.DEFAULT), "none: in memory");
    }

    public static KadeKeySpace synced(Path directory) {
        return new KadeKeySpace(
                RocksKeySpace.open(directory, KeySpaceSettings.DEFAULT, RocksMemory.DEFAULT, Disk.system()),
                "synced to disk at commit, commits of several threads together");
    }

    @Override
    public String name() {
        return "kadedb";
    }

    @Override
    public String durability() {
        return durability;
    }

    @Override
    public Client connect() {
        return new OwnClient();
    }

    @Override
    public void close() {
        keySpace.close();
    }

    private final class OwnClient implements Client {
        @Override
        public byte @Nullable [] get(byte[] key) {
            try (Transaction transaction = keySpace.database().createTransaction()) {
                return transaction.get(key).join();
            }
        }

        @Override
        public void put(List<byte[]> keys, List<byte[]> values) {
            try (Transaction transaction = keySpace.database().createTransaction()) {
                for (int i = 0; i < keys.size(); i++) {
                    transaction.set(keys.get(i), values.get(i));
                }
                transaction.commit().join();
            }
        }

        @Override
        public List<byte[]> range(byte[] from, int limit) {
            try (Transaction transaction = keySpace.database().createTransaction()) {
                return transaction.getRange(from, END, limit).asList().join().stream()
                        .map(KeyValue::getValue)
                        .toList();
            }
        }

        @Override
        public void close() {
            // It holds nothing between transactions.
        }
    }
}
