package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.inverted.TermQuery;
import io.kadedb.common.json.PathColumn;
import io.kadedb.storage.api.AdvisoryLock;
import io.kadedb.storage.api.BackupSummary;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.ChangedBuckets;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.DatabaseCheck;
import io.kadedb.storage.api.Deadlock;
import io.kadedb.storage.api.IsolationLevel;
import io.kadedb.storage.api.KeySpan;
import io.kadedb.storage.api.LatestRows;
import io.kadedb.storage.api.LatestWrites;
import io.kadedb.storage.api.LockPolicy;
import io.kadedb.storage.api.LockState;
import io.kadedb.storage.api.LockWait;
import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.api.RowReader;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.api.SequenceValues;
import io.kadedb.storage.api.SessionLocks;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import io.kadedb.storage.api.Store;
import io.kadedb.storage.api.StoreSetting;
import io.kadedb.storage.api.TablePartitions;
import io.kadedb.storage.api.TableScan;
import io.kadedb.storage.api.TableStatistics;
import io.kadedb.storage.api.TransactionOptions;
import io.kadedb.storage.api.TransactionUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A store without tables that writes down what is asked of it and loses as many conflicts as it is told to. */
final class FakeStore implements Store {
    final List<String> log = new ArrayList<>();
    int conflicts;

    @Override
    public SqlTransaction begin(TransactionOptions options) {
        log.add("begin");
        return new Transaction();
    }

    @Override
    public Optional<LatestWrites> latestWrites(long catalogVersion, TableDefinition table, String owner) {
        return Optional.empty();
    }

    @Override
    public Optional<LatestRows> latestRows(long catalogVersion, TableDefinition table, List<Integer> columns) {
        return Optional.empty();
    }

    @Override
    public SessionLocks sessionLocks(String owner) {
        return new SessionLocks() {
            @Override
            public boolean unlock(AdvisoryLock lock) {
                return false;
            }

            @Override
            public void unlockAll() {
                // There are none.
            }

            @Override
            public void close() {
                // There are none.
            }
        };
    }

    @Override
    public List<LockState> locks() {
        return List.of();
    }

    @Override
    public List<Deadlock> deadlocks() {
        return List.of();
    }

    @Override
    public List<LockWait> lockWaits() {
        return List.of();
    }

    @Override
    public long setting(StoreSetting setting) {
        return setting.least();
    }

    @Override
    public void set(StoreSetting setting, OptionalLong value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void buildIndex(long table, long index, StatementControl control) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkpoint(CancelToken token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatabaseCheck check(OptionalLong table, CancelToken token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BackupSummary backup(Path file, String program, CancelToken token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        log.add("close");
    }

    private final class Transaction implements SqlTransaction {
        private boolean over;

        @Override
        public void lock(TableDefinition table, io.kadedb.common.lock.TableLockMode mode, boolean wait) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean lock(AdvisoryLock lock, boolean wait) {
            return false;
        }

        @Override
        public TransactionUsage usage() {
            return new TransactionUsage(OptionalLong.empty(), 0, 0);
        }

        @Override
        public void readAsOf(long epochMicros) {
            log.add("as of");
        }

        @Override
        public boolean isHistorical() {
            return false;
        }

        @Override
        public long readVersion() {
            return 1;
        }

        @Override
        public CatalogSnapshot catalog() {
            return new CatalogSnapshot(1, Map.of());
        }

        @Override
        public void apply(CatalogChange change) {
            log.add("apply");
        }

        @Override
        public SequenceValues sequences() {
            return new SequenceValues() {
                @Override
                public long next(SequenceDefinition sequence) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Position position(SequenceDefinition sequence) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void set(SequenceDefinition sequence, long value, boolean called) {
                    throw new UnsupportedOperationException();
                }
            };
        }

        @Override
        public void relyOn(TableDefinition table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TableStatistics statistics(TableDefinition table) {
            return new TableStatistics(0, List.of());
        }

        @Override
        public TableScan scan(
                TableDefinition table, List<Integer> columns, List<PathColumn> paths, List<ColumnRange> ranges) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BatchSource lookup(TableDefinition table, IndexDefinition index, List<Integer> columns, Batch keys) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TableScan search(TableDefinition table, IndexDefinition index, List<Integer> columns, TermQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BatchSource lookup(TableDefinition table, List<Integer> columns, Batch keys) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BatchSource readSpan(
                TableDefinition table, Optional<IndexDefinition> index, List<Integer> columns, KeySpan span) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ChangedBuckets buckets() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TablePartitions partitions() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RowReader reader(TableDefinition table, List<Integer> columns) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Batch read(RowReader reader, Batch key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public IsolationLevel isolation() {
            return IsolationLevel.SERIALIZABLE;
        }

        @Override
        public void setIsolation(IsolationLevel isolation) {
            log.add(isolation.name());
        }

        @Override
        public void beginStatement(StatementControl control) {}

        @Override
        public void endStatement() {}

        @Override
        public void rollbackStatement() {
            log.add("undone");
        }

        @Override
        public boolean awaitLocks() {
            return false;
        }

        @Override
        public boolean refresh() {
            return false;
        }

        @Override
        public int[] lock(TableDefinition table, Batch keys, RowLockMode mode, LockPolicy policy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Savepoint savepoint() {
            log.add("savepoint");
            return new Savepoint() {};
        }

        @Override
        public void rollbackTo(Savepoint savepoint) {
            log.add("back");
        }

        @Override
        public void release(Savepoint savepoint) {
            log.add("release");
        }

        @Override
        public RowSink insert(TableDefinition table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RowSink update(TableDefinition table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RowSink delete(TableDefinition table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasWrites() {
            return true;
        }

        @Override
        public void commit() {
            if (conflicts > 0) {
                conflicts--;
                log.add("conflict");
                throw KadeException.of(ErrorCode.SERIALIZATION_FAILURE, "lost");
            }
            over = true;
            log.add("commit");
        }

        @Override
        public void rollback() {
            if (!over) {
                over = true;
                log.add("rollback");
            }
        }

        @Override
        public void close() {
            rollback();
        }
    }
}
