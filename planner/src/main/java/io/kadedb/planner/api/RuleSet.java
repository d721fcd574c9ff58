package io.kadedb.planner.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rewrites that a planner makes. Any set of them, in any order, gives plans of the same answers: who finds a slow or
 * wrong plan finds the rewrite by leaving one out.
 *
 * @param rules in the order in which they are made, as far as the one does not need the other: subqueries are always
 *     turned first, and point queries are looked for before all
 */
public record RuleSet(List<Rule> rules) {
    /** What is done when nothing else is asked for. */
    public static final RuleSet ALL = new RuleSet(List.of(Rule.values()));

    /** A rewrite. */
    public enum Rule {
        /** Queries by key are planned without algebra. */
        POINT_QUERIES,
        /** EXISTS and IN become semi and anti joins. */
        UNNEST_SUBQUERIES,
        /** Queries that run once for each outer row become joins. */
        DECORRELATE,
        /** Conditions go down to the scans. */
        PUSH_PREDICATES,
        /** Path searches begin at the vertices that conditions name. */
        BIND_PATH_ENDS,
        /** Joins go into the order that is cheapest. */
        ORDER_JOINS,
        /** Few rows are read by a primary key or an index. */
        READ_KEYS,
        /** Aggregates that are there several times are computed once. */
        SHARE_SUBPLANS;

        /** As users write it. */
        public String sqlName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RuleSet {
        rules = List.copyOf(rules);
    }

    public boolean has(Rule rule) {
        return rules.contains(rule);
    }

    /** Reads names between commas, or {@code all} or {@code none}; empty if one is not known. */
    public static Optional<RuleSet> parse(String text) {
        String names = text.strip().toLowerCase(Locale.ROOT);
        if (names.equals("all")) {
            return Optional.of(ALL);
        }
        List<Rule> rules = new ArrayList<>();
        for (String name : names.equals("none") ? new String[0] : names.split(",", -1)) {
            Optional<Rule> rule = Arrays.stream(Rule.values())
                    .filter(known -> known.sqlName().equals(name.strip()))
                    .findFirst();
            if (rule.isEmpty()) {
                return Optional.empty();
            }
            rules.add(rule.get());
        }
        return Optional.of(new RuleSet(rules));
    }

    /** As {@link #parse} reads it. */
    public String text() {
        if (equals(ALL)) {
            return "all";
        }
        return rules.isEmpty() ? "none" : rules.stream().map(Rule::sqlName).collect(Collectors.joining(","));
    }
}
