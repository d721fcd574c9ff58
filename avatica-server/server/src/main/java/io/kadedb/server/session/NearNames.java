package io.kadedb.server.session;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the names a user may have meant. */
public final class NearNames {
    private static final int MAX_CANDIDATES = 3;

    private NearNames() {}

    /** A hint with the nearest names, if any is near. */
    public static Optional<String> hint(String wrong, Collection<String> known) {
        int reach = Math.max(1, wrong.length() / 3);
        String lower = wrong.toLowerCase(Locale.ROOT);
        List<String> near = known.stream()
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= reach
                        || (lower.length() >= 3 && name.toLowerCase(Locale.ROOT).contains(lower)))
                .sorted(Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MAX_CANDIDATES)
                .toList();
        return near.isEmpty() ? Optional.empty() : Optional.of("did you mean " + String.join(", ", near) + "?");
    }

    /** Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
