package io.kadedb.executor.point;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.KeyWrite;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Finds out whether a plan's steps together only give new values to the row of a key: each value as one expression. */
final class KeyWrites {
    private final PointPlan plan;
    private final Modify modify;
    private final TableDefinition table;

    private KeyWrites(PointPlan plan, Modify modify, TableDefinition table) {
        this.plan = plan;
        this.modify = modify;
        this.table = table;
    }

    static Optional<KeyWrite> of(PointPlan plan, LongFunction<TableDefinition> tables) {
        if (plan.write().isEmpty()) {
            return Optional.empty();
        }
        Modify modify = plan.write().get();
        TableDefinition table = tables.apply(modify.table().id());
        return new KeyWrites(plan, modify, table).find();
    }

    private Optional<KeyWrite> find() {
        List<Expr> key = new ArrayList<>();
        List<Expr> row = new ArrayList<>();
        switch (plan.source()) {
            case PointPlan.Lookup lookup -> {
                if (lookup.table().id() != table.id()) {
                    return Optional.empty();
                }
                lookup.key().forEach(part -> key.add(substituted(part, List.of())));
                lookup.columns().forEach(ordinal -> row.add(column(ordinal)));
            }
            case PointPlan.Given given -> given.values().forEach(value -> row.add(substituted(value, List.of())));
        }
        List<Expr> last = row;
        for (PointPlan.Step step : plan.steps()) {
            if (!(step instanceof PointPlan.Compute compute) || compute.width() != last.size()) {
                return Optional.empty();
            }
            List<Expr> below = last;
            last = compute.expressions().stream()
                    .map(expression -> substituted(expression, below))
                    .toList();
        }
        return written(key, last);
    }

    private Expr column(int ordinal) {
        if (ordinal == TableDefinition.ROW_ID) {
            return new Expr.Column(ordinal, SqlType.BIGINT, false);
        }
        ColumnDefinition column = table.columns().get(ordinal);
        return new Expr.Column(ordinal, column.type(), column.nullable());
    }

    private Expr substituted(Expr expression, List<Expr> row) {
        return switch (expression) {
            case Expr.Column column ->
                column.index() < row.size()
                        ? row.get(column.index())
                        : plan.inputs().get(column.index() - row.size());
            case Expr.Call call ->
                new Expr.Call(
                        call.function(),
                        call.args().stream().map(arg -> substituted(arg, row)).toList(),
                        call.type(),
                        call.nullable());
            case Expr.Cast cast -> new Expr.Cast(substituted(cast.input(), row), cast.type());
            // Others may have columns within: whoever runs the write does not know them either.
            default -> expression;
        };
    }

    /** The write of a row as storage takes it: for an update the row's id and identity, then all columns. */
    private Optional<KeyWrite> written(List<Expr> key, List<Expr> row) {
        int columns = table.columns().size();
        if (modify.operation() == Modify.Operation.INSERT) {
            boolean isRow = plan.source() instanceof PointPlan.Given && row.size() == columns;
            return isRow
                    ? Optional.of(new KeyWrite(modify.operation(), modify.table(), List.of(), row))
                    : Optional.empty();
        }
        int identity = 1 + table.identity().size();
        boolean isUpdate = modify.operation() == Modify.Operation.UPDATE;
        if (!(plan.source() instanceof PointPlan.Lookup)
                || row.size() != identity + (isUpdate ? columns : 0)
                || !isColumn(row.getFirst(), TableDefinition.ROW_ID)) {
            return Optional.empty();
        }
        for (int i = 1; i < identity; i++) {
            if (!isColumn(row.get(i), table.identity().get(i - 1))) {
                return Optional.empty();
            }
        }
        List<Expr> values = row.subList(identity, row.size());
        for (int ordinal : table.primaryKey()) {
            if (isUpdate && !isColumn(values.get(ordinal), ordinal)) {
                return Optional.empty();
            }
        }
        return Optional.of(new KeyWrite(modify.operation(), modify.table(), key, values));
    }

    private static boolean isColumn(Expr expression, int ordinal) {
        return expression instanceof Expr.Column column && column.index() == ordinal;
    }
}
