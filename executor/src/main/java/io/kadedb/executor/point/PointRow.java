package io.kadedb.executor.point;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.kernel.EvaluationContext;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.kernel.KernelProvider;
import io.kadedb.executor.kernel.PredicateEvaluator;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.planner.physical.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Computes with batches of one row: compiled expressions and the memory they work in, kept from one run to the next. The
 * row at any place is its columns followed by the run's inputs.
 */
final class PointRow implements AutoCloseable {
    private final KernelProvider kernels;
    private final EvaluationContext evaluation;
    private final MemoryPool memory;
    private final List<Expr> inputs;
    private final ColumnVector[] inputValues;
    private final List<VectorBuilder> inputBuilders = new ArrayList<>();
    private final List<VectorBuilder> decoders = new ArrayList<>();
    private final List<AutoCloseable> parts = new ArrayList<>();

    PointRow(KernelProvider kernels, EvaluationContext evaluation, MemoryPool memory, List<Expr> inputs) {
        this.kernels = kernels;
        this.evaluation = evaluation;
        this.memory = memory;
        this.inputs = inputs;
        this.inputValues = new ColumnVector[inputs.size()];
        for (Expr input : inputs) {
            inputBuilders.add(builder(input.type()));
        }
    }

    VectorBuilder builder(SqlType type) {
        VectorBuilder builder = new VectorBuilder(type, memory);
        parts.add(builder);
        return builder;
    }

    <T extends AutoCloseable> T kept(T part) {
        parts.add(part);
        return part;
    }

    /** Takes the values of a run's parameters and session values. */
    void bind(QueryContext context) {
        for (int i = 0; i < inputValues.length; i++) {
            Object value = switch (inputs.get(i)) {
                case Expr.Parameter parameter -> context.parameters().get(parameter.index());
                case Expr.SessionValue session -> context.sessionValues().apply(session.kind());
                case Expr.Call draw -> context.functions().nextval(sequence(draw));
                default -> throw new IllegalStateException("not an input: " + inputs.get(i));
            };
            VectorBuilder builder = inputBuilders.get(i);
            builder.clear();
            builder.append(value);
            inputValues[i] = builder.build();
        }
    }

    private static String sequence(Expr.Call draw) {
        return (String) Objects.requireNonNull(((Expr.Literal) draw.args().getFirst()).value());
    }

    private Batch inputs() {
        return new Batch(1, Arrays.asList(inputValues));
    }

    /** A row of columns as expressions read it. */
    private Batch withInputs(Batch row) {
        int width = row.columns().size();
        ColumnVector[] all = row.columns().toArray(new ColumnVector[width + inputValues.length]);
        System.arraycopy(inputValues, 0, all, width, inputValues.length);
        return new Batch(1, Arrays.asList(all));
    }

    /** What an expression gives. */
    interface Column {
        ColumnVector of(Batch row);
    }

    /**
     * The values of expressions, each as one column.
     *
     * @param width columns of the row they read
     */
    Columns columns(List<Expr> expressions, int width) {
        return columns(expressions, expressions.stream().map(Expr::type).toList(), width);
    }

    /**
     * The values of expressions.
     *
     * @param types of the columns that constants are written as
     * @param width columns of the row they read
     */
    Columns columns(List<Expr> expressions, List<SqlType> types, int width) {
        Column[] columns = new Column[expressions.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(expressions.get(i), types.get(i));
        }
        boolean plain = expressions.stream()
                .allMatch(expression -> expression instanceof Expr.Literal
                        || (expression instanceof Expr.Column column && column.index() < width));
        return new Columns(columns, !plain && !inputs.isEmpty());
    }

    private Column column(Expr expression, SqlType type) {
        return switch (expression) {
            case Expr.Column column -> {
                int index = column.index();
                yield row -> row.column(index);
            }
            case Expr.Literal literal -> {
                VectorBuilder builder = builder(type);
                builder.append(literal.value());
                ColumnVector constant = builder.build();
                yield row -> constant;
            }
            default -> {
                ExpressionEvaluator evaluator = kept(kernels.expression(expression, evaluation, memory));
                yield row -> evaluator.evaluate(row, null, 1);
            }
        };
    }

    /** Expressions that together make a row. */
    final class Columns {
        private final Column[] columns;
        private final boolean readsInputs;

        Columns(Column[] columns, boolean readsInputs) {
            this.columns = columns;
            this.readsInputs = readsInputs;
        }

        /** The new row, valid until the next one. */
        Batch of(Batch row) {
            return ofAll(readsInputs ? withInputs(row) : row);
        }

        /** The row that expressions over the inputs alone give. */
        Batch ofInputs() {
            return ofAll(inputs());
        }

        private Batch ofAll(Batch all) {
            ColumnVector[] values = new ColumnVector[columns.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = columns[i].of(all);
            }
            return new Batch(1, Arrays.asList(values));
        }
    }

    /** Whether a condition is true. */
    final class Condition {
        private final PredicateEvaluator evaluator;
        private final int[] kept = new int[1];

        /** @param condition over a row with the inputs behind it */
        Condition(Expr condition) {
            evaluator = PointRow.this.kept(kernels.predicate(condition, evaluation, memory));
        }

        boolean holds(Batch row) {
            return evaluator.select(withInputs(row), null, 1, kept) == 1;
        }
    }

    /** The same row in plain vectors. */
    Batch decoded(Batch batch) {
        ColumnVector[] plain = new ColumnVector[batch.columns().size()];
        for (int i = 0; i < plain.length; i++) {
            if (i == decoders.size()) {
                decoders.add(builder(batch.column(i).type()));
            }
            decoders.get(i).clear();
            decoders.get(i).append(batch.column(i), 0);
            plain[i] = decoders.get(i).build();
        }
        return new Batch(1, Arrays.asList(plain));
    }

    @Override
    public void close() {
        Throwable problem = null;
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                problem = e;
            }
        }
        parts.clear();
        if (problem != null) {
            throw new IllegalStateException("a prepared plan could not free its memory", problem);
        }
    }
}
