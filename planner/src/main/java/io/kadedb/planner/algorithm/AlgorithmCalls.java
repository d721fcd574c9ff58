package io.kadedb.planner.algorithm;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.graph.Relocation;
import io.kadedb.planner.physical.GraphFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Calls of algorithms in FROM as selects over {@link SqlGraphAlgorithm}. Conditions and weights are expressions over the
 * properties of vertices and edges, which may be called {@code vertex.p} and {@code edge.p} too.
 */
public final class AlgorithmCalls {
    private static final String VERTEX = "vertex";
    private static final String EDGE = "edge";

    private final AlgorithmArguments arguments;
    private final GraphFunction function;
    private final AlgorithmTables tables;

    private AlgorithmCalls(GraphFunction function, AlgorithmArguments arguments, AlgorithmTables tables) {
        this.function = function;
        this.arguments = arguments;
        this.tables = tables;
    }

    /**
     * A function in FROM as a select, if it is an algorithm.
     *
     * @param graphs finds a graph, or says that there is none
     */
    public static Optional<SqlNode> select(SqlCall call, Function<SqlIdentifier, PropertyGraphDefinition> graphs) {
        if (call.getKind() != SqlKind.COLLECTION_TABLE
                || !(call.operand(0) instanceof SqlCall called)
                || !(called.getOperator() instanceof SqlFunction)) {
            return Optional.empty();
        }
        return GraphFunction.of(called.getOperator().getName()).map(function -> {
            AlgorithmArguments arguments = new AlgorithmArguments(function, called);
            PropertyGraphDefinition graph = graphs.apply(arguments.graph());
            AlgorithmTables tables = new AlgorithmTables(
                    graph,
                    arguments.labels(AlgorithmArguments.VERTEX_LABELS),
                    arguments.labels(AlgorithmArguments.EDGE_LABELS));
            return new AlgorithmCalls(function, arguments, tables).select();
        });
    }

    private SqlNode select() {
        SqlParserPos pos = arguments.pos();
        List<String> names = new ArrayList<>();
        if (tables.several()) {
            names.add("vertex_table");
        }
        names.addAll(tables.keyNames());
        function.outputs().forEach(output -> names.add(unused(output.name(), names)));
        AlgorithmSpec spec = new AlgorithmSpec(
                function,
                tables.keyWidth(),
                tables.several(),
                arguments.hasSources(),
                arguments.expression(AlgorithmArguments.WEIGHT) != null,
                arguments.directed(),
                arguments.numbers(),
                names);
        SqlGraphAlgorithm algorithm = new SqlGraphAlgorithm(spec, List.of(vertices(), edges()), pos);
        SqlNodeList items = new SqlNodeList(pos);
        for (String name : names) {
            items.add(new SqlIdentifier(List.of(algorithm.name().getSimple(), name), pos));
        }
        return PlainSelect.of(pos, items, algorithm);
    }

    private static String unused(String name, Collection<String> taken) {
        String free = name;
        for (int i = 1; taken.contains(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private SqlNode vertices() {
        List<@Nullable SqlNode> written = new ArrayList<>();
        written.add(arguments.expression(AlgorithmArguments.VERTEX_WHERE));
        written.add(arguments.expression(AlgorithmArguments.SOURCE_WHERE));
        Set<String> used = properties(written, VERTEX);
        SqlSelect select = query("SELECT " + columns("$t", "$k") + (tables.several() ? ", \"$table\"" : "") + " FROM ("
                + tables.vertexRows(used) + ") AS \"" + VERTEX + "\"");
        select.setWhere(arguments.expression(AlgorithmArguments.VERTEX_WHERE));
        if (arguments.hasSources()) {
            SqlNode source = Objects.requireNonNullElseGet(
                    arguments.expression(AlgorithmArguments.SOURCE_WHERE), this::isSource);
            add(select, source, "$source");
        }
        return select;
    }

    private SqlNode isSource() {
        SqlNode key = Objects.requireNonNull(arguments.expression(AlgorithmArguments.SOURCE));
        SqlParserPos pos = key.getParserPosition();
        if (tables.several()) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "a key does not tell a vertex among those of " + String.join(", ", tables.aliases()))
                    .at(Positions.of(pos))
                    .hint("choose one of them with vertex_labels, or name the source by a condition, source_where =>"
                            + " ..");
        }
        List<SqlNode> columns = new ArrayList<>();
        for (int i = 0; i < tables.columns(); i++) {
            columns.add(new SqlIdentifier(List.of(VERTEX, "$k" + i), pos));
        }
        SqlNode own = columns.size() == 1 ? columns.getFirst() : SqlStdOperatorTable.ROW.createCall(pos, columns);
        return SqlStdOperatorTable.EQUALS.createCall(pos, own, key);
    }

    private SqlNode edges() {
        List<@Nullable SqlNode> written = new ArrayList<>();
        written.add(arguments.expression(AlgorithmArguments.EDGE_WHERE));
        written.add(arguments.expression(AlgorithmArguments.WEIGHT));
        Set<String> used = properties(written, EDGE);
        SqlSelect select = query("SELECT " + columns("$st", "$s") + ", " + columns("$dt", "$d") + " FROM ("
                + tables.edgeRows(used) + ") AS \"" + EDGE + "\"");
        select.setWhere(arguments.expression(AlgorithmArguments.EDGE_WHERE));
        SqlNode weight = arguments.expression(AlgorithmArguments.WEIGHT);
        if (weight != null) {
            SqlParserPos pos = weight.getParserPosition();
            add(
                    select,
                    SqlStdOperatorTable.CAST.createCall(pos, weight, KadeTypeNameSpec.spec(SqlType.DOUBLE, pos)),
                    "$weight");
        }
        return select;
    }

    private String columns(String table, String prefix) {
        List<String> names = new ArrayList<>();
        if (tables.several()) {
            names.add(AlgorithmTables.quoted(table));
        }
        for (int i = 0; i < tables.columns(); i++) {
            names.add(AlgorithmTables.quoted(prefix + i));
        }
        return String.join(", ", names);
    }

    private static void add(SqlSelect select, SqlNode value, String name) {
        SqlParserPos pos = value.getParserPosition();
        select.getSelectList().add(SqlStdOperatorTable.AS.createCall(pos, value, new SqlIdentifier(name, pos)));
    }

    /** The properties that expressions name. */
    private Set<String> properties(List<@Nullable SqlNode> expressions, String element) {
        Set<String> known = tables.properties(element.equals(EDGE));
        Set<String> used = new LinkedHashSet<>();
        SqlShuttle names = new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                boolean simple = id.isSimple();
                boolean qualified = id.names.size() == 2 && id.names.getFirst().equals(element);
                if (known.contains(id.names.getLast()) && (simple || qualified)) {
                    used.add(id.names.getLast());
                } else if (qualified || (simple && !isTime(id.getSimple()))) {
                    throw KadeException.of(
                                    ErrorCode.UNDEFINED_COLUMN,
                                    element + " property \"" + id.names.getLast() + "\" does not exist")
                            .at(Positions.of(id.getParserPosition()))
                            .hint("there " + (known.isEmpty() ? "are none" : "is " + String.join(", ", known)));
                }
                return id;
            }
        };
        for (SqlNode expression : expressions) {
            if (expression != null) {
                SqlNode _ = expression.accept(names);
            }
        }
        return used;
    }

    /** Whether it is one of the functions that are written like columns. */
    private static boolean isTime(String name) {
        return name.startsWith("current_") || name.startsWith("localtime");
    }

    private SqlSelect query(String text) {
        List<ParsedStatement> parsed = new SqlParser().parse(text);
        if (parsed.getFirst().statement() instanceof Statement.Query query
                && query.query().accept(new Relocation(arguments.pos())) instanceof SqlSelect select) {
            return select;
        }
        throw KadeException.internal("the rows of a graph did not become a query: " + text, null);
    }
}
