package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.grammar.KadeSqlParser;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import io.kadedb.parser.graph.Direction;
import io.kadedb.parser.graph.PathPattern;
import io.kadedb.parser.graph.PatternElement;
import io.kadedb.parser.graph.Quantifier;
import io.kadedb.parser.graph.SqlGraphTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** GRAPH_TABLE and its patterns. Edges come as single characters that must touch. */
final class GraphPatternBuilder {
    private final AstBuilder ast;

    GraphPatternBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    SqlGraphTable graphTable(GraphTableContext table) {
        if (table.IDENT() != null && !table.IDENT().getText().equalsIgnoreCase("one")) {
            throw SyntaxErrors.at(table.IDENT().getSymbol());
        }
        List<PathPattern> paths = new ArrayList<>();
        for (PathPatternContext path : table.pathPattern()) {
            paths.add(path(path));
        }
        return new SqlGraphTable(
                ast.names.identifier(table.qualifiedName()),
                paths,
                where(table.where()),
                columns(table),
                Places.pos(table));
    }

    private SqlNodeList columns(GraphTableContext table) {
        List<SqlNode> columns = new ArrayList<>();
        for (PropertyContext column : table.property()) {
            SqlNode value = ast.expressions.expression(column.expression());
            columns.add(
                    column.label() == null
                            ? value
                            : SqlStdOperatorTable.AS.createCall(
                                    Places.pos(column), value, ast.names.identifier(column.label())));
        }
        return new SqlNodeList(
                columns,
                Places.pos(table.property().getFirst(), table.property().getLast()));
    }

    private Optional<SqlNode> where(@Nullable WhereContext where) {
        return where == null ? Optional.empty() : Optional.of(ast.expressions.expression(where.expression()));
    }

    private PathPattern path(PathPatternContext path) {
        if (path.identifier() != null) {
            throw Unsupported.feature("path variables are", path.identifier().getStart());
        }
        for (PathPrefixContext prefix : path.pathPrefix()) {
            int type = prefix.getStart().getType();
            if (type != KadeSqlParser.WALK && type != KadeSqlParser.PATH) {
                throw Unsupported.feature(
                        "path modes and shortest paths (" + prefix.getText().toUpperCase(java.util.Locale.ROOT)
                                + ") are",
                        prefix.getStart());
            }
        }
        List<PatternElement> elements = new ArrayList<>();
        for (PathElementContext element : path.pathElement()) {
            PatternElement next = element(element);
            boolean vertex = next instanceof PatternElement.Vertex;
            if (vertex && elements.size() % 2 == 1) {
                throw SyntaxErrors.at(element.getStart())
                        .hint("an edge stands between two vertices, as in (a)-[e]->(b)");
            }
            if (!vertex && elements.size() % 2 == 0) {
                elements.add(anonymous(next.pos()));
            }
            elements.add(next);
        }
        if (elements.size() % 2 == 0) {
            elements.add(anonymous(elements.getLast().pos()));
        }
        return new PathPattern(elements);
    }

    private static PatternElement anonymous(SqlParserPos pos) {
        return new PatternElement.Vertex(Optional.empty(), List.of(), Optional.empty(), pos);
    }

    private PatternElement element(PathElementContext element) {
        SqlParserPos pos = Places.pos(element);
        return switch (element) {
            case VertexPatternContext vertex -> {
                ElementFillerContext filler = vertex.elementFiller();
                yield new PatternElement.Vertex(variable(filler), labels(filler), where(filler.where()), pos);
            }
            case EdgePatternContext edge -> {
                checkTouching(edge);
                ElementFillerContext filler = edge.elementFiller();
                yield new PatternElement.Edge(
                        variable(filler),
                        labels(filler),
                        where(filler.where()),
                        direction(edge.LT() != null, edge.GT() != null),
                        quantifier(edge.quantifier()),
                        pos);
            }
            case ShortEdgePatternContext edge -> {
                checkTouching(edge);
                yield new PatternElement.Edge(
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        direction(edge.LT() != null, edge.GT() != null),
                        quantifier(edge.quantifier()),
                        pos);
            }
            default -> throw Unsupported.feature("undirected edges (~) are", element.getStart());
        };
    }

    private static Direction direction(boolean left, boolean right) {
        return left == right ? Direction.ANY : left ? Direction.LEFT : Direction.RIGHT;
    }

    /** {@code <-[} and {@code ]->} must be written without blanks. */
    private static void checkTouching(PathElementContext edge) {
        Token previous = null;
        for (ParseTree child : edge.children) {
            if (!(child instanceof TerminalNode terminal)) {
                previous = null;
                continue;
            }
            Token token = terminal.getSymbol();
            if (previous != null && token.getStartIndex() != previous.getStopIndex() + 1) {
                throw SyntaxErrors.at(token).hint("the characters of an edge stand together, as in -[e]->");
            }
            previous = token;
        }
    }

    private Optional<Name> variable(ElementFillerContext filler) {
        return filler.identifier() == null ? Optional.empty() : Optional.of(ast.names.name(filler.identifier()));
    }

    private List<Name> labels(ElementFillerContext filler) {
        if (filler.labelExpression() == null) {
            return List.of();
        }
        List<Name> labels = new ArrayList<>();
        for (LabelTermContext term : filler.labelExpression().labelTerm()) {
            if (term.identifier() == null || !filler.labelExpression().AMP().isEmpty()) {
                throw Unsupported.feature("label expressions other than a|b are", term.getStart());
            }
            labels.add(ast.names.name(term.identifier()));
        }
        return labels;
    }

    private static Optional<Quantifier> quantifier(@Nullable QuantifierContext quantifier) {
        if (quantifier == null) {
            return Optional.empty();
        }
        Token start = quantifier.getStart();
        if (quantifier.QUESTION() != null) {
            throw Unsupported.feature("optional edges (?) are", start);
        }
        boolean range = quantifier.COMMA() != null;
        List<TerminalNode> numbers = quantifier.INTEGER();
        boolean open = quantifier.LBRACE() == null
                || (range
                        && !(quantifier.getChild(quantifier.getChildCount() - 2) instanceof TerminalNode last
                                && last.getSymbol().getType() == KadeSqlParser.INTEGER));
        if (open) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "a quantifier without an upper bound is not supported yet")
                    .at(Places.of(start))
                    .hint("give it one, as in {1,5}");
        }
        int max = Integers.parse(numbers.getLast().getSymbol());
        int min = !range
                ? max
                : numbers.size() > 1 ? Integers.parse(numbers.getFirst().getSymbol()) : 0;
        if (min > max || max == 0) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "a quantifier {n,m} needs n at most m and m at least 1")
                    .at(io.kadedb.parser.ast.Positions.of(Places.pos(quantifier)));
        }
        return Optional.of(new Quantifier(min, max));
    }
}
