package io.kadedb.planner.lower;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.estimate.Cardinality;
import io.kadedb.planner.functions.KadeAggregate;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.rel.DeterminedColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Lowers grouping and aggregates; aggregates nobody needs are dropped. */
final class AggregatePlanner {
    private final PhysicalPlanner planner;
    private final Cardinality cardinality;

    AggregatePlanner(PhysicalPlanner planner, Cardinality cardinality) {
        this.planner = planner;
        this.cardinality = cardinality;
    }

    Lowered lower(Aggregate aggregate, ImmutableBitSet needed) {
        boolean simple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
        int keyCount = aggregate.getGroupCount();
        ImmutableBitSet.Builder used = ImmutableBitSet.builder().addAll(aggregate.getGroupSet());
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            // An ungrouped aggregate gives its one row even when no column of it is needed.
            if (needed.get(keyCount + i)) {
                kept.add(i);
                addInputs(aggregate.getAggCallList().get(i), used);
            }
        }
        ImmutableBitSet columns = used.build();
        Lowered input = new Extremes(planner, aggregate, kept)
                .input(columns)
                .orElseGet(() -> planner.lower(aggregate.getInput(), columns));
        int[] at = new int[aggregate.getRowType().getFieldCount()];
        Arrays.fill(at, -1);
        List<Field> output = new ArrayList<>();
        List<Integer> keys = input.places(aggregate.getGroupSet());
        for (int i = 0; i < keys.size(); i++) {
            at[i] = i;
            Field key = input.plan().output().get(keys.get(i));
            ComparedTypes.requireEquality(key.type());
            output.add(simple ? key : new Field(key.name(), key.type(), true));
        }
        if (!simple) {
            output.add(new Field("$set", SqlType.INTEGER, false));
        }
        List<PhysicalPlan.AggregateCall> calls = new ArrayList<>();
        List<Integer> computed = new ArrayList<>();
        for (int index : kept) {
            AggregateCall call = aggregate.getAggCallList().get(index);
            if (isLiteral(call) || call.getAggregation().getKind() == SqlKind.GROUPING) {
                computed.add(index);
                continue;
            }
            at[keyCount + index] = output.size();
            calls.add(call(call, input));
            String name = aggregate.getRowType().getFieldNames().get(keyCount + index);
            SqlType type = SqlTypes.fromRelDataType(call.getType());
            output.add(new Field(name, type, call.getType().isNullable()));
        }
        double rows = cardinality.rows(aggregate);
        PhysicalPlan plan = simple
                ? new PhysicalPlan.Aggregate(input.plan(), keys, determined(aggregate), calls, output, rows)
                : new PhysicalPlan.GroupingSets(input.plan(), keys, sets(aggregate), calls, output, rows);
        return computed.isEmpty() ? new Lowered(plan, at) : withComputed(aggregate, plan, computed, at);
    }

    /** The positions of the keys that the other keys determine. */
    private static List<Integer> determined(Aggregate aggregate) {
        List<Integer> keys = aggregate.getGroupSet().asList();
        return DeterminedColumns.redundant(aggregate.getInput(), aggregate.getGroupSet()).asList().stream()
                .map(keys::indexOf)
                .toList();
    }

    /** Whether a call only says, with a constant, that its group exists: Calcite's way to mark matches of IN. */
    private static boolean isLiteral(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.LITERAL_AGG;
    }

    /** The grouping sets, as positions in the keys. */
    private static List<List<Integer>> sets(Aggregate aggregate) {
        List<Integer> keys = aggregate.getGroupSet().asList();
        List<List<Integer>> sets = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            sets.add(set.asList().stream().map(keys::indexOf).toList());
        }
        return sets;
    }

    /** Appends to the groups, by a projection, what needs no rows: constants, and which keys a group has. */
    private static Lowered withComputed(Aggregate aggregate, PhysicalPlan groups, List<Integer> computed, int[] at) {
        List<Expr> expressions = new ArrayList<>();
        List<Field> output = new ArrayList<>(groups.output());
        for (int i = 0; i < groups.output().size(); i++) {
            Field field = groups.output().get(i);
            expressions.add(new Expr.Column(i, field.type(), field.nullable()));
        }
        for (int index : computed) {
            AggregateCall call = aggregate.getAggCallList().get(index);
            Expr value =
                    isLiteral(call) ? Literals.of((RexLiteral) call.rexList.getFirst()) : grouping(aggregate, call);
            at[aggregate.getGroupCount() + index] = output.size();
            expressions.add(value);
            output.add(new Field(
                    aggregate.getRowType().getFieldNames().get(aggregate.getGroupCount() + index),
                    value.type(),
                    value.nullable()));
        }
        return new Lowered(new PhysicalPlan.Project(groups, expressions, output), at);
    }

    /** GROUPING: a bit for each argument, the last one lowest, set where the group lacks the key. */
    private static Expr grouping(Aggregate aggregate, AggregateCall call) {
        SqlType type = SqlTypes.fromRelDataType(call.getType());
        Expr set = new Expr.Column(aggregate.getGroupCount(), SqlType.INTEGER, false);
        List<Expr.When> whens = new ArrayList<>();
        List<ImmutableBitSet> sets = aggregate.getGroupSets();
        for (int i = 0; i < sets.size(); i++) {
            long bits = 0;
            for (int argument : call.getArgList()) {
                bits = 2 * bits + (sets.get(i).get(argument) ? 0 : 1);
            }
            Expr isSet = new Expr.Call(
                    ScalarFunction.EQ,
                    List.of(set, new Expr.Literal((long) i, SqlType.INTEGER)),
                    SqlType.BOOLEAN,
                    false);
            whens.add(new Expr.When(isSet, new Expr.Literal(bits, type)));
        }
        boolean same = whens.stream().map(Expr.When::result).distinct().count() == 1;
        Expr last = whens.getLast().result();
        return same ? last : new Expr.Case(whens.subList(0, whens.size() - 1), last, type, false);
    }

    /** Notes the columns a call reads. */
    static void addInputs(AggregateCall call, ImmutableBitSet.Builder used) {
        call.getArgList().forEach(used::set);
        if (call.filterArg >= 0) {
            used.set(call.filterArg);
        }
        call.getCollation().getFieldCollations().forEach(c -> used.set(c.getFieldIndex()));
    }

    /** The call over the columns of a lowered input. */
    static PhysicalPlan.AggregateCall call(AggregateCall call, Lowered input) {
        List<SortKey> order = new ArrayList<>();
        call.getCollation()
                .getFieldCollations()
                .forEach(c -> order.add(PhysicalPlanner.key(c, input.place(c.getFieldIndex()))));
        Optional<Integer> filter = call.filterArg < 0 ? Optional.empty() : Optional.of(input.place(call.filterArg));
        AggregateFunction function =
                function(call.getAggregation(), call.getArgList().isEmpty());
        boolean distinct = call.isDistinct() && !ignoresDuplicates(function);
        for (int argument : call.getArgList()) {
            SqlType type = input.plan().output().get(input.place(argument)).type();
            if (call.isDistinct()) {
                ComparedTypes.requireEquality(type);
            }
        }
        List<Integer> args = input.places(call.getArgList());
        ComparedTypes.requireExtremes(
                function,
                args.stream()
                        .map(place -> input.plan().output().get(place).type())
                        .toList());
        if (distinct && function == AggregateFunction.ARRAY_AGG && order.isEmpty()) {
            // PostgreSQL finds duplicates by sorting, and who reads such arrays relies on it.
            order.add(new SortKey(input.place(call.getArgList().getFirst()), false, false));
        }
        return new PhysicalPlan.AggregateCall(
                function, args, distinct, filter, order, SqlTypes.fromRelDataType(call.getType()));
    }

    private static boolean ignoresDuplicates(AggregateFunction function) {
        return switch (function) {
            case MIN, MAX, BOOL_AND, BOOL_OR, BIT_AND, BIT_OR, ANY_VALUE, FIRST, LAST, ARG_MIN, ARG_MAX -> true;
            default -> false;
        };
    }

    /** Our function for one of Calcite's. */
    static AggregateFunction function(SqlAggFunction aggregate, boolean withoutArguments) {
        if (aggregate instanceof KadeAggregate own) {
            return own.function();
        }
        String name = aggregate.getName().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "count" -> withoutArguments ? AggregateFunction.COUNT_STAR : AggregateFunction.COUNT;
            case "sum" -> AggregateFunction.SUM;
            case "avg" -> AggregateFunction.AVG;
            case "min" -> AggregateFunction.MIN;
            case "max" -> AggregateFunction.MAX;
            case "bool_and", "every" -> AggregateFunction.BOOL_AND;
            case "bool_or", "some" -> AggregateFunction.BOOL_OR;
            case "stddev", "stddev_samp" -> AggregateFunction.STDDEV_SAMP;
            case "stddev_pop" -> AggregateFunction.STDDEV_POP;
            case "variance", "var_samp" -> AggregateFunction.VAR_SAMP;
            case "var_pop" -> AggregateFunction.VAR_POP;
            case "string_agg", "listagg" -> AggregateFunction.STRING_AGG;
            case "array_agg" -> AggregateFunction.ARRAY_AGG;
            case "any_value" -> AggregateFunction.ANY_VALUE;
            case "single_value" -> AggregateFunction.SINGLE_VALUE;
            default ->
                throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "aggregate function " + name + " is not built");
        };
    }
}
