package io.kadedb.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Clock;
import io.kadedb.common.security.AccessControl;
import io.kadedb.common.security.Principal;
import io.kadedb.executor.api.PlanExecutor;
import io.kadedb.executor.api.PreparedPlan;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.executor.file.FilePolicy;
import io.kadedb.executor.file.LocalFiles;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.api.StatementPlanner;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.ColumnRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The transaction block's states, on a store that only writes down what is asked of it. */
class SessionStateTest {
    private final FakeStore store = new FakeStore();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Session session = new LocalSession(
            "s1",
            new Services(
                    "test",
                    store,
                    new StatementReader(new SqlParser()),
                    new FixedPlanner(),
                    new NoExecutor(),
                    new LocalFiles(FilePolicy.none()),
                    new LocalFiles(FilePolicy.none()),
                    (plan, format, profile, partitions) -> "",
                    AccessControl.allowAll(),
                    Clock.system(),
                    scheduler,
                    () -> RandomGenerator.of("L64X128MixRandom"),
                    new OpenTransactions()),
            Principal.EMBEDDED_OWNER);

    private static final class FixedPlanner implements StatementPlanner {
        @Override
        public PlannedStatement plan(ParsedStatement statement, PlanningContext context) {
            return SessionStateTest.plan(statement);
        }

        @Override
        public PhysicalPlan complete(
                TableDefinition table, Set<Integer> defaulted, PhysicalPlan rows, PlanningContext context) {
            return rows;
        }
    }

    /** CREATE SCHEMA changes the catalog; DROP SCHEMA of one named bug is a bug. */
    private static PlannedStatement plan(ParsedStatement statement) {
        return switch (statement.statement()) {
            case Statement.CreateSchema create ->
                new PlannedStatement.Definition(
                        "CREATE SCHEMA",
                        List.of(new CatalogChange.CreateSchema(create.name().text(), "kade")),
                        List.of());
            case Statement.DropSchema drop -> throw new IllegalStateException("a bug in the planner");
            default -> throw KadeException.of(ErrorCode.SYNTAX_ERROR, "no");
        };
    }

    private static final class NoExecutor implements PlanExecutor {
        @Override
        public QueryResult execute(PhysicalPlan plan, QueryContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ColumnRange> ranges(PhysicalPlan.TableScan scan, QueryContext context) {
            return List.of();
        }

        @Override
        public Optional<PreparedPlan> prepare(PhysicalPlan plan) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    private Portal run(String sql) {
        return session.execute(session.parse(sql).getFirst(), List.of(), session.newToken(0));
    }

    private String failure(String sql) {
        return catchThrowableOfType(KadeException.class, () -> run(sql)).code().sqlState();
    }

    @Test
    void aStatementAloneCommits() {
        assertThat(run("create schema a").commandTag()).isEqualTo("CREATE SCHEMA");
        assertThat(store.log).containsExactly("begin", "apply", "commit");
        assertThat(session.status()).isEqualTo(TransactionStatus.IDLE);
    }

    @Test
    void aStatementAloneThatLosesIsRunAgain() {
        store.conflicts = 2;
        run("create schema a");
        assertThat(store.log)
                .containsExactly(
                        "begin",
                        "apply",
                        "conflict",
                        "rollback",
                        "begin",
                        "apply",
                        "conflict",
                        "rollback",
                        "begin",
                        "apply",
                        "commit");
    }

    @Test
    void butNotForever() {
        store.conflicts = SessionTransactions.MAX_ATTEMPTS;
        assertThat(failure("create schema a")).isEqualTo("40001");
        assertThat(store.log.stream().filter("begin"::equals)).hasSize(SessionTransactions.MAX_ATTEMPTS);
    }

    @Test
    void aBlockThatLosesIsNotRunAgain() {
        store.conflicts = 1;
        run("begin");
        run("create schema a");
        assertThat(failure("commit")).isEqualTo("40001");
        assertThat(session.status()).isEqualTo(TransactionStatus.IDLE);
        assertThat(store.log).containsExactly("begin", "apply", "conflict", "rollback");
    }

    @Test
    void blocksGoThroughTheirStates() {
        assertThat(run("begin").commandTag()).isEqualTo("BEGIN");
        assertThat(session.status()).isEqualTo(TransactionStatus.IN_BLOCK);
        run("create schema a");
        assertThat(failure("select 1")).isEqualTo("42601");
        assertThat(session.status()).isEqualTo(TransactionStatus.FAILED);
        assertThat(failure("create schema b")).isEqualTo("25P02");
        assertThat(run("commit").commandTag()).isEqualTo("ROLLBACK");
        assertThat(session.status()).isEqualTo(TransactionStatus.IDLE);
        assertThat(store.log).containsExactly("begin", "apply", "undone", "rollback");
    }

    @Test
    void aSyntaxErrorFailsTheBlockToo() {
        run("begin");
        assertThatThrownBy(() -> session.parse("selct")).isInstanceOf(KadeException.class);
        assertThat(session.status()).isEqualTo(TransactionStatus.FAILED);
    }

    @Test
    void endsAndBeginsWithoutNeedAreNotices() {
        run("rollback");
        assertThat(session.takeNotices()).extracting(Notice::sqlState).containsExactly("25P01");
        run("begin");
        run("begin");
        assertThat(session.takeNotices()).extracting(Notice::sqlState).containsExactly("25001");
        run("set local timezone = 'UTC'");
        run("rollback");
        assertThat(session.takeNotices()).isEmpty();
    }

    @Test
    void autocommitOffBeginsByItself() {
        session.setAutocommit(false);
        run("create schema a");
        assertThat(session.status()).isEqualTo(TransactionStatus.IN_BLOCK);
        session.commit();
        assertThat(session.status()).isEqualTo(TransactionStatus.IDLE);
        run("create schema b");
        session.setAutocommit(true);
        assertThat(store.log).containsExactly("begin", "apply", "commit", "begin", "apply", "commit");
    }

    @Test
    void aBugIsReportedUnderItsIdWithoutATrace() {
        KadeException bug = catchThrowableOfType(KadeException.class, () -> run("drop schema bug"));
        assertThat(bug.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(bug.messageText()).contains("s1-1").doesNotContain("\tat ", "a bug in the planner");
    }

    @Test
    void settingsAreCheckedAndShown() {
        run("set statement_timeout = '2s'");
        assertThat(session.setting("statement_timeout")).isEqualTo("2000ms");
        run("set time zone 'europe/berlin'");
        assertThat(session.timeZone()).hasToString("Europe/Berlin");
        assertThat(failure("set timezone = 'Mars/Base'")).isEqualTo("22023");
        assertThat(failure("set memory_limit = 'much'")).isEqualTo("22023");
        assertThat(failure("set client_encoding = 'latin1'")).isEqualTo("22023");
        run("set memory_limit = '512MB'");
        assertThat(session.setting("memory_limit")).isEqualTo("512MB");
        run("reset all");
        assertThat(session.timeZone()).hasToString("UTC");
        KadeException unknown = catchThrowableOfType(KadeException.class, () -> run("set serch_path = 'a'"));
        assertThat(unknown.code()).isEqualTo(ErrorCode.UNDEFINED_OBJECT);
        assertThat(unknown.hint()).hasValue("did you mean search_path?");
        assertThat(unknown.position()).isPresent();
    }

    @Test
    void closingRollsBackAndEndsTheSession() {
        run("begin");
        run("create schema a");
        session.close();
        session.close();
        assertThat(store.log).containsExactly("begin", "apply", "rollback");
        assertThat(catchThrowableOfType(KadeException.class, session::catalog).code())
                .isEqualTo(ErrorCode.CONNECTION_DOES_NOT_EXIST);
        assertThatCode(session::cancel).doesNotThrowAnyException();
    }

    @Test
    void aFailedBlockGoesOnFromASavepoint() {
        run("begin");
        run("savepoint a");
        run("set local timezone = 'Asia/Tokyo'");
        assertThat(failure("select 1")).isEqualTo("42601");
        assertThat(failure("savepoint b")).isEqualTo("25P02");
        assertThat(failure("release a")).isEqualTo("25P02");
        assertThat(failure("rollback to b")).isEqualTo("3B001");
        assertThat(session.status()).isEqualTo(TransactionStatus.FAILED);
        assertThat(run("rollback to savepoint a").commandTag()).isEqualTo("ROLLBACK");
        assertThat(session.status()).isEqualTo(TransactionStatus.IN_BLOCK);
        assertThat(session.setting("timezone")).isEqualTo("UTC");
        run("create schema s");
        assertThat(run("release savepoint a").commandTag()).isEqualTo("RELEASE");
        assertThat(failure("rollback to a")).isEqualTo("3B001");
        run("rollback");
        assertThat(store.log)
                .containsExactly("begin", "savepoint", "undone", "back", "back", "apply", "release", "rollback");
    }

    @Test
    void savepointsAreForBlocks() {
        assertThat(failure("savepoint a")).isEqualTo("25P01");
        assertThat(failure("rollback to a")).isEqualTo("25P01");
        assertThat(failure("release a")).isEqualTo("25P01");
    }

    @Test
    void aBlockLeftIdleIsEndedWithItsSession() {
        run("set idle_in_transaction_session_timeout = '5s'");
        assertThat(scheduler.delays()).isEmpty();
        run("begin");
        run("create schema a");
        assertThat(scheduler.delays()).containsExactly(Duration.ofSeconds(5));
        scheduler.runAll();
        assertThat(store.log).containsExactly("begin", "apply", "rollback");
        assertThat(failure("create schema b")).isEqualTo("25P03");
        assertThat(failure("create schema b")).isEqualTo("08003");
    }

    @Test
    void theTimerOfAnIdleBlockEndsWithTheBlock() {
        run("set idle_in_transaction_session_timeout = 1000");
        run("begin");
        run("commit");
        assertThat(scheduler.delays()).isEmpty();
        run("create schema a");
        assertThat(scheduler.delays()).isEmpty();
    }

    @Test
    void theIsolationIsSetBeforeTheFirstStatement() {
        run("begin");
        assertThat(session.setting("transaction_isolation")).isEqualTo("serializable");
        run("set transaction isolation level repeatable read");
        assertThat(session.setting("transaction_isolation")).isEqualTo("repeatable read");
        run("set transaction_isolation = 'read uncommitted'");
        assertThat(session.setting("transaction_isolation")).isEqualTo("read uncommitted");
        run("rollback");
        assertThat(session.setting("transaction_isolation")).isEqualTo("serializable");
        assertThat(store.log).containsExactly("begin", "REPEATABLE_READ", "READ_COMMITTED", "rollback");
        assertThat(failure("set transaction isolation level read committed")).isEqualTo("25P01");
        assertThat(failure("set default_transaction_isolation = 'chaos'")).isEqualTo("22023");
    }
}
