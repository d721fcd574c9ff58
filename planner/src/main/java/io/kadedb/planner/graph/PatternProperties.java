package io.kadedb.planner.graph;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The properties that expressions of a match ask for: found, refused, and noted so that the queries of elements give them.
 */
final class PatternProperties {
    /** How names begin that no expression can name. */
    private static final String HIDDEN = "$";

    private final PropertyGraphDefinition graph;
    private final Pattern pattern;

    PatternProperties(PropertyGraphDefinition graph, Pattern pattern) {
        this.graph = graph;
        this.pattern = pattern;
    }

    /** The properties that expressions use, in the order in which they are declared. */
    Set<String> used(Element element) {
        Set<String> used = properties(element);
        used.retainAll(element.used());
        return used;
    }

    /** {@code p.*} as the properties of p. */
    SqlNodeList expanded(SqlNodeList columns) {
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode item : columns) {
            boolean star = item instanceof SqlIdentifier id && id.isStar() && id.names.size() == 2;
            if (!star) {
                items.add(item);
                continue;
            }
            SqlIdentifier id = (SqlIdentifier) item;
            Element element = pattern.element(id.names.getFirst()).orElse(null);
            if (element == null) {
                throw KadeException.of(
                                ErrorCode.UNDEFINED_TABLE,
                                "there is no pattern variable \"" + id.names.getFirst() + "\"")
                        .at(Positions.of(id.getParserPosition()));
            }
            for (String property : properties(element)) {
                items.add(new SqlIdentifier(List.of(element.variable(), property), id.getParserPosition()));
            }
        }
        return new SqlNodeList(items, columns.getParserPosition());
    }

    private Stream<ElementTable> tables(Element element) {
        return switch (element) {
            case Element.Vertex vertex ->
                vertex.tables().stream().map(t -> graph.vertexTables().get(t).element());
            case Element.Edge edge ->
                edge.steps().stream()
                        .map(s -> graph.edgeTables().get(s.edgeTable()).element());
        };
    }

    private Set<String> properties(Element element) {
        Set<String> names = new LinkedHashSet<>();
        tables(element).forEach(table -> names.addAll(Element.properties(table)));
        if (tables(element).findAny().isEmpty()) {
            // Nothing can match; what is asked of it may still be meant well.
            allTables(element).forEach(table -> names.addAll(Element.properties(table)));
        }
        return names;
    }

    private Stream<ElementTable> allTables(Element element) {
        return element instanceof Element.Vertex
                ? graph.vertexTables().stream().map(PropertyGraphDefinition.VertexTable::element)
                : graph.edgeTables().stream().map(PropertyGraphDefinition.EdgeTable::element);
    }

    /** Notes the properties an expression uses; refuses those that do not exist. */
    void note(SqlNode expression) {
        note(expression, false);
    }

    /** The same for an expression over single hops of a repeated edge. */
    void noteHop(SqlNode expression) {
        note(expression, true);
    }

    private void note(SqlNode expression, boolean ofHop) {
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier id) {
                Element element = id.names.size() == 2
                        ? pattern.element(id.names.getFirst()).orElse(null)
                        : null;
                if (element != null && !id.isStar()) {
                    use(element, id, ofHop);
                }
                return null;
            }
        });
    }

    /** An optional part comes after those before it, so their conditions cannot know its variables. */
    void checkDeclared(SqlNode condition, int clause) {
        condition.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier id) {
                Element element = id.names.size() == 2
                        ? pattern.element(id.names.getFirst()).orElse(null)
                        : null;
                if (element != null && element.clause() > clause) {
                    throw KadeException.of(
                                    ErrorCode.UNDEFINED_TABLE,
                                    "variable \"" + element.variable()
                                            + "\" belongs to an optional part that comes later")
                            .at(Positions.of(id.getParserPosition()))
                            .hint("put the condition into that part, or into the select around GRAPH_TABLE");
                }
                return null;
            }
        });
    }

    /** Refuses properties that do not exist, before keys are renamed. */
    void check(SqlNode expression) {
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier id) {
                Element element = id.names.size() == 2
                        ? pattern.element(id.names.getFirst()).orElse(null)
                        : null;
                if (element != null && !id.isStar() && !properties(element).contains(id.names.getLast())) {
                    throw missing(element, id);
                }
                return null;
            }
        });
    }

    /** Properties are named with their variable: without one the name could only mean something around the match. */
    void checkQualified(SqlNode expression) {
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                boolean named = call.getKind() == SqlKind.AS;
                return call.getKind() == SqlKind.SELECT
                        ? null
                        : named ? call.operand(0).accept(this) : super.visit(call);
            }

            @Override
            public @Nullable Void visit(SqlIdentifier id) {
                String name = id.names.getFirst();
                List<String> owners = pattern.elements().values().stream()
                        .filter(element -> properties(element).contains(name))
                        .map(Element::variable)
                        .filter(variable -> !variable.startsWith(HIDDEN))
                        .toList();
                boolean isVariable =
                        pattern.element(name).isPresent() || pattern.path(name).isPresent();
                if (id.names.size() == 1 && !owners.isEmpty() && !isVariable) {
                    throw KadeException.of(ErrorCode.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist")
                            .at(Positions.of(id.getParserPosition()))
                            .hint("perhaps you meant the property \"" + owners.getFirst() + "." + name + "\"");
                }
                return null;
            }
        });
    }

    /**
     * The condition with properties that are key columns called by the key's names, so that what is asked of a vertex is
     * asked of its edges too.
     */
    SqlNode byKey(SqlNode condition) {
        return Objects.requireNonNull(condition.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                boolean vertex =
                        id.names.size() == 2 && pattern.elements().get(id.names.getFirst()) instanceof Element.Vertex;
                int key = vertex ? keyColumn(id) : -1;
                return key < 0 ? id : id.setName(1, "$k" + key);
            }
        }));
    }

    /** The place in the key of the column a property is, or -1. */
    private int keyColumn(SqlIdentifier id) {
        Element element = Objects.requireNonNull(pattern.elements().get(id.names.getFirst()));
        List<Integer> places = tables(element)
                .map(table -> Element.property(table, id.names.getLast())
                        .map(property -> table.key().indexOf(plain(property.expressionSql())))
                        .orElse(-1))
                .distinct()
                .toList();
        return places.size() == 1 ? places.getFirst() : -1;
    }

    private static String plain(String expression) {
        return expression.matches("\"[^\"]*\"") ? expression.substring(1, expression.length() - 1) : expression;
    }

    private KadeException missing(Element element, SqlIdentifier id) {
        String property = id.names.getLast();
        return KadeException.of(
                        ErrorCode.UNDEFINED_COLUMN,
                        "property \"" + property + "\" of \"" + element.variable() + "\" does not exist")
                .at(Positions.of(id.getParserPosition()))
                .hint(Suggestions.hint(property, properties(element)).orElse(null));
    }

    private void use(Element element, SqlIdentifier id, boolean ofHop) {
        String property = id.names.getLast();
        if (property.startsWith(HIDDEN)) {
            return;
        }
        if (!ofHop && pattern.group(element).isPresent()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "\"" + element.variable()
                                    + "\" stands for several elements; its properties can be used only in"
                                    + " its own WHERE and in aggregates")
                    .at(Positions.of(id.getParserPosition()))
                    .hint("aggregate them over the path, as in sum(" + element.variable() + "." + property + ")");
        }
        if (!properties(element).contains(property)) {
            throw missing(element, id);
        }
        element.used().add(property);
    }
}
