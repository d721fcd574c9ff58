package io.kadedb.planner.lower;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.algorithm.LogicalGraphAlgorithm;
import io.kadedb.planner.api.RuleSet;
import io.kadedb.planner.estimate.Cardinality;
import io.kadedb.planner.gapfill.LogicalGapFill;
import io.kadedb.planner.graph.LogicalPathSearch;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import io.kadedb.planner.physical.PhysicalPlan.SetOperation;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import io.kadedb.planner.rel.LogicalAsofJoin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns rewritten algebra into a physical plan, node by node: there is one way to run each, and only the columns needed
 * are carried along. Used by one thread for one statement.
 */
public final class PhysicalPlanner {
    /** The index of the first parameter that is a count of rows with a plan of its own; no statement has so many. */
    public static final int FIRST_COUNT = 1 << 20;
    /** How many rows are thought to be wanted where the number is told later. */
    private static final double UNKNOWN_COUNT = 100;

    private final List<PhysicalPlan> counts;
    private final boolean readsByKey;
    private final ExprBuilder expressions;
    private final Cardinality cardinality;
    private final OuterRowStack outerRows;
    private final JoinPlanner joins;
    private final AsofJoinPlanner asofJoins;
    private final GapFillPlanner gapFills;
    private final AggregatePlanner aggregates;
    private final WindowPlanner windows;
    private final PathPlanner paths;
    private final RecursionPlanner recursions;

    /**
     * A planner.
     *
     * @param counts the plans behind the parameters from {@link #FIRST_COUNT}: one row with a number
     * @param rules what is done
     */
    public PhysicalPlanner(
            ExprBuilder expressions,
            Cardinality cardinality,
            OuterRowStack outerRows,
            List<PhysicalPlan> counts,
            RuleSet rules) {
        this.readsByKey = rules.has(RuleSet.Rule.READ_KEYS);
        this.counts = counts;
        this.expressions = expressions;
        this.cardinality = cardinality;
        this.outerRows = outerRows;
        this.joins = new JoinPlanner(this, expressions, cardinality);
        this.gapFills = new GapFillPlanner(this, expressions);
        this.asofJoins = new AsofJoinPlanner(this, expressions, cardinality);
        this.aggregates = new AggregatePlanner(this, cardinality);
        this.windows = new WindowPlanner(this, expressions);
        this.paths = new PathPlanner(this, expressions, cardinality);
        this.recursions = new RecursionPlanner(this, expressions, cardinality);
    }

    /** The plan that gives the relation's columns of these indexes, in this order. */
    public PhysicalPlan plan(RelNode rel, List<Integer> columns) {
        Lowered lowered = lower(rel, ImmutableBitSet.of(columns));
        List<Expr> picked = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int column : columns) {
            picked.add(lowered.column(column));
            output.add(lowered.plan().output().get(lowered.place(column)));
        }
        return Projections.project(lowered.plan(), picked, output);
    }

    Lowered lower(RelNode rel, ImmutableBitSet needed) {
        return lower(rel, needed, null);
    }

    /**
     * Lowers a relation whose rows are wanted in an order.
     *
     * @param order over its columns, which may be had or not: see {@link #isOrdered}
     */
    private Lowered lower(RelNode rel, ImmutableBitSet needed, @Nullable KeyOrder order) {
        return switch (rel) {
            case TableScan scan when RecursionPlanner.isWorkingTable(scan) -> recursions.workingTable(scan);
            case RepeatUnion union -> recursions.union(union);
            case TableFunctionScan scan -> FunctionScans.lower(scan, expressions, cardinality);
            case TableScan scan ->
                Scans.read(
                        Scans.table(scan),
                        needed,
                        needed,
                        c -> Optional.empty(),
                        cardinality.rows(scan),
                        statistics(scan),
                        order);
            case Filter filter -> filter(filter, needed, order);
            case Project project ->
                project.containsOver() ? windows.lower(project, needed) : project(project, needed, order);
            case Join join -> joins.lower(join, needed);
            case LogicalAsofJoin join -> asofJoins.lower(join, needed);
            case Correlate correlate -> apply(correlate, needed);
            case LogicalPathSearch search -> paths.lower(search, needed);
            case LogicalGraphAlgorithm algorithm -> AlgorithmPlanner.lower(algorithm, this, expressions);
            case Aggregate aggregate -> aggregates.lower(aggregate, needed);
            case LogicalGapFill fill -> gapFills.lower(fill, needed);
            case Sort sort -> sort(sort, needed);
            case Union union -> union(union, needed);
            case Intersect intersect -> setOperation(intersect, SetOperation.Kind.INTERSECT, intersect.all);
            case Minus minus -> setOperation(minus, SetOperation.Kind.EXCEPT, minus.all);
            case Values values -> values(values);
            default -> throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, unsupported(rel) + " are not built");
        };
    }

    private static String unsupported(RelNode rel) {
        return switch (rel.getRelTypeName()) {
            default -> "queries of this form (" + rel.getRelTypeName().replace("Logical", "") + ")";
        };
    }

    /** What decides whether a table is read by a key; null to read all of it. */
    private KeyReads.@Nullable Statistics statistics(TableScan scan) {
        if (!readsByKey) {
            return null;
        }
        return new KeyReads.Statistics(cardinality.rows(scan), ordinal -> cardinality.column(scan, ordinal));
    }

    private Lowered filter(Filter filter, ImmutableBitSet needed, @Nullable KeyOrder order) {
        ImmutableBitSet all = needed.union(RelOptUtil.InputFinder.bits(filter.getCondition()));
        double rows = cardinality.rows(filter);
        if (filter.getInput() instanceof TableScan scan && !RecursionPlanner.isWorkingTable(scan)) {
            return Scans.read(
                    Scans.table(scan),
                    all,
                    needed,
                    c -> condition(filter.getCondition(), c),
                    rows,
                    statistics(scan),
                    order);
        }
        Lowered input = lower(filter.getInput(), all, order);
        return condition(filter.getCondition(), input::column)
                .map(condition -> input.with(new PhysicalPlan.Filter(input.plan(), condition, rows)))
                .orElse(input);
    }

    /** The condition, unless it is always true. */
    private Optional<Expr> condition(RexNode condition, IntFunction<Expr> columns) {
        Expr built = ConstantFolding.kept(expressions.build(condition, columns));
        return built.equals(ConstantFolding.TRUE) ? Optional.empty() : Optional.of(built);
    }

    private Lowered project(Project project, ImmutableBitSet read, @Nullable KeyOrder order) {
        List<RexNode> nodes = project.getProjects();
        KeyOrder beneath = order == null
                ? null
                : order.beneath(index ->
                                nodes.get(index) instanceof RexInputRef column ? column.getIndex() : KeyOrder.NOWHERE)
                        .orElse(null);
        ImmutableBitSet needed = read.union(Effects.of(nodes));
        ImmutableBitSet.Builder inputs = ImmutableBitSet.builder();
        for (int index : needed) {
            inputs.addAll(RelOptUtil.InputFinder.bits(nodes.get(index)));
        }
        Lowered input = lower(project.getInput(), inputs.build(), beneath);
        int[] at = new int[nodes.size()];
        Arrays.fill(at, -1);
        if (needed.asList().stream().allMatch(index -> nodes.get(index) instanceof RexInputRef)) {
            // Columns that are only moved or renamed stay where they are.
            needed.forEach(index -> at[index] = input.place(((RexInputRef) nodes.get(index)).getIndex()));
            return new Lowered(input.plan(), at);
        }
        List<Expr> built = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int index : needed) {
            Expr expression = expressions.build(nodes.get(index), input::column);
            at[index] = built.size();
            built.add(expression);
            String name = project.getRowType().getFieldNames().get(index);
            output.add(new Field(name, expression.type(), expression.nullable()));
        }
        return new Lowered(Projections.project(input.plan(), built, output), at);
    }

    private Lowered apply(Correlate correlate, ImmutableBitSet needed) {
        int leftFields = correlate.getLeft().getRowType().getFieldCount();
        int fields = leftFields + correlate.getRight().getRowType().getFieldCount();
        ImmutableBitSet leftNeeded =
                needed.intersect(ImmutableBitSet.range(leftFields)).union(correlate.getRequiredColumns());
        Lowered left = lower(correlate.getLeft(), leftNeeded);
        int id = outerRows.enter(correlate.getCorrelationId().getName(), left);
        boolean both = correlate.getJoinType().projectsRight();
        ImmutableBitSet rightNeeded = both
                ? needed.intersect(ImmutableBitSet.range(leftFields, fields)).shift(-leftFields)
                : ImmutableBitSet.of();
        Lowered right = lower(correlate.getRight(), rightNeeded).pruned(rightNeeded);
        outerRows.leave(correlate.getCorrelationId().getName());
        JoinType type = switch (correlate.getJoinType()) {
            case INNER -> JoinType.INNER;
            case LEFT -> JoinType.LEFT;
            case SEMI -> JoinType.SEMI;
            case ANTI -> JoinType.ANTI;
            default ->
                throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "a lateral join of this type is not built");
        };
        List<Field> output = JoinPlanner.output(left.plan(), right.plan(), type);
        PhysicalPlan plan =
                new PhysicalPlan.Apply(id, left.plan(), right.plan(), type, output, cardinality.rows(correlate));
        return new Lowered(plan, JoinPlanner.places(left, right, both));
    }

    private Lowered sort(Sort sort, ImmutableBitSet needed) {
        List<RelFieldCollation> collations = sort.getCollation().getFieldCollations();
        ImmutableBitSet.Builder all = ImmutableBitSet.builder().addAll(needed);
        collations.forEach(c -> all.set(c.getFieldIndex()));
        ImmutableBitSet columns = all.build();
        KeyOrder order = collations.isEmpty() ? null : order(sort);
        Lowered input = lower(sort.getInput(), columns, order).pruned(columns);
        double rows = cardinality.rows(sort);
        List<SortKey> keys = new ArrayList<>();
        for (RelFieldCollation collation : collations) {
            int place = input.place(collation.getFieldIndex());
            ComparedTypes.requireOrder(input.plan().output().get(place).type());
            keys.add(key(collation, place));
        }
        PhysicalPlan plan = counted(
                sort.offset,
                offset -> counted(
                        sort.fetch,
                        fetch -> keys.isEmpty() || isOrdered(input.plan())
                                ? new PhysicalPlan.Limit(input.plan(), offset, fetch, rows)
                                : new PhysicalPlan.Sort(input.plan(), keys, offset, fetch, rows)));
        return input.with(plan);
    }

    /** The order a sort makes, and how many rows it is wanted for. */
    private static KeyOrder order(Sort sort) {
        OptionalDouble fetch = OptionalDouble.empty();
        if (sort.fetch != null) {
            fetch = OptionalDouble.of(count(sort.fetch) + (sort.offset == null ? 0 : count(sort.offset)));
        }
        List<KeyOrder.Column> columns = new ArrayList<>();
        for (RelFieldCollation collation : sort.getCollation().getFieldCollations()) {
            SortKey key = key(collation, collation.getFieldIndex());
            columns.add(new KeyOrder.Column(key.column(), key.descending(), key.nullsFirst()));
        }
        return new KeyOrder(columns, fetch, false);
    }

    private static double count(RexNode count) {
        Long rows = count instanceof RexLiteral literal ? literal.getValueAs(Long.class) : null;
        return rows == null ? UNKNOWN_COUNT : Math.max(1, rows);
    }

    /**
     * The rows of a relation that come first by one column, without those that have NULL there.
     *
     * @return empty if they would have to be sorted
     */
    Optional<Lowered> first(RelNode rel, ImmutableBitSet needed, int column, boolean descending) {
        if (!mayBeOrdered(rel)) {
            return Optional.empty();
        }
        KeyOrder order =
                new KeyOrder(List.of(new KeyOrder.Column(column, descending, descending)), OptionalDouble.of(1), true);
        Lowered lowered = lower(rel, needed, order);
        if (!isOrdered(lowered.plan())) {
            return Optional.empty();
        }
        Optional<Expr> one = Optional.of(new Expr.Literal(1L, SqlType.BIGINT));
        return Optional.of(lowered.with(new PhysicalPlan.Limit(lowered.plan(), Optional.empty(), one, 1)));
    }

    /** Whether a relation's rows may be had in an order without a sort. */
    private static boolean mayBeOrdered(RelNode rel) {
        return switch (rel) {
            case Project project -> mayBeOrdered(project.getInput());
            case Filter filter -> mayBeOrdered(filter.getInput());
            case TableScan scan -> true;
            default -> false;
        };
    }

    /** Whether a plan gives its rows in the order that it was asked for. */
    private static boolean isOrdered(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.KeyRangeScan range -> range.ordered();
            case PhysicalPlan.Project project -> isOrdered(project.input());
            case PhysicalPlan.Filter filter -> isOrdered(filter.input());
            default -> false;
        };
    }

    /** The plan with a count of rows, which may have to be computed first: then it runs for the one row that has it. */
    private PhysicalPlan counted(@Nullable RexNode count, Function<Optional<Expr>, PhysicalPlan> limited) {
        if (!(count instanceof RexDynamicParam parameter) || parameter.getIndex() < FIRST_COUNT) {
            return limited.apply(limit(count));
        }
        PhysicalPlan value = counts.get(parameter.getIndex() - FIRST_COUNT);
        Field number = value.output().getFirst();
        int id = outerRows.enter(parameter.getName(), Lowered.identity(value));
        Expr outer = new Expr.OuterColumn(id, 0, number.type(), true);
        PhysicalPlan rows = limited.apply(Optional.of(expressions.cast(outer, SqlType.BIGINT)));
        outerRows.leave(parameter.getName());
        List<Field> output = JoinPlanner.output(value, rows, JoinType.INNER);
        PhysicalPlan both = new PhysicalPlan.Apply(id, value, rows, JoinType.INNER, output, rows.rows());
        List<Expr> shown = new ArrayList<>();
        for (Field field : rows.output()) {
            shown.add(new Expr.Column(1 + shown.size(), field.type(), field.nullable()));
        }
        return new PhysicalPlan.Project(both, shown, rows.output());
    }

    static SortKey key(RelFieldCollation collation, int column) {
        boolean descending = collation.getDirection().isDescending();
        boolean nullsFirst = switch (collation.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
        };
        return new SortKey(column, descending, nullsFirst);
    }

    private Optional<Expr> limit(@Nullable RexNode node) {
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof RexDynamicParam parameter) {
            return Optional.of(new Expr.Parameter(parameter.getIndex(), SqlType.BIGINT));
        }
        Expr limit = expressions.build(node, index -> {
            throw KadeException.of(ErrorCode.INVALID_COLUMN_REFERENCE, "LIMIT must not contain columns");
        });
        return Optional.of(expressions.cast(limit, SqlType.BIGINT));
    }

    private Lowered union(Union union, ImmutableBitSet needed) {
        ImmutableBitSet columns =
                union.all ? needed : ImmutableBitSet.range(union.getRowType().getFieldCount());
        List<Field> output = fields(union, columns);
        List<PhysicalPlan> inputs = new ArrayList<>();
        for (RelNode input : union.getInputs()) {
            PhysicalPlan plan = aligned(input, columns, output);
            if (plan instanceof PhysicalPlan.UnionAll inner && inner.output().equals(output)) {
                inputs.addAll(inner.inputs());
            } else {
                inputs.add(plan);
            }
        }
        PhysicalPlan all = unionAll(inputs, output);
        int[] at = places(union, columns);
        if (union.all) {
            return new Lowered(all, at);
        }
        output.forEach(field -> ComparedTypes.requireEquality(field.type()));
        List<Integer> keys = columns.asList();
        return new Lowered(new PhysicalPlan.Aggregate(all, keys, List.of(), all.output(), cardinality.rows(union)), at);
    }

    /** Rows written in the statement become one node. */
    private static PhysicalPlan unionAll(List<PhysicalPlan> inputs, List<Field> output) {
        if (!inputs.stream().allMatch(PhysicalPlan.Values.class::isInstance)) {
            return new PhysicalPlan.UnionAll(inputs, output);
        }
        List<List<Expr>> tuples = new ArrayList<>();
        inputs.forEach(input -> tuples.addAll(((PhysicalPlan.Values) input).tuples()));
        return new PhysicalPlan.Values(tuples, output);
    }

    private static int[] places(RelNode rel, ImmutableBitSet columns) {
        int[] at = new int[rel.getRowType().getFieldCount()];
        Arrays.fill(at, -1);
        int place = 0;
        for (int column : columns) {
            at[column] = place++;
        }
        return at;
    }

    static List<Field> fields(RelNode rel, ImmutableBitSet columns) {
        List<Field> fields = new ArrayList<>();
        for (int column : columns) {
            var field = rel.getRowType().getFieldList().get(column);
            fields.add(new Field(
                    field.getName(),
                    SqlTypes.fromRelDataType(field.getType()),
                    field.getType().isNullable()));
        }
        return fields;
    }

    /** The plan of an input of a set operation, with the columns in the operation's types. */
    private PhysicalPlan aligned(RelNode input, ImmutableBitSet columns, List<Field> wanted) {
        Lowered lowered = lower(input, columns);
        List<Expr> converted = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        boolean same = true;
        int i = 0;
        for (int column : columns) {
            Expr.Column own = lowered.column(column);
            Expr cast = expressions.cast(own, wanted.get(i).type());
            same &= cast.equals(own);
            converted.add(cast);
            output.add(
                    new Field(wanted.get(i).name(), cast.type(), wanted.get(i).nullable()));
            i++;
        }
        if (!same && lowered.plan() instanceof PhysicalPlan.Values values) {
            return new PhysicalPlan.Values(
                    values.tuples().stream()
                            .map(t -> castAll(lowered, columns, t, wanted))
                            .toList(),
                    output);
        }
        return Projections.project(lowered.plan(), converted, output);
    }

    private List<Expr> castAll(Lowered lowered, ImmutableBitSet columns, List<Expr> tuple, List<Field> wanted) {
        List<Expr> cast = new ArrayList<>();
        for (int column : columns) {
            cast.add(expressions.cast(
                    tuple.get(lowered.place(column)), wanted.get(cast.size()).type()));
        }
        return cast;
    }

    private Lowered setOperation(RelNode rel, SetOperation.Kind kind, boolean all) {
        ImmutableBitSet columns = ImmutableBitSet.range(rel.getRowType().getFieldCount());
        List<Field> output = fields(rel, columns);
        output.forEach(field -> ComparedTypes.requireEquality(field.type()));
        PhysicalPlan plan = aligned(rel.getInput(0), columns, output);
        for (RelNode input : rel.getInputs().subList(1, rel.getInputs().size())) {
            PhysicalPlan right = aligned(input, columns, output);
            plan = new SetOperation(plan, right, kind, all, output, cardinality.rows(rel));
        }
        return Lowered.identity(plan);
    }

    private static Lowered values(Values values) {
        List<List<Expr>> tuples = new ArrayList<>();
        for (List<RexLiteral> tuple : values.getTuples()) {
            tuples.add(tuple.stream().<Expr>map(Literals::of).toList());
        }
        int count = values.getRowType().getFieldCount();
        boolean onlyZero =
                count == 1 && values.getRowType().getFieldNames().getFirst().equals("ZERO");
        if (onlyZero && tuples.size() == 1) {
            return new Lowered(new PhysicalPlan.Values(List.of(List.of()), List.of()), new int[] {-1});
        }
        List<Field> fields = fields(values, ImmutableBitSet.range(count));
        return Lowered.identity(new PhysicalPlan.Values(typed(tuples, fields), fields));
    }

    private static List<List<Expr>> typed(List<List<Expr>> tuples, List<Field> fields) {
        ConstantFolding folding = new ConstantFolding(java.time.ZoneOffset.UTC);
        List<List<Expr>> typed = new ArrayList<>();
        for (List<Expr> tuple : tuples) {
            List<Expr> row = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                boolean text = tuple.get(i).type().isText()
                        && fields.get(i).type().isText()
                        && !fields.get(i).type().keepsBlanks();
                row.add(
                        text
                                ? tuple.get(i)
                                : folding.cast(tuple.get(i), fields.get(i).type()));
            }
            typed.add(row);
        }
        return typed;
    }
}
