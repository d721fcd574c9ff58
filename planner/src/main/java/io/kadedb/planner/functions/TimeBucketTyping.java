package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The overloads of {@code time_bucket}: TimescaleDB's and DuckDB's. */
final class TimeBucketTyping {
    /** A literal time is a timestamp, and one behind it an origin, unless it is said to be something else. */
    static final Typing SIGNATURES = Signatures.of(signatures().toArray(String[]::new));

    static final Typing GAP_FILLING = Signatures.of(gapFilling().toArray(String[]::new));

    private TimeBucketTyping() {}

    /** With the ends of the range behind the time, and the zone before them. */
    private static List<String> gapFilling() {
        List<String> all = new ArrayList<>();
        for (String type : List.of("timestamp", "timestamptz", "date", "integer", "bigint", "smallint")) {
            String width = type.endsWith("int") || type.equals("integer") ? type : "interval";
            String call = width + ", " + type;
            for (String more : List.of("", ", " + type, ", " + type + ", " + type)) {
                all.add(call + more + " -> " + type);
            }
        }
        for (String more : List.of("", ", timestamptz", ", timestamptz, timestamptz")) {
            all.add("interval, timestamptz, text" + more + " -> timestamptz");
        }
        return all;
    }

    /** {@code locf(value [, previous [, nulls are missing]])}. */
    static Optional<Typing.Resolution> carried(List<Operand> operands) {
        boolean flag = operands.size() < 3
                || operands.get(2).unknown()
                || operands.get(2).type().equals(SqlType.BOOLEAN);
        if (operands.isEmpty() || operands.size() > 3 || !flag) {
            return Optional.empty();
        }
        return Common.sameType(operands.subList(0, Math.min(2, operands.size())))
                .map(values -> {
                    List<SqlType> types = new ArrayList<>(values.operands());
                    if (operands.size() > 2) {
                        types.add(SqlType.BOOLEAN);
                    }
                    return new Typing.Resolution(types, values.result());
                });
    }

    /** {@code interpolate(value [, time, value before it [, time, value behind it]])}. */
    static Optional<Typing.Resolution> interpolated(List<Operand> operands) {
        int count = operands.size();
        if (count != 1 && count != 3 && count != 5) {
            return Optional.empty();
        }
        Operand value = operands.getFirst();
        if (value.unknown() || !value.type().isNumeric()) {
            return Optional.empty();
        }
        List<SqlType> types = operands.stream()
                .map(operand -> operand.unknown() ? SqlType.TEXT : operand.type())
                .toList();
        return Optional.of(new Typing.Resolution(types, value.type()));
    }

    private static List<String> signatures() {
        List<String> all = new ArrayList<>();
        for (String type : List.of("timestamp", "timestamptz", "date")) {
            String call = "interval, " + type;
            for (String more : List.of("", ", " + type, ", interval", ", " + type + ", interval")) {
                all.add(call + more + " -> " + type);
            }
        }
        for (String more : List.of("", ", timestamptz", ", interval", ", timestamptz, interval")) {
            all.add("interval, timestamptz, text" + more + " -> timestamptz");
        }
        for (String type : List.of("integer", "bigint", "smallint")) {
            all.add(type + ", " + type + " -> " + type);
            all.add(type + ", " + type + ", " + type + " -> " + type);
        }
        return all;
    }
}
