package io.kadedb.planner.dml;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** The names that objects without one get, as PostgreSQL makes them. */
final class RelationNames {
    /** The longest name in bytes. */
    private static final int LIMIT = 63;

    private RelationNames() {}

    /**
     * {@code first_second_label}, with a number behind it if that is taken. What is too long is cut, the longer of the
     * first two parts first.
     *
     * @param second may be empty
     */
    static String free(String first, String second, String label, Predicate<String> taken) {
        String name = joined(first, second, label);
        for (int i = 1; taken.test(name); i++) {
            name = joined(first, second, label + i);
        }
        return name;
    }

    private static String joined(String first, String second, String label) {
        String one = first;
        String two = second;
        int separators = second.isEmpty() ? 1 : 2;
        while (bytes(one) + bytes(two) + bytes(label) + separators > LIMIT) {
            if (bytes(one) > bytes(two)) {
                one = shorter(one);
            } else {
                two = shorter(two);
            }
        }
        return one + (two.isEmpty() ? "" : "_" + two) + "_" + label;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String shorter(String text) {
        return text.substring(0, text.offsetByCodePoints(text.length(), -1));
    }
}
