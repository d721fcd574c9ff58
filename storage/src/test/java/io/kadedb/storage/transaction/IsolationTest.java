package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.history.ListAppendChecker;
import io.kadedb.history.ListAppendChecker.Anomaly;
import io.kadedb.history.ListAppendChecker.Finding;
import io.kadedb.storage.api.IsolationLevel;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.TransactionOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each level allows what it is known for, and nothing else. */
class IsolationTest {
    private static final int CLIENTS = 5;
    private static final int TRANSACTIONS = 20;

    private final ArenaPool pool = new ArenaPool();
    private TableStore store;
    private TableClient table;
    private ListClient lists;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    IsolationTest() {}

    @BeforeEach
    void open() {
        store = (TableStore) Stores.open(StoreConfig.inMemory(pool));
        table = TableClient.create(store, "lists", 1, SqlType.INTEGER, SqlType.TEXT);
        lists = new ListClient(table);
        try (SqlTransaction transaction = begin(IsolationLevel.SERIALIZABLE)) {
            lists.append(transaction, 1, 0);
            lists.append(transaction, 2, 0);
            transaction.commit();
        }
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    private SqlTransaction begin(IsolationLevel level) {
        return store.begin(new TransactionOptions(level, "test"));
    }

    private static boolean commits(SqlTransaction transaction) {
        KadeException failure = catchThrowableOfType(KadeException.class, transaction::commit);
        if (failure != null) {
            assertThat(failure.code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
        }
        return failure == null;
    }

    // What each level is known for

    @ParameterizedTest
    @EnumSource
    void writeSkew(IsolationLevel level) {
        try (SqlTransaction one = begin(level);
                SqlTransaction other = begin(level)) {
            assertThat(lists.readAll(one, List.of(1, 2))).isEqualTo(lists.readAll(other, List.of(1, 2)));
            lists.append(one, 1, 1);
            lists.append(other, 2, 1);
            assertThat(commits(one)).isTrue();
            assertThat(commits(other)).isEqualTo(level != IsolationLevel.SERIALIZABLE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lostUpdate(IsolationLevel level) {
        try (SqlTransaction one = begin(level);
                SqlTransaction other = begin(level)) {
            List<Integer> seen = lists.read(one, 1);
            assertThat(lists.read(other, 1)).isEqualTo(seen);
            lists.overwrite(one, 1, List.of(0, 1));
            assertThat(commits(one)).isTrue();
            boolean done;
            try {
                lists.overwrite(other, 1, List.of(0, 2));
                done = commits(other);
            } catch (KadeException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
                done = false;
            }
            assertThat(done).isEqualTo(level == IsolationLevel.READ_COMMITTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readSkew(IsolationLevel level) {
        try (SqlTransaction reader = begin(level)) {
            assertThat(lists.read(reader, 1)).containsExactly(0);
            try (SqlTransaction writer = begin(level)) {
                lists.append(writer, 1, 1);
                lists.append(writer, 2, 1);
                assertThat(commits(writer)).isTrue();
            }
            boolean skewed = lists.read(reader, 2).contains(1);
            assertThat(skewed).isEqualTo(level == IsolationLevel.READ_COMMITTED);
            assertThat(commits(reader)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void phantom(IsolationLevel level) {
        try (SqlTransaction reader = begin(level)) {
            int before = ListClient.statement(reader, () -> table.rows(reader).size());
            try (SqlTransaction writer = begin(level)) {
                lists.append(writer, 3, 1);
                assertThat(commits(writer)).isTrue();
            }
            int after = ListClient.statement(reader, () -> table.rows(reader).size());
            assertThat(after - before).isEqualTo(level == IsolationLevel.READ_COMMITTED ? 1 : 0);
            // Who has written something that depends on it cannot commit when that would be in no order.
            lists.append(reader, 4, after);
            assertThat(commits(reader)).isEqualTo(level != IsolationLevel.SERIALIZABLE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void longFork(IsolationLevel level) {
        try (SqlTransaction early = begin(level);
                SqlTransaction late = begin(level)) {
            boolean second;
            boolean first;
            try (SqlTransaction writer = begin(level)) {
                lists.append(writer, 1, 1);
                assertThat(commits(writer)).isTrue();
            }
            assertThat(lists.read(early, 1)).contains(1);
            try (SqlTransaction writer = begin(level)) {
                lists.append(writer, 2, 1);
                assertThat(commits(writer)).isTrue();
            }
            second = lists.read(late, 2).contains(1);
            first = lists.read(late, 1).contains(1);
            // Who sees the second write sees the first.
            assertThat(second).isTrue();
            assertThat(first).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void dirtyReadsAndWritesAreAllowedNowhere(IsolationLevel level) {
        try (SqlTransaction writer = begin(level);
                SqlTransaction reader = begin(level)) {
            lists.append(writer, 1, 1);
            assertThat(lists.read(reader, 1)).containsExactly(0);
            writer.rollback();
            lists.append(reader, 1, 2);
            assertThat(commits(reader)).isTrue();
        }
        try (SqlTransaction transaction = begin(level)) {
            assertThat(lists.read(transaction, 1)).containsExactly(0, 2);
        }
    }

    // Anything at random

    private static Set<Anomaly> allowed(IsolationLevel level) {
        return switch (level) {
            case SERIALIZABLE -> Set.of();
            case REPEATABLE_READ -> EnumSet.of(Anomaly.WRITE_SKEW, Anomaly.STALE);
            case READ_COMMITTED -> EnumSet.of(Anomaly.READ_SKEW, Anomaly.LONG_FORK, Anomaly.WRITE_SKEW, Anomaly.STALE);
        };
    }

    /** Runs and checks; gives what was found of that which is allowed. */
    private static Set<Anomaly> simulate(long seed, IsolationLevel level) {
        IsolationSimulation simulation = new IsolationSimulation(seed, level);
        simulation.run(CLIENTS, TRANSACTIONS);
        Set<Anomaly> found = EnumSet.noneOf(Anomaly.class);
        for (Finding finding : ListAppendChecker.check(simulation.history().transactions())) {
            assertThat(allowed(level))
                    .as("seed %d, %s:%n%s", seed, level, finding.text())
                    .contains(finding.anomaly());
            found.add(finding.anomaly());
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource
    void simulatedClientsSeeWhatTheLevelAllows(IsolationLevel level) {
        Set<Anomaly> found = EnumSet.noneOf(Anomaly.class);
        for (long seed = 1; seed <= 30; seed++) {
            found.addAll(simulate(seed, level));
        }
        // Or else the simulation would prove nothing.
        switch (level) {
            case SERIALIZABLE -> assertThat(found).isEmpty();
            case REPEATABLE_READ -> assertThat(found).contains(Anomaly.WRITE_SKEW);
            case READ_COMMITTED -> assertThat(found).contains(Anomaly.READ_SKEW);
        }
    }

    /** Many seeds: {@code -Dkadedb.isolation.seeds=100000}. */
    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void manySimulatedClientsSeeWhatTheLevelAllows(IsolationLevel level) {
        long seeds = Long.getLong("kadedb.isolation.seeds", 2_000);
        for (long seed = 1_000; seed < 1_000 + seeds; seed++) {
            simulate(seed, level);
        }
    }

    @Test
    void aSeedIsTheSameRunAgain() {
        int deadlocks = 0;
        for (long seed = 1; seed <= 10; seed++) {
            IsolationSimulation first = new IsolationSimulation(seed, IsolationLevel.SERIALIZABLE);
            first.run(CLIENTS, TRANSACTIONS);
            IsolationSimulation second = new IsolationSimulation(seed, IsolationLevel.SERIALIZABLE);
            second.run(CLIENTS, TRANSACTIONS);
            assertThat(second.traceHash()).as("seed %d", seed).isEqualTo(first.traceHash());
            deadlocks += first.deadlocks();
        }
        assertThat(deadlocks).isPositive();
    }
}
