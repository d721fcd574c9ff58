package io.kadedb.executor.search;

import io.kadedb.executor.search.TextToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts texts into tokens, by and large as PostgreSQL's default parser does: words, compounds with hyphens and their parts,
 * numbers, addresses of mail and of the web with their parts, paths of files. Tags and entities are passed over.
 */
final class TextTokens {
    private static final String LETTER = "[\\p{L}\\p{M}]";
    private static final String ALNUM = "[\\p{L}\\p{M}\\p{Nd}]";
    private static final String HOST =
            "[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)+";
    private static final String ADDRESS = HOST + "(?<=\\.[A-Za-z]{2,63})";

    private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]*>|<!--.*?-->|<\\?[^<>]*\\?>", Pattern.DOTALL);
    private static final Pattern ENTITY = Pattern.compile("&(?:#\\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);");
    private static final Pattern PROTOCOL = Pattern.compile("[A-Za-z]+://");
    private static final Pattern MAIL =
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._+-]*[A-Za-z0-9_+-])?@" + HOST, Pattern.UNICODE_CASE);
    private static final Pattern URL = Pattern.compile("(" + ADDRESS + "(?::\\d+)?)(/[!-~&&[^\"<>\\\\^`{|}]]*)");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?\\d+(?:\\.\\d+)?[eE][-+]?\\d+(?!" + ALNUM + ")|\\d+(?:\\.\\d+){2,}(?!" + ALNUM
                    + ")|[-+]?\\d+\\.\\d+(?!" + ALNUM + ")|[-+]?\\d+(?!" + ALNUM + "|\\.[A-Za-z])");
    private static final Pattern DOTTED = Pattern.compile(HOST + "(?!" + ALNUM + ")");
    private static final Pattern PATH = Pattern.compile(
            "(?:~?/|\\.{1,2}/)?[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.-]*[A-Za-z0-9_-])+|(?:~/|\\.{0,2}/)[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?");
    private static final Pattern COMPOUND =
            Pattern.compile(LETTER + ALNUM + "*(?:-(?=" + ALNUM + "*" + LETTER + ")" + ALNUM + "+)+");
    private static final Pattern WORD = Pattern.compile(ALNUM + "+");
    private static final Pattern LETTERS = Pattern.compile(LETTER + "+");
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}+");

    private final String text;
    private final Matcher matcher;
    private final Consumer<TextToken> target;

    private TextTokens(String text, Consumer<TextToken> target) {
        this.text = text;
        this.matcher = WORD.matcher(text);
        this.target = target;
        matcher.useTransparentBounds(true);
    }

    /** The tokens in the order in which they are counted: a compound comes before its parts. */
    static List<TextToken> of(String text) {
        List<TextToken> tokens = new ArrayList<>();
        new TextTokens(text, tokens::add).run();
        return tokens;
    }

    private void run() {
        int at = 0;
        while (at < text.length()) {
            char first = text.charAt(at);
            if (Character.isWhitespace(first)) {
                at++;
                continue;
            }
            at = next(at, first);
        }
    }

    private int next(int at, char first) {
        if ((first == '<' && is(TAG, at)) || (first == '&' && is(ENTITY, at))) {
            return matcher.end();
        }
        boolean plain = first < 128;
        if (plain && Character.isLetterOrDigit(first)) {
            if (is(PROTOCOL, at)) {
                return matcher.end();
            }
            if (is(MAIL, at)) {
                return name();
            }
            if (is(URL, at)) {
                return url(at);
            }
        }
        if (plain && is(NUMBER, at)) {
            return name();
        }
        if (plain && (is(PATH, at) || is(DOTTED, at))) {
            return name();
        }
        if (is(COMPOUND, at)) {
            return compound();
        }
        if (is(WORD, at)) {
            word(matcher.group(), at);
            return matcher.end();
        }
        return at + Character.charCount(text.codePointAt(at));
    }

    private boolean is(Pattern pattern, int at) {
        return matcher.usePattern(pattern).region(at, text.length()).lookingAt();
    }

    private int name() {
        add(matcher.group(), matcher.start(), Kind.NAME);
        return matcher.end();
    }

    private int url(int at) {
        String host = matcher.group(1);
        String path = matcher.group(2);
        int end = matcher.end();
        if (path.length() > 1) {
            add(host + path, at, Kind.NAME);
        }
        add(host, at, Kind.NAME);
        if (path.length() > 1) {
            add(path, at + host.length(), Kind.NAME);
        }
        return end;
    }

    private int compound() {
        String whole = matcher.group();
        int from = matcher.start();
        int end = matcher.end();
        boolean letters = whole.chars().noneMatch(Character::isDigit);
        add(whole, from, letters ? Kind.WORD : Kind.NAME);
        int place = from;
        for (String part : whole.split("-", -1)) {
            word(part, place);
            place += part.length() + 1;
        }
        return end;
    }

    private void word(String word, int from) {
        add(word, from, LETTERS.matcher(word).matches() ? Kind.WORD : Kind.NAME);
    }

    private void add(String token, int from, Kind kind) {
        target.accept(new TextToken(token, from, kind, ASCII.matcher(token).matches()));
    }
}
