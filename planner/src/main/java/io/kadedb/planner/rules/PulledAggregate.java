package io.kadedb.planner.rules;

import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.functions.KadeOperatorTable;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.rel.KadeMetadata;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Groups over a pulled query. Its predicates can be asked of whole groups if each is an equality of an outer value with a
 * value of the row: then the rows are grouped by that value too, and an outer row sees one group where it saw all rows.
 */
final class PulledAggregate {
    private final Aggregate aggregate;
    private final PulledQuery input;
    private final RexBuilder builder;
    private final List<Equal> equalities = new ArrayList<>();
    private final List<RexNode> outer = new ArrayList<>();

    /** An equality of an outer value with one of the row. */
    private record Equal(SqlOperator operator, RexNode outer, RexNode own) {}

    private PulledAggregate(Aggregate aggregate, PulledQuery input) {
        this.aggregate = aggregate;
        this.input = input;
        this.builder = input.builder();
    }

    static Optional<PulledQuery> of(Aggregate aggregate, PulledQuery input) {
        PulledAggregate pulled = new PulledAggregate(aggregate, input);
        if (input.scalar()) {
            return Optional.empty();
        }
        boolean simple = input.predicates().stream().allMatch(pulled::isSimple);
        if (pulled.isCountedValue()) {
            Optional<PulledQuery> unique = pulled.countedOfUnique();
            return unique.isPresent() || !simple ? unique : pulled.grouped();
        }
        return pulled.isSingleValue() ? pulled.single(simple) : simple ? pulled.grouped() : Optional.empty();
    }

    private boolean isSimple(RexNode predicate) {
        if (predicate instanceof RexCall call
                && (call.getKind() == SqlKind.EQUALS || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM)) {
            RexNode a = call.getOperands().get(0);
            RexNode b = call.getOperands().get(1);
            RexNode own = isOwn(a) ? a : b;
            RexNode other = isOwn(a) ? b : a;
            if (isOwn(own) && isOfOuterRow(other) && groupsAsCompared(own.getType(), other.getType())) {
                equalities.add(new Equal(call.getOperator(), other, own));
                return true;
            }
        }
        outer.add(predicate);
        return isOfOuterRow(predicate);
    }

    private boolean isOwn(RexNode node) {
        return !input.isOuter(node);
    }

    private static boolean isOfOuterRow(RexNode node) {
        return RelOptUtil.InputFinder.bits(node).isEmpty();
    }

    /** Whether values that are equal to one outer value are equal to each other: a conversion may lose what differs. */
    private static boolean groupsAsCompared(RelDataType a, RelDataType b) {
        SqlType left = SqlTypes.fromRelDataType(a);
        SqlType right = SqlTypes.fromRelDataType(b);
        if (left.id() == right.id()) {
            return !left.isArray() || left.equals(right);
        }
        return (isExact(left) && isExact(right))
                || (left.isText() && right.isText() && left.id() != TypeId.CHAR && right.id() != TypeId.CHAR);
    }

    private static boolean isExact(SqlType type) {
        return type.isInteger() || type.id() == TypeId.DECIMAL;
    }

    private boolean isSingleValue() {
        return aggregate.getGroupCount() == 0
                && aggregate.getAggCallList().size() == 1
                && aggregate.getAggCallList().getFirst().getAggregation().getKind() == SqlKind.SINGLE_VALUE;
    }

    /** A value with the number of rows, as guarded scalar subqueries have it. */
    private boolean isCountedValue() {
        List<AggregateCall> calls = aggregate.getAggCallList();
        return aggregate.getGroupCount() == 0
                && calls.size() == 2
                && calls.get(0).getAggregation().getKind() == SqlKind.ANY_VALUE
                && calls.get(0).filterArg < 0
                && calls.get(1).getAggregation().getKind() == SqlKind.COUNT
                && calls.get(1).getArgList().isEmpty()
                && calls.get(1).filterArg < 0;
    }

    /** Without groups if the outer row finds at most one row by a key: then there are as many rows as keys found. */
    private Optional<PulledQuery> countedOfUnique() {
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        RexNode key = null;
        for (Equal equal : equalities) {
            if (equal.own instanceof RexInputRef ref && equal.operator.getKind() == SqlKind.EQUALS) {
                columns.set(ref.getIndex());
                key = ref;
            }
        }
        if (key == null
                || !Boolean.TRUE.equals(KadeMetadata.instance().areColumnsUnique(input.rel(), columns.build()))) {
            return Optional.empty();
        }
        List<AggregateCall> calls = aggregate.getAggCallList();
        PulledQuery known = input.withNullableOutputs();
        RelDataType counts = calls.get(1).getType();
        RexNode count = builder.makeCall(
                SqlStdOperatorTable.CASE,
                builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, key),
                builder.makeExactLiteral(BigDecimal.ONE, counts),
                builder.makeExactLiteral(BigDecimal.ZERO, counts));
        RexNode value = known.outputs().get(calls.getFirst().getArgList().getFirst());
        return Optional.of(
                new PulledQuery(input.id(), known.rel(), List.of(value, count), input.predicates(), true, List.of()));
    }

    /** A scalar subquery: without groups if the outer row finds at most one row by a key. */
    private Optional<PulledQuery> single(boolean simple) {
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        for (Equal equal : equalities) {
            if (equal.own instanceof RexInputRef ref) {
                columns.set(ref.getIndex());
            }
        }
        if (!Boolean.TRUE.equals(KadeMetadata.instance().areColumnsUnique(input.rel(), columns.build()))) {
            return simple && !input.predicates().isEmpty() ? counted() : Optional.empty();
        }
        AggregateCall call = aggregate.getAggCallList().getFirst();
        PulledQuery known = input.withNullableOutputs();
        RexNode value = known.outputs().get(call.getArgList().getFirst());
        return Optional.of(
                new PulledQuery(input.id(), known.rel(), List.of(value), input.predicates(), true, List.of()));
    }

    /**
     * A value of each group with the number of its rows: only an outer row that sees a group complains of more than one. The
     * outer value among the arguments keeps that from being computed before the join.
     */
    private Optional<PulledQuery> counted() {
        AggregateCall call = aggregate.getAggCallList().getFirst();
        RelNode below = aggregate.getInput();
        Aggregate both = LogicalAggregate.create(
                below,
                List.of(),
                ImmutableBitSet.of(),
                null,
                List.of(
                        SubqueryColumns.call(below, SqlStdOperatorTable.ANY_VALUE, call.getArgList()),
                        SubqueryColumns.call(below, SqlStdOperatorTable.COUNT, List.of())));
        RexNode seen = equalities.isEmpty() ? outer.getFirst() : equalities.getFirst().outer;
        SqlOperator single = KadeOperatorTable.INSTANCE
                .function(KadeOperatorTable.SINGLE_ROW)
                .orElseThrow(() -> KadeException.internal("no function for single rows", null));
        return of(both, input).map(counted -> {
            List<RexNode> arguments =
                    List.of(counted.outputs().get(0), counted.outputs().get(1), seen);
            return new PulledQuery(
                    counted.id(),
                    counted.rel(),
                    List.of(builder.makeCall(call.getType(), single, arguments)),
                    counted.predicates(),
                    true,
                    List.of());
        });
    }

    private Optional<PulledQuery> grouped() {
        ImmutableBitSet needed = needed();
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < input.outputs().size(); i++) {
            RexNode output = input.outputs().get(i);
            if (isOwn(output)) {
                columns.add(output);
            } else if (needed.get(i)) {
                return Optional.empty();
            } else {
                columns.add(builder.makeNullLiteral(output.getType()));
            }
        }
        int width = columns.size();
        equalities.forEach(equal -> columns.add(equal.own));
        RelNode below = LogicalProject.create(input.rel(), List.of(), columns, names(columns.size()), Set.of());
        int keys = aggregate.getGroupCount();
        int added = equalities.size();
        ImmutableBitSet groups = aggregate.getGroupSet().union(ImmutableBitSet.range(width, width + added));
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .map(call -> call.adaptTo(below, call.getArgList(), call.filterArg, keys == 0, groups.isEmpty()))
                .toList();
        RelNode grouped = LogicalAggregate.create(below, List.of(), groups, null, calls);
        List<RexNode> predicates = new ArrayList<>();
        for (int i = 0; i < added; i++) {
            Equal equal = equalities.get(i);
            predicates.add(builder.makeCall(equal.operator, equal.outer, builder.makeInputRef(grouped, keys + i)));
        }
        predicates.addAll(outer);
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            outputs.add(builder.makeInputRef(grouped, i));
        }
        for (int i = 0; i < calls.size(); i++) {
            RexNode value = builder.makeInputRef(grouped, groups.cardinality() + i);
            AggregateCall call = aggregate.getAggCallList().get(i);
            if (keys == 0 && isCount(call)) {
                RexNode found = builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, value);
                RexNode zero = builder.makeExactLiteral(BigDecimal.ZERO, call.getType());
                value = builder.makeCall(SqlStdOperatorTable.CASE, found, value, zero);
            } else if (keys == 0 && !call.getType().isNullable()) {
                return Optional.empty();
            }
            // Of a query that always gives a row the columns become nullable with the outer join.
            outputs.add(keys == 0 ? value : cast(value, call.getType()));
        }
        return Optional.of(new PulledQuery(input.id(), grouped, outputs, predicates, keys == 0, List.of()));
    }

    private List<String> names(int count) {
        List<String> names = new ArrayList<>(aggregate.getInput().getRowType().getFieldNames());
        while (names.size() < count) {
            names.add("$key" + names.size());
        }
        return names;
    }

    /** Whether the aggregate is 0, not NULL, of no rows. */
    private static boolean isCount(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.COUNT
                || call.getAggregation().getName().equals(AggregateFunction.REGR_COUNT.sqlName());
    }

    private ImmutableBitSet needed() {
        Set<Integer> needed = new LinkedHashSet<>(aggregate.getGroupSet().asList());
        for (AggregateCall call : aggregate.getAggCallList()) {
            needed.addAll(call.getArgList());
            if (call.filterArg >= 0) {
                needed.add(call.filterArg);
            }
            call.getCollation().getFieldCollations().stream()
                    .map(RelFieldCollation::getFieldIndex)
                    .forEach(needed::add);
            if (call.distinctKeys != null) {
                needed.addAll(call.distinctKeys.asList());
            }
        }
        return ImmutableBitSet.of(needed);
    }

    private RexNode cast(RexNode node, RelDataType type) {
        return node.getType().equals(type) ? node : builder.makeAbstractCast(type, node, false);
    }
}
