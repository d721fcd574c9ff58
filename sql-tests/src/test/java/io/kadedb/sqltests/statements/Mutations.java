package io.kadedb.sqltests.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes statements token by token and character by character. Used by one thread. */
final class Mutations {
    private static final Pattern TOKEN =
            Pattern.compile("'[^']*+'|\"[^\"]*\"|[\\p{L}_][\\p{L}\\d_$]*|\\d+(?:\\.\\d*)?|\\s+|.", Pattern.DOTALL);
    private static final List<String> FRAGMENTS = List.of(
            "'",
            "\"",
            "$$",
            "$x$",
            "/*",
            "*/",
            "--",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ";",
            ",",
            "::",
            "\\",
            "?",
            "??",
            "$1",
            "\u0000",
            "\uFEFF",
            "\u200B",
            "\u2028",
            "\u0085",
            "\uD83D\uDE00",
            "\uD83D",
            "\uDE00",
            "\uFFFF",
            "e'\\",
            "x'",
            "0x",
            "1e",
            "..",
            "case ",
            " end ",
            " select ",
            " from ",
            " not ",
            " and ",
            " in (",
            "- ",
            "~ ",
            "=>");

    private final Random random;
    private final TokenTexts texts;

    Mutations(Random random) {
        this.random = random;
        this.texts = new TokenTexts(random);
    }

    /** The statement after a few changes, some with parts of the other. */
    String change(String statement, String other) {
        String text = statement;
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            text = random.nextInt(3) > 0 ? changeTokens(text, other) : changeCharacters(text);
        }
        return text;
    }

    /** The statement with other values, names or operands, most of which a parser accepts. */
    String changeGently(String statement, String other) {
        String text = statement;
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            List<String> tokens = tokens(text);
            int at = solid(tokens);
            String token = tokens.get(at);
            List<String> others = tokens(other);
            if (Character.isDigit(token.charAt(0)) || token.charAt(0) == '\'') {
                tokens.set(at, texts.any());
            } else if (random.nextInt(4) == 0) {
                tokens.remove(at);
            } else if (random.nextInt(3) == 0) {
                tokens.set(at, tokens.get(solid(tokens)));
            } else {
                tokens.set(at, others.get(solid(others)));
            }
            text = String.join("", tokens);
        }
        return text;
    }

    private String changeTokens(String text, String other) {
        List<String> tokens = tokens(text);
        int at = random.nextInt(tokens.size());
        List<String> others = tokens(other);
        switch (random.nextInt(9)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.add(at, tokens.get(at));
            case 2 -> {
                int with = random.nextInt(tokens.size());
                String kept = tokens.get(at);
                tokens.set(at, tokens.get(with));
                tokens.set(with, kept);
            }
            case 3 -> tokens.set(at, others.get(random.nextInt(others.size())));
            case 4 -> tokens.add(at, " " + others.get(random.nextInt(others.size())) + " ");
            case 5 -> tokens.set(at, texts.any());
            case 6 -> {
                int length = 1 + random.nextInt(8);
                tokens.subList(at, Math.min(tokens.size(), at + length)).clear();
            }
            case 7 -> {
                int from = random.nextInt(others.size());
                tokens.addAll(at, others.subList(from, Math.min(others.size(), from + 10)));
            }
            default -> nest(tokens, at);
        }
        return String.join("", tokens);
    }

    /** Wraps a token many times, most often fewer than are allowed. */
    private void nest(List<String> tokens, int at) {
        int depth = random.nextInt(20) > 0 ? random.nextInt(40) : random.nextInt(700);
        String[] around = List.of(
                        "(|)",
                        "(select |)",
                        "case when |then 1 end",
                        "not |",
                        "- |",
                        "f(|)",
                        "array[|]",
                        "[|]",
                        "/*|*/")
                .get(random.nextInt(9))
                .split("\\|", -1);
        tokens.set(at, around[0].repeat(depth) + tokens.get(at) + around[1].repeat(depth));
    }

    private String changeCharacters(String text) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + 1 + random.nextInt(5));
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + text.substring(to);
            case 2 -> text.substring(0, at) + text.substring(at, to) + text.substring(at);
            case 3 -> text.substring(0, at) + (char) random.nextInt(0x10000) + text.substring(at);
            default -> text.substring(0, at) + FRAGMENTS.get(random.nextInt(FRAGMENTS.size())) + text.substring(at);
        };
    }

    /** Never empty. */
    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        if (tokens.isEmpty()) {
            tokens.add(" ");
        }
        return tokens;
    }

    /** The place of a token that is no blank, where there is one. */
    private int solid(List<String> tokens) {
        int at = random.nextInt(tokens.size());
        for (int tries = 0; tries < 10 && tokens.get(at).isBlank(); tries++) {
            at = random.nextInt(tokens.size());
        }
        return at;
    }
}
