package io.kadedb.parser;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody meant. */
final class Similar {
    private Similar() {}

    /** The candidate nearest to a word, if it is near enough to be what was meant. */
    static Optional<String> best(String word, Collection<String> candidates) {
        String lower = word.toLowerCase(Locale.ROOT);
        int most = lower.length() <= 3 ? 1 : 2;
        String best = "";
        int bestScore = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            // Of two words equally near, the one of the same length was meant.
            int score = 2 * distance + (candidate.length() == lower.length() ? 0 : 1);
            if (distance <= most && distance < candidate.length() - 1 && score < bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Edits to get from one word to the other: insert, delete, replace, swap neighbours. */
    static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : step(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int step(int[][] table, String a, String b, int i, int j) {
        int replaced = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
    }
}
