package io.kadedb.storage.keyspace;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDB;
import com.apple.foundationdb.Transaction;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceLimits;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.api.SegmentReads;
import io.kadedb.storage.api.StagedWrites;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The contract of transactions on FoundationDB itself, so that what ours do is what it does. Runs where
 * {@code KADEDB_FDB_CLUSTER_FILE} names the cluster file of an empty cluster, which is cleared, and the native client is
 * installed; else it is reported as skipped.
 */
class FoundationDbTest extends TransactionContract {
    private static final int API_VERSION = 730;
    private static final byte[] END = {(byte) 0xFF};

    private static @Nullable Database cluster;

    @Override
    protected KeySpace open(KeySpaceSettings settings) {
        Database database = cluster();
        database.run(transaction -> {
            transaction.clear(new byte[0], END);
            return true;
        });
        return new Cluster(database);
    }

    private static synchronized Database cluster() {
        Optional<String> file = Optional.ofNullable(System.getenv("KADEDB_FDB_CLUSTER_FILE"));
        Assumptions.assumeTrue(file.isPresent(), "KADEDB_FDB_CLUSTER_FILE names no cluster");
        Database known = cluster;
        if (known == null) {
            try {
                known = FDB.selectAPIVersion(API_VERSION).open(file.orElseThrow());
                cluster = known;
            } catch (UnsatisfiedLinkError e) {
                Assumptions.abort("FoundationDB's native client is not installed: " + e.getMessage());
                throw e;
            }
        }
        return known;
    }

    /** What the contract of transactions needs of a key space. */
    private record Cluster(Database database) implements KeySpace {
        @Override
        public long currentVersion() {
            return database.run(transaction -> transaction.getReadVersion().join());
        }

        @Override
        public long oldestVersion() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void validate(Transaction transaction) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Pin pin(long version) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SegmentReads segments() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StagedWrites stage(byte[] prefix) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void discard(byte[] prefix) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void collectGarbage() {
            // FoundationDB does it itself.
        }

        @Override
        public KeySpaceLimits limits() {
            return KeySpaceLimits.FOUNDATION_DB;
        }

        @Override
        public void close() {
            // The cluster stays open for the next test.
        }
    }
}
