package io.kadedb.planner.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.inverted.TermOperator;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeDetail;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlanCodecTest {
    private static final Field A = new Field("a", SqlType.INTEGER, false);
    private static final Field B = new Field("b", SqlType.decimal(15, 2), true);
    private static final PhysicalPlan.TableRef TABLE = new PhysicalPlan.TableRef(7, "public", "t", 1);
    private static final Expr COLUMN_A = new Expr.Column(0, SqlType.INTEGER, false);

    private static PhysicalPlan scan() {
        Expr filter = new Expr.Call(
                ScalarFunction.LT, List.of(COLUMN_A, new Expr.Literal(5L, SqlType.INTEGER)), SqlType.BOOLEAN, false);
        return new PhysicalPlan.TableScan(TABLE, List.of(0, 1), Optional.of(filter), List.of(A, B), 10);
    }

    private static List<PhysicalPlan> everyNode() {
        PhysicalPlan scan = scan();
        PhysicalPlan.SortKey key = new PhysicalPlan.SortKey(0, true, false);
        Expr one = new Expr.Literal(1L, SqlType.BIGINT);
        Expr condition = new Expr.Case(
                List.of(new Expr.When(
                        new Expr.InList(COLUMN_A, List.of(new Expr.Literal(1L, SqlType.INTEGER)), false),
                        new Expr.Cast(new Expr.OuterColumn(1, 0, SqlType.TEXT, true), SqlType.BOOLEAN))),
                new Expr.Parameter(0, SqlType.BOOLEAN),
                SqlType.BOOLEAN,
                true);
        List<Field> both = List.of(A, B, A, B);
        return List.of(
                scan,
                new PhysicalPlan.Check(scan, TABLE, 0, List.of("c"), false, List.of(A)),
                new PhysicalPlan.TermScan(
                        TABLE,
                        List.of(0, 1),
                        "terms",
                        List.of("b"),
                        new TermCondition.Any(List.of(
                                new TermCondition.Probe(0, TermOperator.OVERLAPS, one),
                                new TermCondition.All(
                                        List.of(new TermCondition.Probe(0, TermOperator.CONTAINS, one))))),
                        condition,
                        List.of(A, B),
                        2),
                new PhysicalPlan.KeyLookup(
                        TABLE, List.of(0), Optional.of("i"), List.of(List.of(one)), Optional.empty(), List.of(A), 1),
                new PhysicalPlan.KeyRangeScan(
                        TABLE,
                        List.of(0),
                        Optional.of("i"),
                        List.of("a", "b"),
                        List.of(List.of(one)),
                        Optional.of(new PhysicalPlan.KeyBound(List.of(one), true)),
                        Optional.of(new PhysicalPlan.KeyBound(List.of(one), false)),
                        PhysicalPlan.KeyNulls.EXCLUDED,
                        true,
                        true,
                        Optional.of(condition),
                        List.of(A),
                        1,
                        false),
                new PhysicalPlan.FileScan(
                        "x.csv", "csv", Map.of("header", "true"), List.of(A), List.of(0), List.of(0), List.of(A, A), 3),
                new PhysicalPlan.Values(List.of(everyLiteral()), List.of(A)),
                new PhysicalPlan.Filter(scan, condition, Double.POSITIVE_INFINITY),
                new PhysicalPlan.Project(
                        scan,
                        List.of(new Expr.SessionValue(Expr.SessionValue.Kind.NOW, SqlType.TIMESTAMPTZ)),
                        List.of(A)),
                new PhysicalPlan.Aggregate(
                        scan,
                        List.of(0, 1),
                        List.of(1),
                        List.of(new PhysicalPlan.AggregateCall(
                                AggregateFunction.SUM,
                                List.of(1),
                                true,
                                Optional.of(0),
                                List.of(key),
                                SqlType.decimal(38, 2))),
                        List.of(A, B),
                        4),
                new PhysicalPlan.RecursiveUnion(
                        1, scan, new PhysicalPlan.WorkingTable(1, List.of(A, B), 1), true, List.of(A, B), 2),
                new PhysicalPlan.WorkingTable(1, List.of(A, B), 1),
                new PhysicalPlan.SharedRows(
                        PhysicalPlan.SharedRows.FIRST,
                        scan,
                        new PhysicalPlan.WorkingTable(PhysicalPlan.SharedRows.FIRST, List.of(A, B), 1)),
                new PhysicalPlan.WithChanges(
                        List.of(new PhysicalPlan.WithChanges.Change(
                                -1, PhysicalPlan.Modify.counting(TABLE, PhysicalPlan.Modify.Operation.INSERT, scan))),
                        scan),
                new PhysicalPlan.FunctionScan(TableFunction.GENERATE_SERIES, List.of(one, one), true, List.of(A, B), 5),
                new PhysicalPlan.GroupingSets(
                        scan, List.of(0), List.of(List.of(0), List.of()), List.of(), List.of(A, B), 1),
                new PhysicalPlan.Window(
                        scan,
                        List.of(0),
                        List.of(key),
                        List.of(
                                new WindowCall.Positional(
                                        WindowFunction.LAG, List.of(0), WindowFrame.ALL, SqlType.TEXT),
                                new WindowCall.Aggregated(
                                        new PhysicalPlan.AggregateCall(
                                                AggregateFunction.MIN,
                                                List.of(1),
                                                false,
                                                Optional.empty(),
                                                List.of(),
                                                SqlType.TEXT),
                                        new WindowFrame(
                                                WindowFrame.Mode.RANGE,
                                                new WindowFrame.Bound(
                                                        WindowFrame.Place.PRECEDING, Optional.of(one), Optional.of(1)),
                                                WindowFrame.Bound.of(WindowFrame.Place.CURRENT_ROW),
                                                WindowFrame.Exclusion.TIES,
                                                Optional.of(0)))),
                        List.of(A, B, A, B)),
                new PhysicalPlan.HashJoin(
                        scan,
                        scan,
                        PhysicalPlan.JoinType.NULL_AWARE_ANTI,
                        List.of(0),
                        List.of(0),
                        Optional.of(condition),
                        true,
                        List.of(A, B),
                        1),
                new PhysicalPlan.NestedLoopJoin(
                        scan, scan, PhysicalPlan.JoinType.FULL, Optional.of(condition), both, 1),
                new PhysicalPlan.AsofJoin(
                        scan,
                        scan,
                        PhysicalPlan.JoinType.LEFT,
                        List.of(0),
                        List.of(1),
                        1,
                        0,
                        ScalarFunction.GE,
                        both,
                        1),
                new PhysicalPlan.GapFill(
                        scan,
                        0,
                        List.of(1),
                        one,
                        Optional.of(one),
                        List.of(new PhysicalPlan.GapFill.Bound(one, true)),
                        List.of(new PhysicalPlan.GapFill.Bound(one, false)),
                        List.of(new PhysicalPlan.GapFill.Fill(
                                PhysicalPlan.GapFill.Method.INTERPOLATE, 1, List.of(0, 1), List.of(), true)),
                        List.of(A, B)),
                new PhysicalPlan.Apply(1, scan, scan, PhysicalPlan.JoinType.LEFT, both, 1),
                new PhysicalPlan.Sort(scan, List.of(key), Optional.of(one), Optional.of(one), 1),
                new PhysicalPlan.Limit(scan, Optional.empty(), Optional.of(one), 1),
                new PhysicalPlan.LockRows(
                        scan,
                        List.of(new PhysicalPlan.RowLock(
                                TABLE,
                                List.of(0),
                                PhysicalPlan.LockStrength.NO_KEY_UPDATE,
                                PhysicalPlan.LockPolicy.SKIP_LOCKED)),
                        Optional.empty(),
                        Optional.of(one),
                        1),
                new PhysicalPlan.UnionAll(List.of(scan, scan), List.of(A, B)),
                new PhysicalPlan.PathSearch(
                        scan,
                        scan,
                        scan,
                        List.of(0),
                        List.of(0),
                        List.of(1),
                        List.of(0),
                        List.of(0, 1),
                        Optional.of(1),
                        new PathSelection(PathSelection.Mode.TRAIL, PathSelection.Paths.SHORTEST, 2),
                        1,
                        Integer.MAX_VALUE,
                        List.of(),
                        List.of(A, B, A, B, new Field("length", SqlType.BIGINT, false)),
                        2),
                new PhysicalPlan.GraphAlgorithm(
                        scan,
                        scan,
                        GraphFunction.PAGERANK,
                        List.of(0),
                        List.of(0),
                        List.of(1),
                        Optional.empty(),
                        Optional.of(1),
                        Optional.empty(),
                        true,
                        List.of(0.85, 20.0, 0.0),
                        List.of(A, B),
                        2),
                new PhysicalPlan.SetOperation(
                        scan, scan, PhysicalPlan.SetOperation.Kind.EXCEPT, true, List.of(A, B), 1),
                new PhysicalPlan.KeyJoin(scan, TABLE, Optional.of("i"), List.of(0), List.of(0), List.of(A)),
                PhysicalPlan.Modify.counting(TABLE, PhysicalPlan.Modify.Operation.MERGE, scan)
                        .repeats(new PhysicalPlan.Modify.Repeats(
                                List.of(new PhysicalPlan.Modify.RowKey(List.of(0), true)), true, "MERGE"))
                        .returning(List.of(0)));
    }

    private static List<Expr> everyLiteral() {
        return List.of(
                new Expr.Literal(null, SqlType.TEXT),
                new Expr.Literal(true, SqlType.BOOLEAN),
                new Expr.Literal(-3L, SqlType.DATE),
                new Expr.Literal(Double.NaN, SqlType.DOUBLE),
                new Expr.Literal(new BigDecimal("-1.50"), SqlType.decimal(10, 2)),
                new Expr.Literal("ü\n\"", SqlType.varchar(3)),
                new Expr.Literal(
                        ByteBuffer.wrap("ab".getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer(), SqlType.BYTEA),
                new Expr.Literal(new Interval(1, -2, 3), SqlType.INTERVAL),
                new Expr.Literal(UUID.fromString("00000000-0000-0001-0000-000000000002"), SqlType.UUID),
                new Expr.Literal("{ }", SqlType.JSON),
                new Expr.Literal(ByteBuffer.wrap(new byte[] {1, 2}).asReadOnlyBuffer(), SqlType.JSONB),
                new Expr.Literal(
                        ByteBuffer.wrap(new byte[] {1, 0}).asReadOnlyBuffer(), SqlType.array(SqlType.decimal(8, 2))),
                new Expr.Literal(
                        7L,
                        SqlType.enumeration(
                                new TypeDetail.Labels(9, "public", "mood", List.of(new TypeDetail.Label("ok", 7))))));
    }

    @Test
    void everyNodeComesBackEqual() {
        for (PhysicalPlan plan : everyNode()) {
            assertThat(PlanCodec.decode(PlanCodec.encode(plan))).isEqualTo(plan);
        }
    }

    @Test
    void everyNodeIsTried() {
        assertThat(everyNode().stream().map(Object::getClass).distinct())
                .hasSize(PhysicalPlan.class.getPermittedSubclasses().length);
    }

    @Test
    void whatIsUnknownIsRefused() {
        String plan = PlanCodec.encode(scan());
        assertRefused(plan.replace("\"kadedb.plan\":1", "\"kadedb.plan\":2"), "unknown version 2");
        assertRefused(plan.replace("\"TableScan\"", "\"Teleport\""), "unknown node \"Teleport\"");
        assertRefused(plan.replace("\"columns\"", "\"shard\":1,\"columns\""), "unknown field \"shard\"");
    }

    @Test
    void whatIsNoPlanIsCorrupt() {
        assertThatThrownBy(() -> PlanCodec.decode("{\"a\":1}"))
                .isInstanceOfSatisfying(
                        KadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> PlanCodec.decode(text))
                .isInstanceOfSatisfying(
                        KadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INCOMPATIBLE_FORMAT))
                .hasMessageContaining(message);
    }
}
