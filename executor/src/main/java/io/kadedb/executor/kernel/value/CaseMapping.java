package io.kadedb.executor.kernel.value;

import java.util.Locale;

/** Maps the case of each character by itself, as PostgreSQL does it: a letter never becomes several. */
public final class CaseMapping {
    private CaseMapping() {}

    /** The German sharp s has no single capital and stays. */
    public static String upper(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return upper.length() == text.length()
                ? upper
                : text.codePoints()
                        .map(Character::toUpperCase)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }
}
