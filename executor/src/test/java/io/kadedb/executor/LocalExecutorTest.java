package io.kadedb.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Clock;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import io.kadedb.planner.physical.ScalarFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalExecutorTest {
    private static final List<Field> NUMBERS = List.of(new Field("n", SqlType.BIGINT, false));
    private static final Expr N = new Expr.Column(0, SqlType.BIGINT, false);

    private static List<List<@Nullable Object>> numbers(int count) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            rows.add(Arrays.asList((Object) i));
        }
        return rows;
    }

    private static Expr literal(long value) {
        return new Expr.Literal(value, SqlType.BIGINT);
    }

    private static PhysicalPlan.Aggregate aggregate(
            PhysicalPlan input, AggregateFunction function, int column, SqlType type) {
        return new PhysicalPlan.Aggregate(
                input,
                List.of(),
                List.of(new AggregateCall(function, List.of(column), false, Optional.empty(), List.of(), type)),
                List.of(new Field("a", type, true)),
                1);
    }

    private static PhysicalPlan cross(PhysicalPlan left, PhysicalPlan right) {
        return new PhysicalPlan.NestedLoopJoin(
                left, right, JoinType.INNER, Optional.empty(), Plans.concat(left.output(), right.output()), 1);
    }

    private static void fails(ErrorCode code, Runnable call) {
        assertThatExceptionOfType(KadeException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void filtersProjectsAndLimits() {
        try (Plans plans = new Plans(2)) {
            PhysicalPlan scan = plans.transaction.table("t", NUMBERS, numbers(10_000));
            PhysicalPlan filter = new PhysicalPlan.Filter(
                    scan, new Expr.Call(ScalarFunction.LT, List.of(N, literal(5_000)), SqlType.BOOLEAN, false), 1);
            PhysicalPlan project = new PhysicalPlan.Project(
                    filter,
                    List.of(new Expr.Call(ScalarFunction.ADD, List.of(N, literal(1)), SqlType.BIGINT, false)),
                    NUMBERS);
            assertThat(plans.run(project)).hasSize(5_000);
            assertThat(plans.run(
                            new PhysicalPlan.Limit(project, Optional.of(literal(4_990)), Optional.of(literal(100)), 1)))
                    .hasSize(10);
            fails(
                    ErrorCode.INVALID_ROW_COUNT_IN_LIMIT,
                    () -> plans.run(new PhysicalPlan.Limit(project, Optional.empty(), Optional.of(literal(-1)), 1)));
        }
    }

    @Test
    void rangesOfFiltersAndJoinsReachTheScan() {
        try (Plans plans = new Plans(1)) {
            PhysicalPlan.TableScan scan = plans.transaction.table("t", NUMBERS, numbers(100));
            PhysicalPlan filtered = new PhysicalPlan.TableScan(
                    scan.table(),
                    scan.columns(),
                    Optional.of(new Expr.Call(ScalarFunction.GE, List.of(N, literal(7)), SqlType.BOOLEAN, false)),
                    NUMBERS,
                    1);
            PhysicalPlan right = plans.transaction.table("r", NUMBERS, numbers(20));
            assertThat(plans.run(new PhysicalPlan.HashJoin(
                            filtered,
                            right,
                            JoinType.INNER,
                            List.of(0),
                            List.of(0),
                            Optional.empty(),
                            false,
                            Plans.concat(NUMBERS, NUMBERS),
                            1)))
                    .hasSize(13);
            assertThat(plans.transaction.rangesSeen.toString())
                    .contains("low=7", "low=0")
                    .contains("high=19");
        }
    }

    @Test
    void aClientThatStopsEarlyFreesEverything() {
        try (Plans plans = new Plans(2)) {
            PhysicalPlan scan = plans.transaction.table("t", NUMBERS, numbers(3_000));
            try (QueryResult result = plans.start(cross(scan, scan), CancelToken.unbounded(), 1L << 30)) {
                assertThat(result.next()).isNotNull();
            }
            try (QueryResult result = plans.start(cross(scan, scan), CancelToken.unbounded(), 1L << 30)) {
                assertThat(result.columns()).hasSize(2);
            }
            assertThat(plans.memory.allocatedBytes()).isZero();
        }
    }

    @Test
    void slowClientsDoNotStopOthers() {
        try (Plans plans = new Plans(1)) {
            PhysicalPlan scan = plans.transaction.table("t", NUMBERS, numbers(3_000));
            List<QueryResult> open = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                QueryResult result = plans.start(cross(scan, scan), CancelToken.unbounded(), 1L << 30);
                assertThat(result.next()).isNotNull();
                open.add(result);
            }
            assertThat(plans.run(scan)).hasSize(3_000);
            open.forEach(QueryResult::close);
        }
    }

    @Test
    void cancelAndDeadlineEndAQuery() {
        try (Plans plans = new Plans(2)) {
            PhysicalPlan scan = plans.transaction.table("t", NUMBERS, numbers(100_000));
            PhysicalPlan endless = aggregate(cross(scan, scan), AggregateFunction.COUNT, 0, SqlType.BIGINT);
            CancelToken cancel = CancelToken.unbounded();
            try (QueryResult result = plans.start(endless, cancel, 1L << 30)) {
                cancel.cancel();
                fails(ErrorCode.QUERY_CANCELED, result::next);
            }
            try (QueryResult result = plans.start(endless, CancelToken.withTimeout(Clock.system(), 30), 1L << 30)) {
                fails(ErrorCode.QUERY_CANCELED, result::next);
            }
        }
    }

    @Test
    void theMemoryLimitNamesTheOperator() {
        try (Plans plans = new Plans(2)) {
            PhysicalPlan scan = plans.transaction.table("t", NUMBERS, numbers(200_000));
            PhysicalPlan sort = new PhysicalPlan.Sort(
                    scan, List.of(new SortKey(0, true, false)), Optional.empty(), Optional.empty(), 1);
            try (QueryResult result = plans.start(sort, CancelToken.unbounded(), 1L << 20)) {
                assertThatExceptionOfType(KadeException.class)
                        .isThrownBy(result::next)
                        .withMessageContaining("Sort")
                        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY));
            }
            assertThat(plans.memory.allocatedBytes()).isZero();
        }
    }

    @Test
    void errorsOfWorkersReachTheClient() {
        try (Plans plans = new Plans(2)) {
            PhysicalPlan scan = plans.transaction.table("t", NUMBERS, numbers(10_000));
            fails(
                    ErrorCode.DIVISION_BY_ZERO,
                    () -> plans.run(new PhysicalPlan.Project(
                            scan,
                            List.of(new Expr.Call(
                                    ScalarFunction.DIVIDE, List.of(N, literal(0)), SqlType.BIGINT, false)),
                            NUMBERS)));
            fails(
                    ErrorCode.CARDINALITY_VIOLATION,
                    () -> plans.run(aggregate(scan, AggregateFunction.SINGLE_VALUE, 0, SqlType.BIGINT)));
            PhysicalPlan big = new PhysicalPlan.Values(
                    List.of(List.of(literal(Integer.MAX_VALUE)), List.of(literal(Integer.MAX_VALUE))), NUMBERS);
            fails(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    () -> plans.run(aggregate(big, AggregateFunction.SUM, 0, SqlType.INTEGER)));
        }
    }

    @Test
    void modifyCountsAndWritesEachRowOnce() {
        try (Plans plans = new Plans(2)) {
            PhysicalPlan.TableScan scan = plans.transaction.table("t", NUMBERS, numbers(5_000));
            PhysicalPlan insert =
                    PhysicalPlan.Modify.counting(scan.table(), PhysicalPlan.Modify.Operation.INSERT, scan);
            assertThat(plans.run(insert)).isEqualTo(List.of(List.of(5_000L)));
            plans.transaction.written.clear();
            List<Field> ids = List.of(new Field("id", SqlType.BIGINT, false), NUMBERS.getFirst());
            PhysicalPlan twice = new PhysicalPlan.TableScan(
                    scan.table(), List.of(TableDefinition.ROW_ID, 0), Optional.empty(), ids, 1);
            PhysicalPlan.Modify delete = PhysicalPlan.Modify.counting(
                    scan.table(),
                    PhysicalPlan.Modify.Operation.DELETE,
                    new PhysicalPlan.UnionAll(List.of(twice, twice), ids));
            assertThat(plans.run(delete)).isEqualTo(List.of(List.of(5_000L)));
            assertThat(plans.transaction.written).hasSize(5_000);
            assertThat(plans.run(delete.returning(List.of(1)))).hasSize(5_000).contains(List.of(4_999L));
        }
    }

    @Test
    void pointPlansRunOnTheCallersThread() {
        try (Plans plans = new Plans(1)) {
            PhysicalPlan.TableScan scan = plans.transaction.table("t", NUMBERS, numbers(100));
            PhysicalPlan lookup = new PhysicalPlan.KeyLookup(
                    scan.table(),
                    List.of(0),
                    Optional.empty(),
                    List.of(List.of(literal(7)), List.of(literal(7)), List.of(literal(1_000))),
                    Optional.empty(),
                    NUMBERS,
                    1);
            assertThat(plans.run(lookup)).isEqualTo(List.of(List.of(7L)));
        }
    }

    @Test
    void applyRunsTheRightPlanForEachLeftRow() {
        try (Plans plans = new Plans(2)) {
            PhysicalPlan left = plans.transaction.table("l", NUMBERS, numbers(50));
            PhysicalPlan right = new PhysicalPlan.Filter(
                    plans.transaction.table("r", NUMBERS, numbers(50)),
                    new Expr.Call(
                            ScalarFunction.LT,
                            List.of(N, new Expr.OuterColumn(1, 0, SqlType.BIGINT, false)),
                            SqlType.BOOLEAN,
                            false),
                    1);
            assertThat(plans.run(
                            new PhysicalPlan.Apply(1, left, right, JoinType.INNER, Plans.concat(NUMBERS, NUMBERS), 1)))
                    .hasSize(49 * 50 / 2);
            assertThat(plans.run(
                            new PhysicalPlan.Apply(1, left, right, JoinType.LEFT, Plans.concat(NUMBERS, NUMBERS), 1)))
                    .hasSize(49 * 50 / 2 + 1);
            assertThat(plans.run(new PhysicalPlan.Apply(1, left, right, JoinType.ANTI, NUMBERS, 1)))
                    .isEqualTo(List.of(List.of(0L)));
        }
    }

    @Test
    void filesAreRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("t.csv");
        Files.writeString(file, "a,b\n1,x\n,\"\"\n3,\"y,z\"\n");
        List<Field> fields = List.of(new Field("a", SqlType.BIGINT, true), new Field("b", SqlType.TEXT, true));
        PhysicalPlan scan = new PhysicalPlan.FileScan(
                file.toString(), "csv", Map.of(), fields, List.of(0, 1), List.of(), fields, 3);
        try (Plans plans = new Plans(1)) {
            assertThat(plans.run(scan))
                    .isEqualTo(List.of(Arrays.asList(1L, "x"), Arrays.asList(null, ""), Arrays.asList(3L, "y,z")));
            Files.writeString(file, "a,b\n1,x\n2\n");
            assertThatExceptionOfType(KadeException.class)
                    .isThrownBy(() -> plans.run(scan))
                    .withMessageContaining("line 3: missing data for column \"b\": 2 columns expected, 1 found");
            Files.writeString(file, "a,b\n1,x\nseven,y\n");
            assertThatExceptionOfType(KadeException.class)
                    .isThrownBy(() -> plans.run(scan))
                    .withMessageContaining("line 3, column \"a\"")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION));
        }
    }
}
