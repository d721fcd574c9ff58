package io.kadedb.planner.physical;

import io.kadedb.common.type.Field;
import io.kadedb.planner.physical.WindowFrame.Bound;
import io.kadedb.planner.physical.WindowFrame.Exclusion;
import io.kadedb.planner.physical.WindowFrame.Mode;
import io.kadedb.planner.physical.WindowFrame.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws windows for {@link PlanPrinter}. */
final class WindowPrinter {
    private WindowPrinter() {}

    static void details(PhysicalPlan.Window window, List<String> lines) {
        List<Field> input = window.input().output();
        if (!window.partitionBy().isEmpty()) {
            lines.add("partition by: " + names(window.partitionBy(), input));
        }
        if (!window.orderBy().isEmpty()) {
            lines.add("order by: " + PlanPrinter.sortKeys(window.orderBy(), input));
        }
        List<String> calls = new ArrayList<>();
        for (WindowCall call : window.calls()) {
            calls.add(call(call, input));
        }
        lines.add("gives: " + String.join(", ", calls));
    }

    private static String names(List<Integer> columns, List<Field> input) {
        return columns.stream().map(column -> ExprPrinter.name(column, input)).collect(Collectors.joining(", "));
    }

    private static String call(WindowCall call, List<Field> input) {
        String text = switch (call) {
            case WindowCall.Positional positional ->
                positional.function().sqlName() + "(" + names(positional.args(), input) + ")";
            case WindowCall.Aggregated aggregated -> PlanPrinter.call(aggregated.call(), input);
        };
        return call.frame().equals(WindowFrame.ALL) ? text : text + " over (" + frame(call.frame()) + ")";
    }

    private static String frame(WindowFrame frame) {
        String exclusion = frame.exclusion() == Exclusion.NO_OTHERS ? "" : " exclude " + lower(frame.exclusion());
        return lower(frame.mode()) + " between " + bound(frame.start(), frame.mode()) + " and "
                + bound(frame.end(), frame.mode()) + exclusion;
    }

    private static String bound(Bound bound, Mode mode) {
        return bound.offset()
                .map(offset -> ExprPrinter.text(offset, List.of()) + " " + lower(bound.place()))
                .orElse(mode != Mode.ROWS && bound.place() == Place.CURRENT_ROW ? "peers" : lower(bound.place()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
