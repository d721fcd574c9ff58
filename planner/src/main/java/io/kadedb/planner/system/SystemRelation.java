package io.kadedb.planner.system;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relation whose rows are told from the catalog that a statement sees.
 *
 * @param rows of values as in literals of plans: String, Long, Boolean; {@link #DATABASE} for the database's name
 */
public record SystemRelation(String schema, String name, List<Field> fields, Rows rows) {
    /** The name of the database, which is no part of its catalog. */
    static final Object DATABASE = new Object();

    public SystemRelation {
        fields = List.copyOf(fields);
    }

    /** Tells the rows. */
    @FunctionalInterface
    interface Rows {
        List<List<@Nullable Object>> of(CatalogSnapshot catalog);
    }

    /**
     * A relation.
     *
     * @param columns their names; integers with a #, booleans with a ? before
     */
    static SystemRelation of(String schema, String name, String columns, Rows rows) {
        List<Field> fields = new ArrayList<>();
        for (String column : columns.split("\\s+")) {
            fields.add(
                    switch (column.charAt(0)) {
                        case '#' -> new Field(column.substring(1), SqlType.INTEGER, true);
                        case '?' -> new Field(column.substring(1), SqlType.BOOLEAN, true);
                        default -> new Field(column, SqlType.TEXT, true);
                    });
        }
        return new SystemRelation(schema, name, fields, rows);
    }

    /** The rows with the columns of these ordinals. */
    public PhysicalPlan plan(CatalogSnapshot catalog, List<Integer> columns) {
        List<List<Expr>> tuples = new ArrayList<>();
        for (List<@Nullable Object> row : rows.of(catalog)) {
            List<Expr> tuple = new ArrayList<>();
            for (int column : columns) {
                tuple.add(value(row.get(column), fields.get(column).type()));
            }
            tuples.add(tuple);
        }
        return new PhysicalPlan.Values(tuples, columns.stream().map(fields::get).toList());
    }

    @SuppressWarnings("ReferenceEquality") // the one object that stands for the name
    private static Expr value(@Nullable Object value, SqlType type) {
        return value == DATABASE
                ? new Expr.SessionValue(Expr.SessionValue.Kind.CURRENT_DATABASE, SqlType.TEXT)
                : new Expr.Literal(value, type);
    }
}
