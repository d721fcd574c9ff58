package io.kadedb.sqltests.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Writes queries over the tables of {@link RandomTables}: joins of all kinds, filters, groups, subqueries, set
 * operations. What it writes means the same in both dialects; it avoids integer division, unordered LIMIT and overflow.
 */
final class RandomQueries {
    private static final List<String> NO_ALIASES = List.of();

    private final Random random;
    private int nextAlias;

    RandomQueries(Random random) {
        this.random = random;
    }

    /** One statement, without a semicolon. */
    String next() {
        nextAlias = 0;
        return switch (random.nextInt(11)) {
            case 0, 1 -> grouped(2);
            case 8 -> groupingSets();
            case 9, 10 -> windowed();
            case 2 -> setOperation();
            case 3 ->
                "with w as (" + plain(1, "a", "b") + ") select w.a, count(*) from w join r on w.b = r.a group by w.a";
            default -> plain(2);
        };
    }

    private String plain(int depth, String... names) {
        List<String> aliases = new ArrayList<>();
        String from = from(aliases, depth);
        int columns = names.length > 0 ? names.length : 1 + random.nextInt(3);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            String item = names.length > 0 ? integer(aliases, depth) : any(aliases, depth);
            items.add(item + (names.length > 0 ? " as " + names[i] : " as c" + i));
        }
        String distinct = random.nextInt(5) == 0 ? "distinct " : "";
        return "select " + distinct + String.join(", ", items) + " from " + from + where(aliases, depth);
    }

    private String grouped(int depth) {
        List<String> aliases = new ArrayList<>();
        String from = from(aliases, depth);
        List<String> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            keys.add(pick(column(aliases, "a"), column(aliases, "b"), column(aliases, "c"), column(aliases, "f")));
        }
        List<String> items = new ArrayList<>(keys);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            items.add(aggregate(aliases));
        }
        String groupBy = keys.isEmpty() ? "" : " group by " + String.join(", ", keys);
        String having = random.nextInt(4) == 0 ? " having " + aggregate(aliases) + " is not null" : "";
        return "select " + String.join(", ", items) + " from " + from + where(aliases, depth) + groupBy + having;
    }

    private String groupingSets() {
        List<String> aliases = new ArrayList<>();
        String from = from(aliases, 1);
        String alias = pickOf(aliases);
        String first = alias + ".a";
        String second = alias + "." + pick("b", "c", "f");
        String sets = choose(
                () -> "rollup (" + first + ", " + second + ")",
                () -> "cube (" + first + ", " + second + ")",
                () -> "grouping sets ((" + first + "), (" + second + "), ())",
                () -> "grouping sets ((" + first + ", " + second + "), (" + second + "))",
                () -> first + ", rollup (" + second + ")");
        String having = random.nextInt(4) == 0 ? " having count(*) > 1" : "";
        return "select " + first + ", " + second + ", grouping(" + first + "), grouping(" + first + ", " + second
                + "), " + aggregate(aliases) + ", " + aggregate(aliases) + " from " + from + where(aliases, 1)
                + " group by " + sets + having;
    }

    private String windowed() {
        List<String> aliases = new ArrayList<>();
        String from = from(aliases, 1);
        List<String> items = new ArrayList<>();
        items.add(column(aliases, "a"));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            items.add(new RandomWindows(random, aliases).call());
        }
        return "select " + String.join(", ", items) + " from " + from + where(aliases, 1);
    }

    private String setOperation() {
        String operator = pick("union", "union all", "intersect", "except");
        return plain(1, "a", "b") + " " + operator + " " + plain(1, "a", "b");
    }

    private String from(List<String> aliases, int depth) {
        StringBuilder from = new StringBuilder(relation(aliases, depth));
        for (int i = random.nextInt(3); i > 0; i--) {
            List<String> left = List.copyOf(aliases);
            String join = pick("join", "join", "left join", "right join", "full join", "cross join");
            from.append(' ').append(join).append(' ').append(relation(aliases, depth));
            if (!join.startsWith("cross")) {
                String right = aliases.getLast();
                String key = pick("a", "b", "c");
                from.append(" on ").append(pickOf(left)).append('.').append(key).append(" = ");
                from.append(right).append('.').append(key);
                if (random.nextInt(4) == 0 && !join.startsWith("full")) {
                    from.append(" and ").append(comparison(aliases, 0));
                }
            }
        }
        return from.toString();
    }

    private String relation(List<String> aliases, int depth) {
        String alias = "x" + nextAlias++;
        String table = pick("r", "s", "t");
        String relation = depth > 1 && random.nextInt(6) == 0
                ? "(select a, b, c, d, e, f from " + table + " where " + condition(NO_ALIASES, 0) + ") as " + alias
                : table + " as " + alias;
        aliases.add(alias);
        return relation;
    }

    private String where(List<String> aliases, int depth) {
        return random.nextInt(3) == 0 ? "" : " where " + condition(aliases, depth);
    }

    private String any(List<String> aliases, int depth) {
        return choose(
                () -> integer(aliases, depth),
                () -> integer(aliases, depth),
                () -> text(aliases, depth),
                () -> decimal(aliases),
                () -> column(aliases, "e"),
                () -> "(" + condition(aliases, depth) + ")");
    }

    private String integer(List<String> aliases, int depth) {
        if (depth == 0) {
            return random.nextInt(4) == 0 ? Integer.toString(random.nextInt(7) - 1) : column(aliases, pick("a", "b"));
        }
        return choose(
                () -> column(aliases, pick("a", "b")),
                () -> "(" + integer(aliases, 0) + pick(" + ", " - ", " * ") + integer(aliases, depth - 1) + ")",
                () -> "coalesce(" + integer(aliases, depth - 1) + ", " + random.nextInt(5) + ")",
                () -> "nullif(" + integer(aliases, 0) + ", " + random.nextInt(5) + ")",
                () -> "abs(" + integer(aliases, depth - 1) + ")",
                () -> "(" + integer(aliases, 0) + " % " + (2 + random.nextInt(3)) + ")",
                () -> "case when " + condition(aliases, depth - 1) + " then " + integer(aliases, 0) + " else "
                        + integer(aliases, depth - 1) + " end",
                () -> "length(" + column(aliases, "c") + ")",
                () -> "(select " + pick("max", "min", "count") + "(q.b) from " + pick("r", "s", "t")
                        + " as q where q.a = " + integer(aliases, 0) + ")");
    }

    private String decimal(List<String> aliases) {
        return choose(
                () -> column(aliases, "d"),
                () -> "(" + column(aliases, "d") + pick(" + ", " - ", " * ") + "1.25)",
                () -> "(" + column(aliases, "d") + " * " + integer(aliases, 0) + ")",
                () -> "coalesce(" + column(aliases, "d") + ", 0.5)");
    }

    private String text(List<String> aliases, int depth) {
        return choose(
                () -> column(aliases, "c"),
                () -> "(" + column(aliases, "c") + " || '-' || " + column(aliases, "c") + ")",
                () -> "upper(" + column(aliases, "c") + ")",
                () -> "substring(" + column(aliases, "c") + " from 1 for 1)",
                () -> "coalesce(" + column(aliases, "c") + ", 'none')",
                () -> "case when " + condition(aliases, Math.max(0, depth - 1)) + " then 'yes' else "
                        + column(aliases, "c") + " end");
    }

    private String condition(List<String> aliases, int depth) {
        if (depth == 0) {
            return comparison(aliases, 0);
        }
        return choose(
                () -> comparison(aliases, depth - 1),
                () -> comparison(aliases, depth - 1),
                () -> "(" + condition(aliases, depth - 1) + " and " + condition(aliases, depth - 1) + ")",
                () -> "(" + condition(aliases, depth - 1) + " or " + condition(aliases, depth - 1) + ")",
                () -> "not (" + condition(aliases, depth - 1) + ")",
                () -> integer(aliases, depth - 1) + pick(" in ", " not in ") + "(select q.b from " + pick("r", "s", "t")
                        + " as q where q.a " + comparisonSign() + " " + integer(aliases, 0) + ")",
                () -> pick("", "not ") + "exists (select 1 from " + pick("r", "s", "t") + " as q where q.a = "
                        + integer(aliases, 0) + " and q.b " + comparisonSign() + " " + integer(aliases, 0) + ")",
                () -> integer(aliases, 0) + " " + comparisonSign() + pick(" any ", " all ") + "(select q.a from "
                        + pick("r", "s", "t") + " as q where q.f)");
    }

    private String comparison(List<String> aliases, int depth) {
        return choose(
                () -> integer(aliases, depth) + " " + comparisonSign() + " " + integer(aliases, depth),
                () -> column(aliases, "c") + " " + comparisonSign() + " 'b'",
                () -> column(aliases, "c") + pick(" like ", " not like ") + pick("'a%'", "'%b'", "'_'", "'%'"),
                () -> column(aliases, "d") + " " + comparisonSign() + " 1.50",
                () -> column(aliases, "e") + " " + comparisonSign() + " date '2024-01-03'",
                () -> column(aliases, "f"),
                () -> column(aliases, "f") + pick(" is true", " is not true", " is false", " is null"),
                () -> column(aliases, pick("a", "b", "c", "d", "e")) + pick(" is null", " is not null"),
                () -> column(aliases, pick("a", "b"))
                        + pick(" in ", " not in ")
                        + pick("(1, 2)", "(1, null)", "(0, 3, 4)"),
                () -> column(aliases, "a") + " between " + integer(aliases, 0) + " and " + integer(aliases, 0),
                () -> column(aliases, "a")
                        + pick(" is distinct from ", " is not distinct from ")
                        + column(aliases, "b"));
    }

    private String comparisonSign() {
        return pick("=", "<>", "<", "<=", ">", ">=");
    }

    private String aggregate(List<String> aliases) {
        return choose(
                () -> "count(*)",
                () -> "count(" + column(aliases, pick("a", "c", "d")) + ")",
                () -> "count(distinct " + column(aliases, pick("a", "c")) + ")",
                () -> "sum(" + integer(aliases, 1) + ")",
                () -> "sum(" + column(aliases, "d") + ")",
                () -> pick("min", "max") + "(" + column(aliases, pick("a", "b", "c", "d", "e")) + ")",
                () -> pick("bool_and", "bool_or") + "(" + column(aliases, "f") + ")",
                () -> "sum(case when " + comparison(aliases, 0) + " then 1 else 0 end)",
                () -> "count(*) filter (where " + comparison(aliases, 0) + ")");
    }

    private String column(List<String> aliases, String name) {
        return aliases.isEmpty() ? name : pickOf(aliases) + "." + name;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String pickOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    private final String choose(Supplier<String>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }
}
