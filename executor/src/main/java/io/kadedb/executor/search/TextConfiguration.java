package io.kadedb.executor.search;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.ArabicStemmer;
import org.tartarus.snowball.ext.ArmenianStemmer;
import org.tartarus.snowball.ext.BasqueStemmer;
import org.tartarus.snowball.ext.CatalanStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.EstonianStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.GreekStemmer;
import org.tartarus.snowball.ext.HindiStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.IndonesianStemmer;
import org.tartarus.snowball.ext.IrishStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.LithuanianStemmer;
import org.tartarus.snowball.ext.NepaliStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.PortugueseStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SerbianStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TamilStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;
import org.tartarus.snowball.ext.YiddishStemmer;

/**
 * A language as text search knows it: its stems by Lucene's Snowball stemmers, and its stop words by the lists that come
 * with them, corrected to those that PostgreSQL has.
 */
public enum TextConfiguration {
    SIMPLE(null, null, "", ""),
    ARABIC(ArabicStemmer::new, null, "", ""),
    ARMENIAN(ArmenianStemmer::new, null, "", ""),
    BASQUE(BasqueStemmer::new, null, "", ""),
    CATALAN(CatalanStemmer::new, null, "", ""),
    DANISH(DanishStemmer::new, "danish", "", ""),
    DUTCH(DutchStemmer::new, "dutch", "", ""),
    ENGLISH(EnglishStemmer::new, "english", "can don just now s t will", "cannot could ought would"),
    ESTONIAN(EstonianStemmer::new, null, "", ""),
    FINNISH(FinnishStemmer::new, "finnish", "tallä tuotä", "tuota tällä"),
    FRENCH(
            FrenchStemmer::new,
            "french",
            "as aura auras avions ayante ayantes ayants est fût sommes son étante",
            "ceci cela celà cet cette ici ils les leurs quel quelle quelles quels sans soi"),
    GERMAN(GermanStemmer::new, "german", "", ""),
    GREEK(GreekStemmer::new, null, "", ""),
    HINDI(HindiStemmer::new, null, "", ""),
    HUNGARIAN(HungarianStemmer::new, "hungarian", "", ""),
    INDONESIAN(IndonesianStemmer::new, null, "", ""),
    IRISH(IrishStemmer::new, null, "", ""),
    ITALIAN(ItalianStemmer::new, "italian", "", ""),
    LITHUANIAN(LithuanianStemmer::new, null, "", ""),
    NEPALI(NepaliStemmer::new, null, "", ""),
    NORWEGIAN(NorwegianStemmer::new, "norwegian", "", ""),
    PORTUGUESE(PortugueseStemmer::new, "portuguese", "", ""),
    ROMANIAN(RomanianStemmer::new, null, "", ""),
    RUSSIAN(RussianStemmer::new, "russian", "", "говорил жизнь кажется сегодня сказал сказала сказать человек"),
    SERBIAN(SerbianStemmer::new, null, "", ""),
    SPANISH(
            SpanishStemmer::new,
            "spanish",
            "sentid sentida sentidas sentido sentidos siente sintiendo vosostras vosostros",
            "sido siendo vosotras vosotros"),
    SWEDISH(SwedishStemmer::new, "swedish", "sitta", "sitt"),
    TAMIL(TamilStemmer::new, null, "", ""),
    TURKISH(TurkishStemmer::new, null, "", ""),
    YIDDISH(YiddishStemmer::new, null, "", "");

    /** Longer words are taken as they are. */
    private static final int MAX_STEMMED = 1_000;

    private final @Nullable Supplier<SnowballStemmer> stemmer;
    private final @Nullable String stopFile;
    private final List<String> added;
    private final List<String> removed;
    private volatile @Nullable Set<String> stopWords;

    TextConfiguration(
            @Nullable Supplier<SnowballStemmer> stemmer, @Nullable String stopFile, String added, String removed) {
        this.stemmer = stemmer;
        this.stopFile = stopFile;
        this.added = List.of(added.split(" "));
        this.removed = List.of(removed.split(" "));
    }

    /**
     * The configuration of a name, with or without {@code pg_catalog}.
     *
     * @throws KadeException 42704
     */
    public static TextConfiguration named(String name) {
        String bare = name.startsWith("pg_catalog.") ? name.substring("pg_catalog.".length()) : name;
        return Arrays.stream(values())
                .filter(each -> each.sqlName().equals(bare))
                .findFirst()
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.UNDEFINED_OBJECT, "text search configuration \"" + name + "\" does not exist")
                        .hint("there are "
                                + String.join(
                                        ", ",
                                        Arrays.stream(values())
                                                .map(TextConfiguration::sqlName)
                                                .toList())));
    }

    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that takes words of English letters, which some languages are written without. */
    TextConfiguration ofAscii() {
        return this == RUSSIAN || this == HINDI ? ENGLISH : this;
    }

    /** Takes words to their stems. Owned by one thread. */
    final class Stems {
        private final @Nullable SnowballStemmer snowball = stemmer == null ? null : stemmer.get();
        private final Set<String> stops = stops();

        /** The stem of a word in lower case, or null for a stop word. */
        @Nullable
        String of(String word) {
            if (stops.contains(word)) {
                return null;
            }
            if (snowball == null || word.length() > MAX_STEMMED) {
                return word;
            }
            snowball.setCurrent(word);
            snowball.stem();
            return snowball.getCurrent();
        }
    }

    private Set<String> stops() {
        Set<String> known = stopWords;
        if (known == null) {
            known = stopFile == null ? Set.of() : read(stopFile);
            stopWords = known;
        }
        return known;
    }

    /** A word begins each line of the list, which may have more of them; comments begin with a bar. */
    private Set<String> read(String file) {
        Set<String> words = new HashSet<>();
        String path = "/org/apache/lucene/analysis/snowball/" + file + "_stop.txt";
        try (InputStream in = SnowballStemmer.class.getResourceAsStream(path)) {
            if (in == null) {
                throw KadeException.internal("the list of stop words " + path + " is missing", null);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int comment = line.indexOf('|');
                words.addAll(List.of((comment < 0 ? line : line.substring(0, comment))
                        .strip()
                        .split("\\s+")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        words.addAll(added);
        removed.forEach(words::remove);
        words.remove("");
        return Set.copyOf(words);
    }
}
