package io.kadedb.planner.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Takes subqueries out of expressions: each becomes the right side of an Apply (Calcite's Correlate), which runs it for
 * each row of the left side. What an expression refers to is then a column of a row like any other. Conditions that are
 * [NOT] EXISTS and [NOT] IN keep or drop the left row; other subqueries give it one more column.
 *
 * <p>This is how the standard defines subqueries; {@link Decorrelation} makes joins of them where it can.
 *
 * <p>Source: Galindo-Legaria and Joshi, Orthogonal Optimization of Subqueries and Aggregation, SIGMOD 2001.
 */
final class SubqueryApplies {
    /** Begins the names of columns that tell whether a subquery is needed. */
    static final String GUARD = "$guard";

    private final RexBuilder builder;
    private final int width;
    private final List<String> names;
    /** Variables by which the subqueries know the row. */
    private final Set<CorrelationId> variables;

    private final SubqueryColumns columns = new SubqueryColumns(this);
    private final BranchGuards guards;
    /** The input with the columns of the subqueries met so far. */
    private RelNode current;

    private SubqueryApplies(RelNode input, Set<CorrelationId> variables) {
        this.current = input;
        this.builder = input.getCluster().getRexBuilder();
        this.width = input.getRowType().getFieldCount();
        this.names = input.getRowType().getFieldNames();
        this.variables = Set.copyOf(variables);
        this.guards = new BranchGuards(builder);
    }

    /** The relation without subqueries in its expressions. */
    static RelNode rewrite(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(rewrite(input));
        }
        return node(inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs));
    }

    private static RelNode node(RelNode rel) {
        return switch (rel) {
            case Filter filter
            when !filter.getVariablesSet().isEmpty() || Correlations.hasSubQuery(filter.getCondition()) ->
                new SubqueryApplies(filter.getInput(), filter.getVariablesSet()).filter(filter.getCondition());
            case Project project
            when !project.getVariablesSet().isEmpty()
                    || project.getProjects().stream().anyMatch(Correlations::hasSubQuery) ->
                new SubqueryApplies(project.getInput(), project.getVariablesSet()).project(project);
            case Join join when Correlations.hasSubQuery(join.getCondition()) -> join(join);
            case TableFunctionScan scan
            when scan.getInputs().isEmpty() && Correlations.hasSubQuery(scan.getCall()) -> function(scan);
            default -> {
                if (Correlations.hasOwnSubQuery(rel)) {
                    throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "a subquery at this place is not built");
                }
                yield rel;
            }
        };
    }

    private RelNode filter(RexNode condition) {
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> others = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            (Correlations.hasSubQuery(conjunct) ? others : plain).add(conjunct);
        }
        if (!plain.isEmpty()) {
            plain.replaceAll(this::value);
            current = LogicalFilter.create(current, RexUtil.composeConjunction(builder, plain));
        }
        others.removeIf(this::isKeptOrDropped);
        if (!others.isEmpty()) {
            List<RexNode> rest = new ArrayList<>();
            others.forEach(conjunct -> rest.add(value(conjunct)));
            current = LogicalFilter.create(current, RexUtil.composeConjunction(builder, rest));
        }
        return original();
    }

    private RelNode project(Project project) {
        List<RexNode> items = new ArrayList<>();
        for (RexNode item : project.getProjects()) {
            items.add(value(item));
        }
        return LogicalProject.create(
                current, project.getHints(), items, project.getRowType().getFieldNames(), Set.of());
    }

    /** The row without the columns of subqueries. */
    private RelNode original() {
        return current.getRowType().getFieldCount() == width
                ? current
                : LogicalProject.create(
                        current,
                        List.of(),
                        builder.identityProjects(current.getRowType()).subList(0, width),
                        names,
                        Set.of());
    }

    private static RelNode join(Join join) {
        RelNode separate = JoinSubqueries.rewrite(join);
        // It puts them into filters and projections, which are rewritten in turn.
        return rewrite(separate);
    }

    /** Arguments of a function in FROM, computed by a row of their own. */
    private static RelNode function(TableFunctionScan scan) {
        SubqueryApplies arguments = new SubqueryApplies(LogicalValues.createOneRow(scan.getCluster()), Set.of());
        RexNode call = arguments.value(scan.getCall());
        RelNode row = arguments.current;
        CorrelationId id = scan.getCluster().createCorrel();
        RexNode outer = call.accept(arguments.outward(row, id));
        RelNode right = scan.copy(
                scan.getTraitSet(),
                scan.getInputs(),
                outer,
                scan.getElementType(),
                scan.getRowType(),
                scan.getColumnMappings());
        RelNode both = LogicalCorrelate.create(
                row, right, List.of(), id, OuterReferences.columns(right, Set.of(id)), JoinRelType.INNER);
        int shift = row.getRowType().getFieldCount();
        return LogicalProject.create(
                both,
                List.of(),
                arguments
                        .builder
                        .identityProjects(both.getRowType())
                        .subList(shift, both.getRowType().getFieldCount()),
                scan.getRowType().getFieldNames(),
                Set.of());
    }

    /** Whether the condition has become an Apply that keeps the rows for which it is true. */
    private boolean isKeptOrDropped(RexNode conjunct) {
        boolean negated = conjunct.getKind() == SqlKind.NOT;
        RexNode inner = negated ? ((RexCall) conjunct).getOperands().getFirst() : conjunct;
        if (!(inner instanceof RexSubQuery query)) {
            return false;
        }
        JoinRelType type = negated ? JoinRelType.ANTI : JoinRelType.SEMI;
        if (query.getKind() == SqlKind.EXISTS) {
            apply(query, type, (right, operands) -> right);
            return true;
        }
        if (!QuantifiedComparison.isOne(query)) {
            return false;
        }
        apply(query, type, (right, operands) -> {
            QuantifiedComparison comparison =
                    QuantifiedComparison.of(query, builder, operands, builder.identityProjects(right.getRowType()));
            return LogicalFilter.create(right, negated ? comparison.notFalse() : comparison.comparison());
        });
        return true;
    }

    /** The expression over the columns of {@link #current}, which gets those of its subqueries. */
    RexNode value(RexNode node) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                return access.getReferenceExpr() instanceof RexCorrelVariable variable
                                && variables.contains(variable.id)
                        ? column(access.getField().getIndex())
                        : access;
            }

            @Override
            public RexNode visitCall(RexCall call) {
                return BranchGuards.hasBranches(call) && Correlations.hasSubQuery(call)
                        ? guards.walk(call, operand -> operand.accept(this))
                        : super.visitCall(call);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                RexNode value =
                        outerColumn(query).map(column -> column.accept(this)).orElseGet(() -> columns.of(query));
                return value.getType().equals(query.getType())
                        ? value
                        : builder.makeAbstractCast(query.getType(), value, false);
            }
        });
    }

    /** What {@code (select t.a)} stands for, as the validator writes columns of outer queries beside aggregates. */
    private static Optional<RexNode> outerColumn(RexSubQuery query) {
        return query.getKind() == SqlKind.SCALAR_QUERY
                        && query.rel instanceof Project project
                        && project.getProjects().getFirst() instanceof RexFieldAccess access
                        && project.getInput() instanceof Values values
                        && values.getTuples().size() == 1
                ? Optional.of(access)
                : Optional.empty();
    }

    /** What the right side of an Apply is, given the subquery and its operands as they are seen from there. */
    @FunctionalInterface
    interface Right {
        RelNode of(RelNode query, List<RexNode> operands);
    }

    /** Adds an Apply; the number of its first column. */
    int apply(RexSubQuery query, JoinRelType type, Right right) {
        List<RexNode> operands = new ArrayList<>();
        for (RexNode operand : query.getOperands()) {
            operands.add(value(operand));
        }
        return apply(query.rel, operands, type, right);
    }

    int apply(RelNode query, List<RexNode> operands, JoinRelType type, Right right) {
        CorrelationId id = current.getCluster().createCorrel();
        int guard = guards.guard() != null && GuardedQuery.mayFail(query) ? addGuard(guards.guard()) : -1;
        int first = current.getRowType().getFieldCount();
        RelNode left = current;
        RexNode row = builder.makeCorrel(left.getRowType(), id);
        RelNode inner =
                rewrite(OuterReferences.replace(query, variables, column -> builder.makeFieldAccess(row, column)));
        RexShuttle outward = outward(left, id);
        RelNode side = right.of(
                guard < 0 ? inner : GuardedQuery.of(inner, builder.makeFieldAccess(row, guard)),
                operands.stream().map(operand -> operand.accept(outward)).toList());
        ImmutableSet<CorrelationId> ids = ImmutableSet.of(id);
        current = LogicalCorrelate.create(left, side, ImmutableList.of(), id, OuterReferences.columns(side, ids), type);
        return first;
    }

    /** Makes the condition under which the current place is reached a column; its number. */
    private int addGuard(RexNode guard) {
        List<RexNode> items = new ArrayList<>(builder.identityProjects(current.getRowType()));
        List<String> fields = new ArrayList<>(current.getRowType().getFieldNames());
        items.add(guard);
        fields.add(GUARD + fields.size());
        current = LogicalProject.create(current, List.of(), items, fields, Set.of());
        return items.size() - 1;
    }

    /** Whether what is computed now is computed for some rows only. */
    boolean isGuarded() {
        return guards.guard() != null;
    }

    /** Turns columns of the left side into what they are for the right side. */
    private RexShuttle outward(RelNode left, CorrelationId id) {
        RexNode row = builder.makeCorrel(left.getRowType(), id);
        return new InputReferences(column -> builder.makeFieldAccess(row, column));
    }

    RexBuilder builder() {
        return builder;
    }

    /** A column of the row as it is now. */
    RexNode column(int index) {
        return builder.makeInputRef(current, index);
    }
}
