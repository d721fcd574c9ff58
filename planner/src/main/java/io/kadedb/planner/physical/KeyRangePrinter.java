package io.kadedb.planner.physical;

import io.kadedb.planner.physical.PhysicalPlan.KeyBound;
import io.kadedb.planner.physical.PhysicalPlan.KeyNulls;
import io.kadedb.planner.physical.PhysicalPlan.KeyRangeScan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Draws ranges of keys. */
final class KeyRangePrinter {
    /** More values of a column than these are counted. */
    private static final int MOST_SHOWN = 10;

    private KeyRangePrinter() {}

    /** All but the table. */
    static String title(KeyRangeScan scan) {
        String what = scan.index().map(index -> "Index range scan " + index).orElse("Key range scan");
        return what + (scan.descending() ? " backward" : "") + (scan.covered() ? " (index only)" : "") + " on ";
    }

    static String range(KeyRangeScan scan) {
        List<String> parts = new ArrayList<>();
        int equal = scan.prefixes().getFirst().size();
        for (int i = 0; i < equal; i++) {
            parts.add(scan.key().get(i) + values(scan, i));
        }
        List<String> next = scan.key().subList(equal, scan.key().size());
        scan.lower().ifPresent(bound -> parts.add(bound(next, bound, ">")));
        scan.upper().ifPresent(bound -> parts.add(bound(next, bound, "<")));
        if (scan.lower().isEmpty() && scan.upper().isEmpty() && scan.nulls() == KeyNulls.EXCLUDED && !next.isEmpty()) {
            parts.add(next.getFirst() + " is not null");
        }
        return parts.isEmpty() ? "all" : String.join(", ", parts);
    }

    private static String values(KeyRangeScan scan, int place) {
        List<String> values = scan.prefixes().stream()
                .map(prefix -> ExprPrinter.text(prefix.get(place), List.of()))
                .distinct()
                .toList();
        if (values.size() == 1) {
            return " = " + values.getFirst();
        }
        return values.size() <= MOST_SHOWN
                ? " in (" + String.join(", ", values) + ")"
                : " in (" + values.size() + " values)";
    }

    private static String bound(List<String> key, KeyBound bound, String sign) {
        int width = bound.values().size();
        String columns = String.join(", ", key.subList(0, width));
        String values = bound.values().stream()
                .map(value -> ExprPrinter.text(value, List.of()))
                .collect(Collectors.joining(", "));
        String operator = " " + sign + (bound.inclusive() ? "= " : " ");
        return width == 1 ? columns + operator + values : "(" + columns + ")" + operator + "(" + values + ")";
    }
}
