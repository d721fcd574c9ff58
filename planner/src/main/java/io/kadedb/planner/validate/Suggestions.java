package io.kadedb.planner.validate;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** "Did you mean": names close to one that was not found. */
public final class Suggestions {
    private static final int MAX_SUGGESTIONS = 3;

    private Suggestions() {}

    /** A hint that names the closest candidates, if any is close. */
    public static Optional<String> hint(String wrong, Collection<String> candidates) {
        int limit = Math.max(1, wrong.length() / 3);
        List<String> close = candidates.stream()
                .distinct()
                .filter(candidate -> distance(wrong, candidate) <= limit)
                .sorted(Comparator.<String>comparingInt(c -> distance(wrong, c)).thenComparing(c -> c))
                .limit(MAX_SUGGESTIONS)
                .toList();
        if (close.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("did you mean "
                + close.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(" or ")) + "?");
    }

    /** Edit distance where swapping neighbours counts as one edit. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
                boolean swap =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swap) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
