package io.kadedb.bench.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One of the 22 queries, with its parameters filled in.
 *
 * @param number 1 to 22
 * @param title what the query asks, in the specification's words
 * @param sql a single statement without a semicolon
 * @param approximate the 1-based result columns that are quotients, which engines type differently (numeric or double)
 */
public record TpchQuery(int number, String title, String sql, Set<Integer> approximate) {
    /** How many queries the suite has. */
    public static final int COUNT = 22;

    private static final String PER_SCALE = " / scale";

    public TpchQuery {
        approximate = Set.copyOf(approximate);
    }

    /** The name rows of a report carry: {@code q01} to {@code q22}. */
    public String name() {
        return String.format("q%02d", number);
    }

    /** All queries with the validation parameters of the specification for a scale factor. */
    public static List<TpchQuery> all(BigDecimal scale) {
        return IntStream.rangeClosed(1, COUNT)
                .mapToObj(number -> of(number, scale, Map.of()))
                .toList();
    }

    /**
     * A query with its validation parameters, some of them replaced.
     *
     * @param parameters values by the names in the query's file
     * @throws IllegalArgumentException for a number or parameter name that does not exist
     */
    public static TpchQuery of(int number, BigDecimal scale, Map<String, String> parameters) {
        if (number < 1 || number > COUNT) {
            throw new IllegalArgumentException("no query " + number + ": they are 1 to " + COUNT);
        }
        List<String> comments = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (String line : resource(String.format("q%02d.sql", number)).lines().toList()) {
            if (line.startsWith("-- ")) {
                comments.add(line.substring(3));
            } else {
                body.append(line).append('\n');
            }
        }
        Set<Integer> approximate = new TreeSet<>();
        Map<String, String> values = defaults(comments, scale, approximate);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (values.replace(parameter.getKey(), parameter.getValue()) == null) {
                throw new IllegalArgumentException("query " + number + " has no parameter " + parameter.getKey());
            }
        }
        String sql = body.toString().strip();
        for (Map.Entry<String, String> value : values.entrySet()) {
            sql = sql.replace("${" + value.getKey() + "}", value.getValue());
        }
        return new TpchQuery(number, comments.getFirst(), sql, approximate);
    }

    private static Map<String, String> defaults(List<String> comments, BigDecimal scale, Set<Integer> approximate) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String comment : comments.subList(1, comments.size())) {
            if (comment.startsWith("approximate: ")) {
                for (String column : comment.substring("approximate: ".length()).split(", ", -1)) {
                    approximate.add(Integer.valueOf(column));
                }
            } else {
                String[] parts = comment.split(" = ", 2);
                values.put(parts[0], perScale(parts[1], scale));
            }
        }
        return values;
    }

    private static String perScale(String value, BigDecimal scale) {
        if (!value.endsWith(PER_SCALE)) {
            return value;
        }
        BigDecimal base = new BigDecimal(value.substring(0, value.length() - PER_SCALE.length()));
        return base.divide(scale, 12, java.math.RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    static String resource(String name) {
        try (InputStream in = TpchQuery.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
