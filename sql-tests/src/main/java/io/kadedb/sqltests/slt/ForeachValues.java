package io.kadedb.sqltests.slt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names that DuckDB's {@code foreach} has for lists of types, such as {@code <numeric>}. */
final class ForeachValues {
    private static final List<String> SIGNED = List.of("tinyint", "smallint", "integer", "bigint", "hugeint");
    private static final List<String> UNSIGNED = List.of("utinyint", "usmallint", "uinteger", "ubigint", "uhugeint");
    private static final List<String> INTEGRAL = join(SIGNED, UNSIGNED);
    private static final List<String> NUMERIC = join(INTEGRAL, List.of("float", "double"));
    private static final List<String> ALL = join(NUMERIC, List.of("bool", "interval", "varchar"));
    private static final List<String> COMPRESSIONS =
            List.of("none", "uncompressed", "rle", "bitpacking", "dictionary", "fsst", "alp", "alprd");

    private ForeachValues() {}

    /** What a word stands for: itself, unless it is a name in angle brackets; absent if there is no such name. */
    static Optional<List<String>> of(String word) {
        if (!word.startsWith("<") || !word.endsWith(">")) {
            return Optional.of(List.of(word));
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "<signed>" -> Optional.of(SIGNED);
            case "<unsigned>" -> Optional.of(UNSIGNED);
            case "<integral>" -> Optional.of(INTEGRAL);
            case "<numeric>" -> Optional.of(NUMERIC);
            case "<alltypes>" -> Optional.of(ALL);
            case "<compression>" -> Optional.of(COMPRESSIONS);
            default -> Optional.empty();
        };
    }

    private static List<String> join(List<String> first, List<String> second) {
        List<String> joined = new ArrayList<>(first);
        joined.addAll(second);
        return List.copyOf(joined);
    }
}
