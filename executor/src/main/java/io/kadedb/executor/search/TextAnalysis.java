package io.kadedb.executor.search;

import io.kadedb.common.json.Jsonb;
import io.kadedb.common.search.TsQuery;
import io.kadedb.common.search.TsVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts and what people look for as lexemes of a language. Owned by one thread. */
public final class TextAnalysis {
    /** Longer lexemes are left out, as in PostgreSQL. */
    private static final int MAX_BYTES = 2_046;

    private final TextConfiguration.Stems stems;
    private final TextConfiguration.Stems asciiStems;

    public TextAnalysis(TextConfiguration configuration) {
        this.stems = configuration.new Stems();
        TextConfiguration ascii = configuration.ofAscii();
        this.asciiStems = ascii == configuration ? stems : ascii.new Stems();
    }

    /**
     * A word of a text.
     *
     * @param lexeme null for a stop word
     */
    record Word(TextToken token, @Nullable String lexeme) {}

    List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        for (TextToken token : TextTokens.of(text)) {
            String lower = token.text().toLowerCase(Locale.ROOT);
            String lexeme =
                    token.kind() == TextToken.Kind.NAME ? lower : (token.ascii() ? asciiStems : stems).of(lower);
            boolean isLong = lexeme != null
                    && lexeme.length() > MAX_BYTES / 4
                    && lexeme.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
            if (!isLong) {
                words.add(new Word(token, lexeme));
            }
        }
        return words;
    }

    /** The lexemes of a text with their places. */
    public TsVector vector(String text) {
        TsVector.Builder vector = new TsVector.Builder();
        add(text, 0, vector);
        return vector.build();
    }

    /** The lexemes of all strings in a document, so far apart that no phrase begins in one and ends in another. */
    public TsVector vectorOf(Jsonb document) {
        TsVector.Builder vector = new TsVector.Builder();
        add(document, 0, vector);
        return vector.build();
    }

    private int add(Jsonb value, int behind, TsVector.Builder vector) {
        if (value.isString()) {
            return add(value.string(), behind, vector) + 1;
        }
        int at = behind;
        for (int i = 0; !value.isScalar() && i < value.size(); i++) {
            at = add(value.value(i), at, vector);
        }
        return at;
    }

    /** Adds the lexemes of a text behind a place, and gives the last place. */
    int add(String text, int behind, TsVector.Builder vector) {
        int at = behind;
        for (Word word : words(text)) {
            at++;
            if (word.lexeme != null) {
                vector.add(word.lexeme, at, TsVector.Weight.D);
            }
        }
        return at;
    }

    /** What {@code to_tsquery} makes of operators and words. */
    public TsQuery query(String written) {
        return TsQuery.parse(written, word -> words(word.text(), word, true));
    }

    /** All words of a text. */
    public TsQuery plain(String text) {
        return cleaned(words(text, bare(text), false));
    }

    /** All words of a text, one behind the other. */
    public TsQuery phrase(String text) {
        return cleaned(words(text, bare(text), true));
    }

    private static TsQuery.Lexeme bare(String text) {
        return new TsQuery.Lexeme(text, false, List.of());
    }

    private static TsQuery cleaned(TsQuery query) {
        return TsQuery.withoutStopWords(query);
    }

    /**
     * The words of a text, stop words as nothing; without those at its beginning.
     *
     * @param like has the prefix and weights of all
     */
    private TsQuery words(String text, TsQuery.Lexeme like, boolean phrase) {
        TsQuery query = null;
        List<Word> words = words(text);
        int last = words.size();
        while (last > 0 && words.get(last - 1).lexeme == null) {
            last--;
        }
        for (Word word : words.subList(0, last)) {
            if (query == null && word.lexeme == null) {
                continue;
            }
            TsQuery next = word.lexeme == null
                    ? new TsQuery.Nothing()
                    : new TsQuery.Lexeme(word.lexeme, like.prefix(), like.weights());
            query = query == null ? next : phrase ? new TsQuery.Phrase(query, next, 1) : new TsQuery.And(query, next);
        }
        return query == null ? new TsQuery.Nothing() : query;
    }

    /**
     * What people write into a field for search: words, phrases in quotes, {@code or}, and a minus before what must not be
     * there. Nothing is an error.
     */
    public TsQuery web(String written) {
        return cleaned(new WebQuery(written, this).read());
    }

    /** A part of {@link #web}, which stays as it is written among others. */
    TsQuery uncleaned(String text) {
        return words(text, bare(text), true);
    }
}
