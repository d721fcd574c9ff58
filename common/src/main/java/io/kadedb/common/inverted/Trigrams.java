package io.kadedb.common.inverted;

import java.util.Set;
import java.util.TreeSet;

/**
 * The groups of three characters of a text's words, in small letters, as pg_trgm has them (PostgreSQL manual, F.35.1): a word is
 * a run of letters and digits, with two blanks thought before it and one behind.
 */
public final class Trigrams {
    private static final int LENGTH = 3;

    private Trigrams() {}

    /** The trigrams of a text, each once. */
    public static Set<String> of(String text) {
        Set<String> trigrams = new TreeSet<>();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (Character.isLetterOrDigit(character)) {
                word.appendCodePoint(folded(character));
            } else {
                addWord(word, true, true, trigrams);
            }
        });
        addWord(word, true, true, trigrams);
        return trigrams;
    }

    /** A character as all that differ from it in case only have it. */
    static int folded(int character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }

    /**
     * Adds the trigrams of a word, and empties it.
     *
     * @param begins whether the word begins with its first character, rather than being the end of one
     * @param ends whether it ends with its last
     */
    static void addWord(StringBuilder word, boolean begins, boolean ends, Set<String> trigrams) {
        if (!word.isEmpty()) {
            add((begins ? "  " : "") + word + (ends ? " " : ""), trigrams);
            word.setLength(0);
        }
    }

    private static void add(String padded, Set<String> trigrams) {
        int[] characters = padded.codePoints().toArray();
        for (int i = 0; i + LENGTH <= characters.length; i++) {
            trigrams.add(new String(characters, i, LENGTH));
        }
    }

    /** How much of two texts' trigrams are in both, from 0 to 1: {@code similarity}. */
    public static float similarity(String a, String b) {
        return shared(of(a), of(b));
    }

    private static float shared(Set<String> a, Set<String> b) {
        int both = 0;
        for (String trigram : a) {
            both += b.contains(trigram) ? 1 : 0;
        }
        int all = a.size() + b.size() - both;
        return all == 0 ? 0 : (float) both / all;
    }
}
