package io.kadedb.sqltests.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes window functions whose results do not depend on the order of peers: frames of peers where the order has ties,
 * and frames of rows only where rows with a tie are equal. NULLs are always told a place, since dialects differ there.
 */
final class RandomWindows {
    private static final List<String> COLUMNS = List.of("a", "b", "c", "d", "e", "f");

    private final Random random;
    private final List<String> aliases;

    RandomWindows(Random random, List<String> aliases) {
        this.random = random;
        this.aliases = aliases;
    }

    String call() {
        return switch (random.nextInt(6)) {
            case 0 -> pick("rank", "dense_rank") + "() over (" + partition() + "order by " + key() + ")";
            case 1 -> total(pick("row_number()", "lag(", "lead(", "first_value(", "last_value(", "ntile("));
            case 2, 3 -> aggregate() + " over (" + partition() + "order by " + key() + peers() + ")";
            case 4 -> aggregate() + " over (" + partition() + all() + rows() + ")";
            default -> aggregate() + " over (" + partition() + "order by " + range() + ")";
        };
    }

    /** A function that tells rows apart: over an order in which only equal rows are peers. */
    private String total(String function) {
        String arguments = switch (function) {
            case "row_number()" -> "";
            case "ntile(" -> (1 + random.nextInt(4)) + ")";
            case "lag(", "lead(" -> column() + ", " + random.nextInt(3) + ")";
            default -> column() + ")";
        };
        boolean framed = function.startsWith("first") || function.startsWith("last");
        return function + arguments + " over (" + partition() + all() + (framed ? rows() : "") + ")";
    }

    private String aggregate() {
        return switch (random.nextInt(5)) {
            case 0 -> "count(*)";
            case 1 -> "count(" + column() + ")";
            case 2 -> "sum(" + alias() + "." + pick("a", "b", "d") + ")";
            default -> pick("min", "max") + "(" + alias() + "." + pick("a", "b", "c", "d", "e") + ")";
        };
    }

    private String partition() {
        return random.nextBoolean() ? "" : "partition by " + column() + " ";
    }

    private String key() {
        return column() + direction();
    }

    private String direction() {
        return pick("", " desc") + pick(" nulls first", " nulls last");
    }

    private String all() {
        List<String> keys = new ArrayList<>();
        for (String alias : aliases) {
            COLUMNS.forEach(column -> keys.add(alias + "." + column + direction()));
        }
        return "order by " + String.join(", ", keys);
    }

    private String peers() {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 ->
                " range between " + pick("unbounded preceding", "current row") + " and "
                        + pick("current row", "unbounded following") + pick("", " exclude group");
            default ->
                " groups between " + random.nextInt(3) + " preceding and " + random.nextInt(3) + " following"
                        + pick("", " exclude group");
        };
    }

    private String rows() {
        return switch (random.nextInt(4)) {
            case 0 -> " rows between unbounded preceding and current row" + exclusion();
            case 1 -> " rows between " + (1 + random.nextInt(3)) + " preceding and 1 preceding" + exclusion();
            case 2 -> " rows between 1 following and " + (1 + random.nextInt(3)) + " following" + exclusion();
            default ->
                " rows between " + random.nextInt(4) + " preceding and " + random.nextInt(4) + " following"
                        + exclusion();
        };
    }

    private String exclusion() {
        return pick("", "", " exclude current row", " exclude group", " exclude ties");
    }

    private String range() {
        return alias() + "." + pick("a", "b") + direction() + " range between " + random.nextInt(3) + " preceding and "
                + random.nextInt(3) + " following" + pick("", " exclude group");
    }

    private String column() {
        return alias() + "." + COLUMNS.get(random.nextInt(COLUMNS.size()));
    }

    private String alias() {
        return aliases.get(random.nextInt(aliases.size()));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
