package io.kadedb.planner.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Columns of one query that have the same name, which PostgreSQL allows as long as nobody asks for one of them by it.
 * Calcite tells columns apart by name; so all but the first carry a mark that cannot be written in a statement.
 */
public final class RepeatedNames {
    /** No text in a statement holds it. */
    private static final char MARK = '\0';

    private RepeatedNames() {}

    /** The name as its user knows it. */
    static String plain(String name) {
        int mark = name.indexOf(MARK);
        return mark < 0 ? name : name.substring(0, mark);
    }

    /** Whether a name is there more than once. */
    static boolean isAmbiguous(List<String> names, String name) {
        return names.stream()
                        .filter(other -> plain(other).equals(name))
                        .limit(2)
                        .count()
                == 2;
    }

    /** The names with marks where they repeat. */
    public static List<String> marked(List<String> names) {
        List<String> marked = new ArrayList<>(names.size());
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            String plain = plain(name);
            marked.add(seen.add(plain) ? plain : plain + MARK + marked.size());
        }
        return marked;
    }
}
