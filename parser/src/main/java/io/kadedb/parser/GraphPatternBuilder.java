package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.grammar.KadeSqlParser;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import io.kadedb.parser.graph.Direction;
import io.kadedb.parser.graph.LabelExpression;
import io.kadedb.parser.graph.MatchClause;
import io.kadedb.parser.graph.PathPattern;
import io.kadedb.parser.graph.PathPrefix;
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
        List<MatchClause> clauses = new ArrayList<>();
        for (MatchClauseContext clause : table.matchClause()) {
            List<PathPattern> paths =
                    clause.pathPattern().stream().map(this::path).toList();
            clauses.add(new MatchClause(!clauses.isEmpty(), paths, where(clause.where())));
        }
        return new SqlGraphTable(
                ast.names.identifier(table.qualifiedName()), clauses, columns(table), Places.pos(table));
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

    private Optional<SqlNode> cost(@Nullable EdgeCostContext cost) {
        if (cost == null) {
            return Optional.empty();
        }
        if (!cost.IDENT().getText().equalsIgnoreCase("cost")) {
            throw SyntaxErrors.at(cost.IDENT().getSymbol());
        }
        return Optional.of(ast.expressions.expression(cost.expression()));
    }

    /** Paths by cost have one cost for each step, and no others have any. */
    private static void checkCost(PathPrefix prefix, PatternElement element) {
        boolean priced = element.cost().isPresent();
        if (prefix.selector().isByCost() && !priced) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "the cheapest path needs the cost of its edges")
                    .at(Positions.of(element.pos()))
                    .hint("write it into the edge, as in -[e COST e.km]->+, or at the end of the parentheses");
        }
        if (priced && !prefix.selector().isByCost()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "costs are for the cheapest paths")
                    .at(Positions.of(element.pos()))
                    .hint("write ANY CHEAPEST or CHEAPEST 3 before the path");
        }
    }

    private PathPattern path(PathPatternContext path) {
        Optional<Name> variable =
                path.identifier() == null ? Optional.empty() : Optional.of(ast.names.name(path.identifier()));
        PathPrefix prefix = PathPrefixBuilder.prefix(path.pathPrefix());
        List<PatternElement> elements = elements(path.pathElement());
        elements.stream()
                .filter(element -> !(element instanceof PatternElement.Vertex))
                .forEach(element -> checkCost(prefix, element));
        if (!prefix.isFinite()) {
            elements.forEach(GraphPatternBuilder::checkBounded);
        }
        return new PathPattern(variable, prefix, elements);
    }

    /** Vertices and what leads from one to the next in turn, with anonymous vertices where none is written. */
    private List<PatternElement> elements(List<PathElementContext> written) {
        List<PatternElement> elements = new ArrayList<>();
        for (PathElementContext element : written) {
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
        return elements;
    }

    private PatternElement.Group group(GroupPatternContext group) {
        List<PatternElement> elements = elements(group.pathElement());
        PatternElement.Group written = new PatternElement.Group(
                elements,
                where(group.where()),
                cost(group.edgeCost()),
                quantifier(group.quantifier()),
                Places.pos(group));
        if (written.quantifier().isEmpty()) {
            throw Unsupported.feature("paths in parentheses without a quantifier are", group.getStart())
                    .hint("write the path without the parentheses, and its condition after the last pattern");
        }
        for (PatternElement element : elements) {
            if (element.quantifier().isPresent()) {
                throw Unsupported.feature("quantifiers within a quantified path are", group.getStart());
            }
            if (element.cost().isPresent()) {
                throw KadeException.of(ErrorCode.SYNTAX_ERROR, "a repetition has one cost")
                        .at(Positions.of(element.pos()))
                        .hint("write it at the end of the parentheses, as in ((a)-[e]->(b) COST e.km)+");
            }
        }
        if (elements.size() == 1) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "a quantified path needs an edge")
                    .at(Positions.of(written.pos()));
        }
        return written;
    }

    /** Walks may go round in circles, so without a bound there is no end to them. */
    private static void checkBounded(PatternElement edge) {
        boolean endless = edge.quantifier()
                .filter(quantifier -> quantifier.max() == Quantifier.UNBOUNDED)
                .isPresent();
        if (endless) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "a quantifier without an upper bound needs a path mode or selector, or there may be"
                                    + " endlessly many paths")
                    .at(Positions.of(edge.pos()))
                    .hint("write TRAIL or ANY SHORTEST before the path, or give a bound, as in {1,5}");
        }
    }

    private static PatternElement anonymous(SqlParserPos pos) {
        return new PatternElement.Vertex(Optional.empty(), Optional.empty(), Optional.empty(), pos);
    }

    private PatternElement element(PathElementContext element) {
        SqlParserPos pos = Places.pos(element);
        return switch (element) {
            case VertexPatternContext vertex -> {
                ElementFillerContext filler = vertex.elementFiller();
                if (filler.edgeCost() != null) {
                    throw SyntaxErrors.at(filler.edgeCost().getStart())
                            .hint("an edge has a cost, or a quantified path");
                }
                yield new PatternElement.Vertex(variable(filler), labels(filler), where(filler.where()), pos);
            }
            case GroupPatternContext group -> group(group);
            case EdgePatternContext edge -> {
                checkTouching(edge);
                ElementFillerContext filler = edge.elementFiller();
                yield new PatternElement.Edge(
                        variable(filler),
                        labels(filler),
                        where(filler.where()),
                        cost(filler.edgeCost()),
                        direction(edge.LT() != null, edge.GT() != null),
                        quantifier(edge.quantifier()),
                        pos);
            }
            case ShortEdgePatternContext edge -> {
                checkTouching(edge);
                yield new PatternElement.Edge(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
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

    private Optional<LabelExpression> labels(ElementFillerContext filler) {
        return filler.labelExpression() == null ? Optional.empty() : Optional.of(labels(filler.labelExpression()));
    }

    private LabelExpression labels(LabelExpressionContext expression) {
        List<LabelExpression> operands = expression.labelConjunction().stream()
                .map(conjunction -> {
                    List<LabelExpression> terms =
                            conjunction.labelTerm().stream().map(this::label).toList();
                    return terms.size() == 1 ? terms.getFirst() : new LabelExpression.And(terms);
                })
                .toList();
        return operands.size() == 1 ? operands.getFirst() : new LabelExpression.Or(operands);
    }

    private LabelExpression label(LabelTermContext term) {
        if (term.identifier() != null) {
            return new LabelExpression.Label(ast.names.name(term.identifier()));
        }
        if (term.PERCENT() != null) {
            return new LabelExpression.Any();
        }
        return term.BANG() != null ? new LabelExpression.Not(label(term.labelTerm())) : labels(term.labelExpression());
    }

    private static Optional<Quantifier> quantifier(@Nullable QuantifierContext quantifier) {
        if (quantifier == null) {
            return Optional.empty();
        }
        Token start = quantifier.getStart();
        if (quantifier.QUESTION() != null) {
            throw Unsupported.feature("optional edges (?) are", start)
                    .hint("put what may be missing into a part of its own: OPTIONAL MATCH (a)-[e]->(b)");
        }
        if (quantifier.STAR() != null || quantifier.PLUS() != null) {
            return Optional.of(new Quantifier(quantifier.PLUS() != null ? 1 : 0, Quantifier.UNBOUNDED));
        }
        int min = 0;
        int max = Quantifier.UNBOUNDED;
        boolean afterComma = quantifier.COMMA() == null;
        for (ParseTree child : quantifier.children) {
            if (child instanceof TerminalNode token && token.getSymbol().getType() == KadeSqlParser.COMMA) {
                afterComma = true;
            } else if (child instanceof TerminalNode token && token.getSymbol().getType() == KadeSqlParser.INTEGER) {
                int number = Integers.parse(token.getSymbol());
                min = quantifier.COMMA() == null || !afterComma ? number : min;
                max = afterComma ? number : max;
            }
        }
        if (min > max || max == 0) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "a quantifier {n,m} needs n at most m and m at least 1")
                    .at(Positions.of(Places.pos(quantifier)));
        }
        return Optional.of(new Quantifier(min, max));
    }
}
