package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser.TypeNameContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;

/** The builders of one statement, which call one another, and what they share. */
final class AstBuilder {
    final String text;
    final NameBuilder names = new NameBuilder();
    final LiteralBuilder literals;
    final TypeBuilder types;
    final ExpressionBuilder expressions;
    final ArrayBuilder arrays;
    final FunctionBuilder functions;
    final QueryBuilder queries;
    final FromBuilder from;
    final GraphPatternBuilder graphs;
    final Parameters parameters = new Parameters();

    AstBuilder(String text) {
        this.text = text;
        literals = new LiteralBuilder(this);
        types = new TypeBuilder(this);
        expressions = new ExpressionBuilder(this);
        arrays = new ArrayBuilder(this);
        functions = new FunctionBuilder(this);
        queries = new QueryBuilder(this);
        from = new FromBuilder(this);
        graphs = new GraphPatternBuilder(this);
    }

    /** The text that a part of the statement was read from. */
    String source(ParserRuleContext context) {
        return text.substring(
                context.getStart().getStartIndex(), context.getStop().getStopIndex() + 1);
    }

    /** Counts the parameters of a statement. */
    static final class Parameters {
        private int positional;
        private int highest;
        private final Set<Boolean> styles = new HashSet<>();
        private List<TypeNameContext> declared = List.of();

        /** Gives the first parameters types. */
        void declare(List<TypeNameContext> types) {
            declared = List.copyOf(types);
        }

        /** The declared type of a parameter. */
        Optional<TypeNameContext> declared(int index) {
            return index < declared.size() ? Optional.of(declared.get(index)) : Optional.empty();
        }

        /** Forgets all parameters: they were those of a statement within. */
        void clear() {
            positional = 0;
            highest = 0;
            styles.clear();
            declared = List.of();
        }

        int nextPositional() {
            styles.add(true);
            return positional++;
        }

        int numbered(int number) {
            styles.add(false);
            highest = Math.max(highest, number);
            return number - 1;
        }

        boolean mixed() {
            return styles.size() > 1;
        }

        int count() {
            return Math.max(positional, highest);
        }
    }
}
