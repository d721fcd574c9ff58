package io.kadedb.sqltests.slt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values that a loop's variables take, one round after another. */
public sealed interface Rounds {
    int count();

    /** The variables of a round. */
    Map<String, String> variables(int round);

    /** {@code loop variable from to}: the integers from the first up to and without the last. */
    record Range(String variable, int from, int to) implements Rounds {
        @Override
        public int count() {
            return Math.max(0, to - from);
        }

        @Override
        public Map<String, String> variables(int round) {
            return Map.of(variable, Integer.toString(from + round));
        }
    }

    /** {@code foreach variable value...}: several variables, and values, are joined by commas. */
    record Each(List<String> variables, List<List<String>> values) implements Rounds {
        public Each {
            variables = List.copyOf(variables);
            values = values.stream().map(List::copyOf).toList();
        }

        @Override
        public int count() {
            return values.size();
        }

        @Override
        public Map<String, String> variables(int round) {
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < variables.size(); i++) {
                named.put(variables.get(i), values.get(round).get(i));
            }
            return named;
        }
    }
}
