package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.grammar.KadeSqlParser;
import io.kadedb.parser.grammar.KadeSqlParser.PathPrefixContext;
import io.kadedb.parser.graph.PathMode;
import io.kadedb.parser.graph.PathPrefix;
import io.kadedb.parser.graph.PathSelector;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;

/** Selector and mode of a path, word by word: {@code [ALL | ANY [k] | ..] [mode] [PATH | PATHS] [GROUP | GROUPS]}. */
final class PathPrefixBuilder {
    private final List<Token> words;
    private int at;

    private PathPrefixBuilder(List<Token> words) {
        this.words = words;
    }

    static PathPrefix prefix(List<PathPrefixContext> written) {
        PathPrefixBuilder builder = new PathPrefixBuilder(
                written.stream().map(PathPrefixContext::getStart).toList());
        PathPrefix prefix = builder.prefix();
        if (builder.at < builder.words.size()) {
            throw SyntaxErrors.at(builder.words.get(builder.at))
                    .hint("a path begins with a selector, then a mode, as in SHORTEST 3 TRAIL");
        }
        return prefix;
    }

    private PathPrefix prefix() {
        boolean all = taken(KadeSqlParser.ALL);
        boolean any = !all && taken(KadeSqlParser.ANY);
        boolean shortest = taken(KadeSqlParser.SHORTEST);
        boolean cheapest = !all && !shortest && takenWord("cheapest");
        int count = all || (any && (shortest || cheapest)) ? 1 : count(any || shortest || cheapest);
        PathMode mode = mode();
        if (!taken(KadeSqlParser.PATH)) {
            takenWord("paths");
        }
        if (cheapest) {
            return new PathPrefix(any ? PathSelector.ANY_CHEAPEST : PathSelector.CHEAPEST, count, mode);
        }
        boolean groups = shortest && !all && !any && (taken(KadeSqlParser.GROUP) || taken(KadeSqlParser.GROUPS));
        return new PathPrefix(selector(any, all, shortest, groups), count, mode);
    }

    private static PathSelector selector(boolean any, boolean all, boolean shortest, boolean groups) {
        if (!shortest) {
            return any ? PathSelector.ANY : PathSelector.ALL;
        }
        if (any || all) {
            return any ? PathSelector.ANY_SHORTEST : PathSelector.ALL_SHORTEST;
        }
        return groups ? PathSelector.SHORTEST_GROUPS : PathSelector.SHORTEST;
    }

    private boolean taken(int type) {
        boolean taken = at < words.size() && words.get(at).getType() == type;
        at += taken ? 1 : 0;
        return taken;
    }

    private int count(boolean allowed) {
        if (!allowed || !taken(KadeSqlParser.INTEGER)) {
            return 1;
        }
        Token number = words.get(at - 1);
        int count = Integers.parse(number);
        if (count == 0) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "the number of paths must be at least 1")
                    .at(Positions.of(Places.pos(number)));
        }
        return count;
    }

    private PathMode mode() {
        if (taken(KadeSqlParser.TRAIL)) {
            return PathMode.TRAIL;
        }
        if (taken(KadeSqlParser.ACYCLIC)) {
            return PathMode.ACYCLIC;
        }
        if (taken(KadeSqlParser.SIMPLE)) {
            return PathMode.SIMPLE;
        }
        taken(KadeSqlParser.WALK);
        return PathMode.WALK;
    }

    /** Takes what is no word of the language elsewhere. */
    private boolean takenWord(String word) {
        boolean taken = at < words.size()
                && words.get(at).getText().toLowerCase(Locale.ROOT).equals(word);
        at += taken ? 1 : 0;
        return taken;
    }
}
