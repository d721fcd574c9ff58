package io.kadedb.bench.kv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;

/** H2's MVStore with its transactions, which a bare map of it has not. */
public final class H2Store implements KvStore {
    private static final String MAP = "pairs";

    private final MVStore store;
    private final TransactionStore transactions;
    private final boolean synced;

    private H2Store(MVStore store, boolean synced) {
        this.store = store;
        this.synced = synced;
        this.transactions = new TransactionStore(store);
        transactions.init();
    }

    public static H2Store inMemory() {
        return new H2Store(MVStore.open(null), false);
    }

    public static H2Store synced(Path file) {
        return new H2Store(
                new MVStore.Builder()
                        .fileName(file.toString())
                        .autoCommitDisabled()
                        .open(),
                true);
    }

    @Override
    public String name() {
        return "h2 mvstore";
    }

    @Override
    public String durability() {
        return synced ? "stored and synced at commit" : "none: in memory";
    }

    @Override
    public Client connect() {
        return new OwnClient();
    }

    @Override
    public void close() {
        transactions.close();
        store.close();
    }

    private final class OwnClient implements Client {
        private TransactionMap<byte[], byte[]> map(Transaction transaction) {
            return transaction.openMap(MAP, ByteArrayDataType.INSTANCE, ByteArrayDataType.INSTANCE);
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            Transaction transaction = transactions.begin();
            try {
                return map(transaction).get(key);
            } finally {
                transaction.commit();
            }
        }

        @Override
        public void put(List<byte[]> keys, List<byte[]> values) {
            Transaction transaction = transactions.begin();
            TransactionMap<byte[], byte[]> map = map(transaction);
            for (int i = 0; i < keys.size(); i++) {
                map.put(keys.get(i), values.get(i));
            }
            transaction.commit();
            if (synced) {
                store.commit();
                store.sync();
            }
        }

        @Override
        public List<byte[]> range(byte[] from, int limit) {
            Transaction transaction = transactions.begin();
            try {
                List<byte[]> values = new ArrayList<>(limit);
                Iterator<Map.Entry<byte[], byte[]>> entries = map(transaction).entryIterator(from, null);
                while (values.size() < limit && entries.hasNext()) {
                    values.add(entries.next().getValue());
                }
                return values;
            } finally {
                transaction.commit();
            }
        }

        @Override
        public void close() {
            // It holds nothing between transactions.
        }
    }
}
