package io.kadedb.planner.gapfill;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.functions.KadeOperatorTable;
import io.kadedb.planner.gapfill.LogicalGapFill.Bound;
import io.kadedb.planner.gapfill.LogicalGapFill.Fill;
import io.kadedb.planner.gapfill.LogicalGapFill.Method;
import io.kadedb.planner.gapfill.LogicalGapFill.Range;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/** One grouping by {@code time_bucket_gapfill}, with the HAVING above it and the projection above that. */
final class FilledGrouping {
    private final Aggregate aggregate;
    private final RexBuilder builder;
    private final RexCall bucket;
    private final int place;
    private final RelNode groups;
    /** The columns of the groups and, behind them, what the fills read. */
    private final List<RexNode> columns;

    /** By which subqueries among the columns know the group. */
    private Set<CorrelationId> variables = Set.of();

    private final List<Fill> fills = new ArrayList<>();
    private final Map<RexCall, Integer> fillOf = new HashMap<>();

    /** @param top the grouping, or the last filter above it */
    FilledGrouping(Aggregate aggregate, RelNode top) {
        this.aggregate = aggregate;
        this.builder = aggregate.getCluster().getRexBuilder();
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            throw unsupported("time_bucket_gapfill in GROUPING SETS, ROLLUP or CUBE is not supported");
        }
        Project below = (Project) aggregate.getInput();
        List<Integer> calls = aggregate.getGroupSet().asList().stream()
                .filter(key ->
                        GapFillExpansion.isCall(below.getProjects().get(key), ScalarFunction.TIME_BUCKET_GAPFILL))
                .toList();
        if (calls.size() > 1) {
            throw unsupported("a query groups by one time_bucket_gapfill only");
        }
        this.place = calls.getFirst();
        this.bucket = (RexCall) below.getProjects().get(place);
        this.groups = filtered(top, grouped(below));
        this.columns = new ArrayList<>(builder.identityProjects(groups.getRowType()));
    }

    static KadeException unsupported(String message) {
        return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, message);
    }

    private RelNode grouped(Project below) {
        List<RexNode> arguments = new ArrayList<>(bucket.getOperands().subList(0, 2));
        zone().ifPresent(arguments::add);
        List<RexNode> projects = new ArrayList<>(below.getProjects());
        projects.set(
                place,
                builder.makeCall(
                        bucket.getType(),
                        KadeOperatorTable.INSTANCE
                                .function(ScalarFunction.TIME_BUCKET.sqlName())
                                .orElseThrow(),
                        arguments));
        RelNode input = LogicalProject.create(
                below.getInput(), below.getHints(), projects, below.getRowType().getFieldNames(), Set.of());
        return aggregate.copy(aggregate.getTraitSet(), List.of(input));
    }

    private static RelNode filtered(RelNode top, RelNode grouped) {
        return top instanceof Filter filter
                ? LogicalFilter.create(filtered(filter.getInput(), grouped), filter.getCondition())
                : grouped;
    }

    private Optional<RexNode> zone() {
        return bucket.getOperands().stream()
                .skip(2)
                .filter(node -> SqlTypes.fromRelDataType(node.getType()).isText())
                .findFirst();
    }

    private Range range() {
        List<RexNode> ends =
                bucket.getOperands().stream().skip(zone().isPresent() ? 3 : 2).toList();
        RexNode width = bucket.getOperands().get(0);
        if (!GapFillBounds.isSimple(width)) {
            throw GapFillBounds.invalid(
                    "invalid time_bucket_gapfill argument: bucket_width must be a simple expression");
        }
        Optional<List<Bound>> start = given(ends, 0, "start");
        Optional<List<Bound>> finish = given(ends, 1, "finish");
        if (start.isPresent() && finish.isPresent()) {
            return new Range(width, zone(), start.get(), finish.get());
        }
        Project below = (Project) aggregate.getInput();
        GapFillBounds inferred =
                GapFillBounds.of(below.getInput(), bucket.getOperands().get(1));
        return new Range(
                width,
                zone(),
                start.isPresent() ? start.get() : inferred.starts(),
                finish.isPresent() ? finish.get() : inferred.finishes());
    }

    private static Optional<List<Bound>> given(List<RexNode> ends, int index, String name) {
        if (index >= ends.size() || RexLiteral.isNullLiteral(ends.get(index))) {
            return Optional.empty();
        }
        if (!GapFillBounds.isSimple(ends.get(index))) {
            throw GapFillBounds.invalid(
                    "invalid time_bucket_gapfill argument: " + name + " must be a simple expression");
        }
        return Optional.of(List.of(new Bound(ends.get(index), index == 0)));
    }

    /** The filled groups. */
    RelNode rel() {
        RelNode input = columns.size() == groups.getRowType().getFieldCount()
                ? groups
                : LogicalProject.create(groups, List.of(), columns, (List<String>) null, variables);
        int time = aggregate.getGroupSet().indexOf(place);
        ImmutableBitSet keys = ImmutableBitSet.range(aggregate.getGroupCount()).clear(time);
        return new LogicalGapFill(input, time, keys, range(), fills);
    }

    /** The projection over the filled groups. */
    RelNode projected(Project project) {
        variables = project.getVariablesSet();
        project.getProjects()
                .forEach(node -> node.accept(new RexShuttle() {
                    @Override
                    public RexNode visitCall(RexCall call) {
                        if (GapFillExpansion.isCall(call, ScalarFunction.LOCF)) {
                            fillOf.computeIfAbsent(call, FilledGrouping.this::carried);
                            return call;
                        }
                        if (GapFillExpansion.isCall(call, ScalarFunction.INTERPOLATE)) {
                            fillOf.computeIfAbsent(call, FilledGrouping.this::interpolated);
                            return call;
                        }
                        return super.visitCall(call);
                    }
                }));
        RelNode filled = rel();
        List<RexNode> nodes = project.getProjects().stream()
                .map(node -> node.accept(new Above(filled)))
                .toList();
        return LogicalProject.create(
                filled, project.getHints(), nodes, project.getRowType().getFieldNames(), project.getVariablesSet());
    }

    private int carried(RexCall call) {
        List<RexNode> operands = call.getOperands();
        boolean nullsMissing = false;
        if (operands.size() > 2) {
            if (!(operands.get(2) instanceof RexLiteral literal) || literal.isNull()) {
                throw GapFillBounds.invalid("invalid locf argument: treat_null_as_missing must be a BOOL literal");
            }
            nullsMissing = RexLiteral.booleanValue(literal);
        }
        List<Integer> before = operands.size() > 1 && !RexLiteral.isNullLiteral(operands.get(1))
                ? List.of(column(operands.get(1), call.getType()))
                : List.of();
        return add(new Fill(
                Method.LOCF,
                column(operands.getFirst(), call.getType()),
                before,
                List.of(),
                nullsMissing,
                nullable(call.getType())));
    }

    private int interpolated(RexCall call) {
        return add(new Fill(
                Method.INTERPOLATE,
                column(call.getOperands().getFirst(), call.getType()),
                sample(call, 1),
                sample(call, 3),
                false,
                nullable(call.getType())));
    }

    /** A time and a value beyond the group. */
    private List<Integer> sample(RexCall call, int first) {
        List<RexNode> operands = call.getOperands();
        if (first >= operands.size() || RexLiteral.isNullLiteral(operands.get(first))) {
            return List.of();
        }
        return List.of(column(operands.get(first), bucket.getType()), column(operands.get(first + 1), call.getType()));
    }

    private int add(Fill fill) {
        fills.add(fill);
        return fills.size() - 1;
    }

    private RelDataType nullable(RelDataType type) {
        return aggregate.getCluster().getTypeFactory().createTypeWithNullability(type, true);
    }

    /** The place of an expression over the groups, in a type. */
    private int column(RexNode expression, RelDataType type) {
        RexNode plain = expression.accept(new Below());
        RelDataType wanted = nullable(type);
        columns.add(plain.getType().equals(wanted) ? plain : builder.makeAbstractCast(wanted, plain, false));
        return columns.size() - 1;
    }

    private static boolean isMark(RexCall call) {
        return call.getOperator().getName().equals(KadeOperatorTable.GAP);
    }

    private RexNode typed(RexNode node, RelDataType type) {
        return node.getType().equals(type) ? node : builder.makeAbstractCast(type, node, false);
    }

    /** Expressions that are computed of groups that are there. */
    private final class Below extends RexShuttle {
        @Override
        public RexNode visitCall(RexCall call) {
            if (GapFillExpansion.isCall(call, ScalarFunction.LOCF)
                    || GapFillExpansion.isCall(call, ScalarFunction.INTERPOLATE)) {
                throw unsupported("locf and interpolate cannot be nested in each other");
            }
            return isMark(call)
                    ? typed(call.getOperands().getFirst().accept(this), call.getType())
                    : super.visitCall(call);
        }
    }

    /** Expressions over all groups. */
    private final class Above extends RexShuttle {
        private final RelNode filled;

        Above(RelNode filled) {
            this.filled = filled;
        }

        private RexNode column(int index) {
            return builder.makeInputRef(filled, index);
        }

        @Override
        public RexNode visitInputRef(RexInputRef ref) {
            return typed(column(ref.getIndex()), ref.getType());
        }

        @Override
        public RexNode visitCall(RexCall call) {
            Integer fill = fillOf.get(call);
            if (fill != null) {
                return typed(column(filled.getRowType().getFieldCount() - fills.size() + fill), call.getType());
            }
            return isMark(call) && call.getOperands().getFirst() instanceof RexInputRef ref
                    ? typed(column(ref.getIndex()), call.getType())
                    : super.visitCall(call);
        }
    }
}
