package io.kadedb.planner.functions;

import java.util.ArrayList;
import java.util.List;

/** The overloads of {@code time_bucket}: TimescaleDB's and DuckDB's. */
final class TimeBucketTyping {
    /** A literal time is a timestamp, and one behind it an origin, unless it is said to be something else. */
    static final Typing SIGNATURES = Signatures.of(signatures().toArray(String[]::new));

    private TimeBucketTyping() {}

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
