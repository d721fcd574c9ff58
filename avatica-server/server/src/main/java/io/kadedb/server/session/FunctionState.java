package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonbBuilder;
import io.kadedb.common.seam.Clock;
import io.kadedb.common.seam.Random;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.executor.api.SessionFunctions;
import io.kadedb.planner.api.SequenceNames;
import io.kadedb.storage.api.AdvisoryLock;
import io.kadedb.storage.api.SequenceValues;
import io.kadedb.storage.api.SessionLocks;
import io.kadedb.storage.api.SqlTransaction;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What functions leave behind in a session: last values of sequences, the seed of random numbers. Thread-safe. */
final class FunctionState {
    /** What the state of a sequence begins with, before its name. */
    private static final String SEQUENCE = "sequence ";

    private final Clock clock;
    private final Random random;
    private final SystemState system;
    private final SessionLocks locks;
    private final Map<Long, Long> current = new ConcurrentHashMap<>();
    private volatile @Nullable Long last;
    private volatile @Nullable SplittableRandom seeded;

    /** @param locks of the session */
    FunctionState(Services services, SessionLocks locks) {
        this.locks = locks;
        this.clock = services.clock();
        this.random = services.random();
        this.system = new SystemState(services);
    }

    /** Forgets everything. */
    void reset() {
        current.clear();
        last = null;
        seeded = null;
    }

    /**
     * The functions for one statement.
     *
     * @param access asked once for each sequence and privilege
     */
    SessionFunctions functions(
            CatalogSnapshot catalog,
            List<String> searchPath,
            SqlTransaction transaction,
            boolean readOnly,
            BiConsumer<Privilege, ObjectName> access) {
        return new OfStatement(catalog, searchPath, transaction, readOnly, access);
    }

    /** A sequence as a function names it, and what the function does to it. */
    private record Use(String name, Privilege privilege) {}

    private final class OfStatement implements SessionFunctions {
        private final CatalogSnapshot catalog;
        private final List<String> searchPath;
        private final SqlTransaction transaction;
        private final SequenceValues sequences;
        private final boolean readOnly;
        private final BiConsumer<Privilege, ObjectName> access;
        private final Map<Use, SequenceDefinition> found = new ConcurrentHashMap<>();

        OfStatement(
                CatalogSnapshot catalog,
                List<String> searchPath,
                SqlTransaction transaction,
                boolean readOnly,
                BiConsumer<Privilege, ObjectName> access) {
            this.access = access;
            this.catalog = catalog;
            this.searchPath = searchPath;
            this.transaction = transaction;
            this.sequences = transaction.sequences();
            this.readOnly = readOnly;
        }

        private SequenceDefinition find(String name, Privilege privilege) {
            Use use = new Use(name, privilege);
            SequenceDefinition known = found.get(use);
            if (known == null) {
                known = SequenceNames.find(catalog, searchPath, name);
                access.accept(privilege, new ObjectName(ObjectName.Kind.SEQUENCE, known.schema(), known.name()));
                found.put(use, known);
            }
            return known;
        }

        private void checkWritable(String function) {
            if (readOnly) {
                throw KadeException.of(
                        ErrorCode.READ_ONLY_SQL_TRANSACTION,
                        "cannot execute " + function + "() in a read-only transaction");
            }
        }

        @Override
        public long nextval(String sequence) {
            checkWritable("nextval");
            SequenceDefinition definition = find(sequence, Privilege.USAGE);
            long value = sequences.next(definition);
            current.put(definition.id(), value);
            last = value;
            return value;
        }

        @Override
        public long currval(String sequence) {
            SequenceDefinition definition = find(sequence, Privilege.USAGE);
            Long value = current.get(definition.id());
            if (value == null) {
                throw KadeException.of(
                        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "currval of sequence \"" + definition.name() + "\" is not yet defined in this session");
            }
            return value;
        }

        @Override
        public long lastval() {
            Long value = last;
            if (value == null) {
                throw KadeException.of(
                        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "lastval is not yet defined in this session");
            }
            return value;
        }

        @Override
        public long setval(String sequence, long value, boolean called) {
            checkWritable("setval");
            SequenceDefinition definition = find(sequence, Privilege.UPDATE);
            sequences.set(definition, value, called);
            if (called) {
                current.put(definition.id(), value);
            }
            return value;
        }

        @Override
        public @Nullable String serialSequence(String table, String column) {
            TableDefinition definition = SequenceNames.table(catalog, searchPath, table);
            int ordinal = definition
                    .ordinalOf(column)
                    .orElseThrow(() -> KadeException.of(
                            ErrorCode.UNDEFINED_COLUMN,
                            "column \"" + column + "\" of relation \"" + definition.name() + "\" does not exist"));
            ColumnDefinition of = definition.columns().get(ordinal);
            return catalog.sequencesOf(definition.id()).stream()
                    .filter(sequence -> sequence.ownedBy()
                            .filter(owner -> owner.column() == of.id())
                            .isPresent())
                    .findFirst()
                    .map(sequence -> SequenceNames.text(sequence.schema(), sequence.name()))
                    .orElse(null);
        }

        @Override
        public boolean lock(AdvisoryLock lock, boolean wait) {
            return transaction.lock(lock, wait);
        }

        @Override
        public boolean unlock(AdvisoryLock lock) {
            return locks.unlock(lock);
        }

        @Override
        public void unlockAllAdvisory() {
            locks.unlockAll();
        }

        @Override
        public ByteBuffer systemState(String what) {
            if (what.equals("partitions")) {
                return PartitionState.of(catalog, transaction.partitions());
            }
            if (!what.startsWith(SEQUENCE)) {
                return system.of(what, catalog);
            }
            SequenceDefinition sequence = find(what.substring(SEQUENCE.length()), Privilege.SELECT);
            SequenceValues.Position position = sequences.position(sequence);
            JsonbBuilder json = new JsonbBuilder().startArray().startObject();
            json.key("last_value").integer(position.value());
            json.key("log_cnt").integer(0);
            json.key("is_called").truth(position.called());
            return json.end().end().buildBuffer();
        }

        @Override
        public double random() {
            SplittableRandom own = seeded;
            if (own == null) {
                return random.generator().nextDouble();
            }
            synchronized (own) {
                return own.nextDouble();
            }
        }

        @Override
        public void setSeed(double seed) {
            seeded = new SplittableRandom(Double.doubleToLongBits(seed + 0.0));
        }

        @Override
        public long clockMicros() {
            return clock.wallMicros();
        }
    }
}
