package io.kadedb.parser;

import io.kadedb.parser.ast.LikeTable.Part;
import io.kadedb.parser.grammar.KadeSqlParser.LikeOptionContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** The INCLUDING and EXCLUDING of LIKE, of which the last one counts. */
final class LikeParts {
    /** What has no meaning here: INCLUDING it changes nothing. */
    private static final Set<String> WITHOUT_MEANING = Set.of("storage", "compression", "statistics");

    private LikeParts() {}

    static Set<Part> of(List<LikeOptionContext> options) {
        Set<Part> including = EnumSet.noneOf(Part.class);
        for (LikeOptionContext option : options) {
            Set<Part> parts = parts(option.getStop());
            switch (option.getStart().getText().toLowerCase(Locale.ROOT)) {
                case "including" -> including.addAll(parts);
                case "excluding" -> including.removeAll(parts);
                default -> throw SyntaxErrors.at(option.getStart());
            }
        }
        return including;
    }

    private static Set<Part> parts(Token word) {
        String name = word.getText().toLowerCase(Locale.ROOT);
        if (name.equals("all")) {
            return EnumSet.allOf(Part.class);
        }
        if (WITHOUT_MEANING.contains(name)) {
            return Set.of();
        }
        for (Part part : Part.values()) {
            if (part.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Set.of(part);
            }
        }
        throw SyntaxErrors.at(word);
    }
}
