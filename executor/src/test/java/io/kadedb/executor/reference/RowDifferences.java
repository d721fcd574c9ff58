package io.kadedb.executor.reference;

import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.PhysicalPlan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares rows as multisets, of a sorted plan in their order too. Values that are equal are the same, such as the zeros;
 * floats in columns that depend on the order of additions may differ by a billionth.
 */
final class RowDifferences {
    private static final double TOLERANCE = 1e-9;
    private static final int SHOWN = 10;

    private final List<Field> fields;

    private RowDifferences(List<Field> fields) {
        this.fields = fields;
    }

    static Optional<String> between(
            PhysicalPlan plan, List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
        if (plan instanceof PhysicalPlan.Sort sort) {
            Comparator<List<@Nullable Object>> order = ValueOrder.by(sort.keys());
            for (int i = 1; i < actual.size(); i++) {
                if (order.compare(actual.get(i - 1), actual.get(i)) > 0) {
                    return Optional.of("not sorted: " + actual.get(i - 1) + " before " + actual.get(i));
                }
            }
        }
        return new RowDifferences(plan.output()).between(expected, actual);
    }

    private Optional<String> between(List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
        List<List<@Nullable Object>> left = sorted(expected);
        List<List<@Nullable Object>> right =
                sorted(actual.stream().map(this::decoded).toList());
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!same(left.get(i), right.get(i))) {
                return Optional.of("row " + i + " of " + left.size() + ", sorted:\n  expected " + left.get(i)
                        + "\n  but got  " + right.get(i));
            }
        }
        if (left.size() == right.size()) {
            return Optional.empty();
        }
        List<List<@Nullable Object>> more = left.size() > right.size() ? left : right;
        int from = Math.min(left.size(), right.size());
        return Optional.of("expected " + left.size() + " rows but got " + right.size() + "; beyond:\n  "
                + more.subList(from, Math.min(more.size(), from + SHOWN)));
    }

    /** Arrays as lists. */
    private List<@Nullable Object> decoded(List<@Nullable Object> row) {
        List<@Nullable Object> out = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            SqlType type = fields.get(i).type();
            Object value = row.get(i);
            out.add(
                    type.isArray() && value != null
                            ? ArrayBytes.decode((ByteBuffer) value, type.element())
                                    .elements()
                            : value);
        }
        return out;
    }

    private List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (RandomPlans.isExact(fields.get(i))) {
                columns.add(i);
            }
        }
        for (int i = 0; i < fields.size(); i++) {
            if (!RandomPlans.isExact(fields.get(i))) {
                columns.add(i);
            }
        }
        List<List<@Nullable Object>> sorted = new ArrayList<>(rows);
        sorted.sort((a, b) -> {
            for (int column : columns) {
                int order = compare(a.get(column), b.get(column));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        });
        return sorted;
    }

    private static int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
                int order = compare(x.get(i), y.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(x.size(), y.size());
        }
        return ValueOrder.compare(a, b);
    }

    private boolean same(List<@Nullable Object> a, List<@Nullable Object> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            boolean near = !RandomPlans.isExact(fields.get(i))
                    && a.get(i) instanceof Double x
                    && b.get(i) instanceof Double y
                    && Double.isFinite(x)
                    && Double.isFinite(y)
                    && Math.abs(x - y) <= TOLERANCE * Math.max(1, Math.max(Math.abs(x), Math.abs(y)));
            if (!near && compare(a.get(i), b.get(i)) != 0) {
                return false;
            }
        }
        return true;
    }
}
