package io.kadedb.sqltests.slt;

import java.util.ArrayList;
import java.util.List;

/** Two lists of lines, where they differ: {@code -} what was expected, {@code +} what came, blank what both have. */
final class LineDiff {
    private static final int MOST_LINES = 40;
    private static final int CONTEXT = 2;

    /** Above this many lines they are compared one by one instead of for what they have in common. */
    private static final int LARGE = 600;

    /** Whether the line expected at an index is matched by another at an index. */
    @FunctionalInterface
    interface Match {
        boolean test(int expected, int actual);
    }

    private LineDiff() {}

    static List<String> of(List<String> expected, List<String> actual, Match match) {
        boolean large = expected.size() > LARGE || actual.size() > LARGE;
        List<String> all = large ? oneByOne(expected, actual, match) : common(expected, actual, match);
        return shortened(all);
    }

    private static List<String> oneByOne(List<String> expected, List<String> actual, Match match) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            if (i < expected.size() && i < actual.size() && match.test(i, i)) {
                lines.add("  " + actual.get(i));
                continue;
            }
            if (i < expected.size()) {
                lines.add("- " + expected.get(i));
            }
            if (i < actual.size()) {
                lines.add("+ " + actual.get(i));
            }
        }
        return lines;
    }

    /** By the longest sequence of lines that both have. */
    private static List<String> common(List<String> expected, List<String> actual, Match match) {
        int[][] longest = new int[expected.size() + 1][actual.size() + 1];
        for (int i = expected.size() - 1; i >= 0; i--) {
            for (int j = actual.size() - 1; j >= 0; j--) {
                longest[i][j] =
                        match.test(i, j) ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < expected.size() || j < actual.size()) {
            if (i < expected.size() && j < actual.size() && match.test(i, j)) {
                lines.add("  " + actual.get(j));
                i++;
                j++;
            } else if (i < expected.size() && (j == actual.size() || longest[i + 1][j] >= longest[i][j + 1])) {
                lines.add("- " + expected.get(i));
                i++;
            } else {
                lines.add("+ " + actual.get(j));
                j++;
            }
        }
        return lines;
    }

    /** Only what differs, with some of what is around it, and not without end. */
    private static List<String> shortened(List<String> all) {
        List<String> lines = new ArrayList<>();
        boolean omitted = false;
        for (int i = 0; i < all.size(); i++) {
            if (!isNearDifference(all, i)) {
                omitted = true;
                continue;
            }
            if (lines.size() == MOST_LINES) {
                lines.add("  ... " + all.size() + " lines in all");
                return lines;
            }
            if (omitted) {
                lines.add("  ...");
                omitted = false;
            }
            lines.add(all.get(i));
        }
        return lines;
    }

    private static boolean isNearDifference(List<String> all, int at) {
        for (int i = Math.max(0, at - CONTEXT); i <= Math.min(all.size() - 1, at + CONTEXT); i++) {
            if (!all.get(i).startsWith("  ")) {
                return true;
            }
        }
        return false;
    }
}
