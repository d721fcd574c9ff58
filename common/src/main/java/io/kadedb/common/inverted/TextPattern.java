package io.kadedb.common.inverted;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a pattern says of the texts it matches: characters that follow one another, with gaps of anything between.
 *
 * @param characters {@link #GAP} for what may be anything, nothing among it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record TextPattern(int[] characters) {
    private static final int GAP = -1;
    private static final int LAST_ASCII = 127;
    /** What a regular expression has that its words cannot be read off. */
    private static final String STRUCTURE = "()[]{}|?\\";

    /** The pattern of LIKE with a backslash for escape. */
    static Optional<TextPattern> like(String pattern) {
        int[] read = pattern.codePoints().toArray();
        int[] characters = new int[read.length];
        int count = 0;
        for (int i = 0; i < read.length; i++) {
            if (read[i] == '\\' && i + 1 < read.length) {
                characters[count++] = read[++i];
            } else {
                characters[count++] = read[i] == '%' || read[i] == '_' ? GAP : read[i];
            }
        }
        return Optional.of(new TextPattern(Arrays.copyOf(characters, count)));
    }

    /** A regular expression of characters, dots, {@code *} and {@code +}, at the beginning or end if it says so. */
    static Optional<TextPattern> regex(String pattern) {
        int[] read = pattern.codePoints().toArray();
        int[] characters = new int[read.length + 2];
        int count = 0;
        int from = read.length > 0 && read[0] == '^' ? 1 : 0;
        boolean ends = read.length > from && read[read.length - 1] == '$';
        if (from == 0) {
            characters[count++] = GAP;
        }
        int first = count;
        for (int i = from; i < read.length - (ends ? 1 : 0); i++) {
            if (STRUCTURE.indexOf(read[i]) >= 0 || read[i] == '^' || read[i] == '$') {
                return Optional.empty();
            }
            if (read[i] == '*' || read[i] == '+') {
                if (count == first) {
                    return Optional.empty();
                }
                if (read[i] == '*') {
                    characters[count - 1] = GAP;
                } else {
                    characters[count++] = GAP;
                }
            } else {
                characters[count++] = read[i] == '.' ? GAP : read[i];
            }
        }
        if (!ends) {
            characters[count++] = GAP;
        }
        return Optional.of(new TextPattern(Arrays.copyOf(characters, count)));
    }

    /**
     * The trigrams that every text has which it matches.
     *
     * @param ignoresCase then letters beyond ASCII may stand for several and count as gaps
     */
    Set<String> trigrams(boolean ignoresCase) {
        Set<String> trigrams = new TreeSet<>();
        StringBuilder word = new StringBuilder();
        boolean begins = true;
        for (int character : characters) {
            boolean gap = character == GAP || (ignoresCase && character > LAST_ASCII);
            if (!gap && Character.isLetterOrDigit(character)) {
                word.appendCodePoint(Trigrams.folded(character));
            } else {
                Trigrams.addWord(word, begins, !gap, trigrams);
                begins = !gap;
            }
        }
        Trigrams.addWord(word, begins, true, trigrams);
        return trigrams;
    }
}
