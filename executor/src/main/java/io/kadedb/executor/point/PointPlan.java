package io.kadedb.executor.point;

import io.kadedb.common.type.Field;
import io.kadedb.executor.api.KeyRead;
import io.kadedb.executor.point.RunInputs.NotPointException;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plan that gives or writes one row at most, as the steps that do it. Immutable.
 *
 * @param source where the row comes from
 * @param steps what happens to it, in order
 * @param write what is done with it in the end; empty when it is the result
 * @param inputs what the expressions find behind the columns of a row
 */
record PointPlan(Source source, List<Step> steps, Optional<Modify> write, List<Expr> inputs) {
    PointPlan {
        steps = List.copyOf(steps);
        inputs = List.copyOf(inputs);
    }

    /** Where the row comes from. */
    sealed interface Source {}

    /** The row of a primary key. */
    record Lookup(PhysicalPlan.TableRef table, List<Integer> columns, List<Expr> key) implements Source {}

    /** The row written in the statement. */
    record Given(List<Expr> values, List<Field> fields) implements Source {}

    /** What happens to the row. */
    sealed interface Step {}

    /** The row stays if the condition is true. */
    record Keep(Expr condition) implements Step {}

    /**
     * Other columns take the place of the row's.
     *
     * @param width columns of the row before
     */
    record Compute(List<Expr> expressions, int width) implements Step {}

    /** The steps of a plan, or empty if it may touch more than one row. */
    static Optional<PointPlan> of(PhysicalPlan plan) {
        RunInputs inputs = new RunInputs();
        List<Step> steps = new ArrayList<>();
        try {
            // Plan nodes are taken apart in full here: one that gets a new component has to be thought about.
            if (plan instanceof Modify modify
                    && modify
                            instanceof
                            Modify(
                                    PhysicalPlan.TableRef table,
                                    Modify.Operation operation,
                                    PhysicalPlan input,
                                    Optional<Modify.Repeats> repeats,
                                    Optional<List<Integer>> returning,
                                    List<Field> output)
                    && operation != Modify.Operation.MERGE
                    && repeats.isEmpty()
                    && returning.isEmpty()) {
                Source source = source(input, steps, inputs);
                return Optional.of(new PointPlan(source, steps, Optional.of(modify), inputs.inputs()));
            }
            Source source = source(plan, steps, inputs);
            return Optional.of(new PointPlan(source, steps, Optional.empty(), inputs.inputs()));
        } catch (NotPointException e) {
            return Optional.empty();
        }
    }

    /** The same as a read of columns, if that is all it is. */
    Optional<KeyRead> keyRead() {
        if (!(source instanceof Lookup lookup) || write.isPresent()) {
            return Optional.empty();
        }
        List<Integer> columns = lookup.columns;
        for (Step step : steps) {
            if (!(step instanceof Compute compute)) {
                return Optional.empty();
            }
            List<Integer> below = columns;
            List<Integer> picked = new ArrayList<>();
            for (Expr expression : compute.expressions) {
                if (!(expression instanceof Expr.Column column) || column.index() >= compute.width) {
                    return Optional.empty();
                }
                picked.add(below.get(column.index()));
            }
            columns = picked;
        }
        List<Expr> key = new ArrayList<>();
        for (Expr part : lookup.key) {
            Expr known = part instanceof Expr.Column input ? inputs.get(input.index()) : part;
            if (!(known instanceof Expr.Parameter || known instanceof Expr.Literal)) {
                return Optional.empty();
            }
            key.add(known);
        }
        return Optional.of(new KeyRead(lookup.table, columns, key));
    }

    /** Adds the steps above the source in the order in which a row passes them. */
    private static Source source(PhysicalPlan plan, List<Step> steps, RunInputs inputs) throws NotPointException {
        return switch (plan) {
            case PhysicalPlan.KeyLookup(
                    PhysicalPlan.TableRef table,
                    List<Integer> columns,
                    Optional<String> index,
                    List<List<Expr>> keys,
                    Optional<Expr> filter,
                    List<Field> output,
                    double rows,
                    boolean covered)
            when keys.size() == 1 && index.isEmpty() -> {
                List<Expr> key = inputs.rebased(keys.getFirst(), 0);
                if (filter.isPresent()) {
                    steps.add(new Keep(inputs.rebased(filter.get(), output.size())));
                }
                yield new Lookup(table, columns, key);
            }
            case PhysicalPlan.Values(List<List<Expr>> tuples, List<Field> output)
            when tuples.size() == 1 -> new Given(inputs.given(tuples.getFirst()), output);
            case PhysicalPlan.Filter(PhysicalPlan input, Expr condition, double rows) -> {
                Source source = source(input, steps, inputs);
                steps.add(new Keep(inputs.rebased(condition, input.output().size())));
                yield source;
            }
            case PhysicalPlan.Project(PhysicalPlan input, List<Expr> expressions, List<Field> output) -> {
                Source source = source(input, steps, inputs);
                int width = input.output().size();
                steps.add(new Compute(inputs.rebased(expressions, width), width));
                yield source;
            }
            default -> throw new NotPointException();
        };
    }
}
