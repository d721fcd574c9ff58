package io.kadedb.planner.algorithm;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.physical.GraphFunction;
import io.kadedb.planner.validate.Suggestions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The arguments of an algorithm's call: the graph, the labels of vertices and of edges, by place or by name, and all
 * others by name.
 */
final class AlgorithmArguments {
    static final String GRAPH = "graph";
    static final String VERTEX_LABELS = "vertex_labels";
    static final String EDGE_LABELS = "edge_labels";
    static final String VERTEX_WHERE = "vertex_where";
    static final String EDGE_WHERE = "edge_where";
    static final String DIRECTED = "directed";
    static final String SOURCE = "source";
    static final String SOURCE_WHERE = "source_where";
    static final String WEIGHT = "weight";

    private static final List<String> BY_PLACE = List.of(GRAPH, VERTEX_LABELS, EDGE_LABELS);

    private final GraphFunction function;
    private final SqlCall call;
    private final List<String> known = new ArrayList<>(BY_PLACE);
    private final Map<String, SqlNode> given = new LinkedHashMap<>();

    AlgorithmArguments(GraphFunction function, SqlCall call) {
        this.function = function;
        this.call = call;
        known.add(VERTEX_WHERE);
        known.add(EDGE_WHERE);
        if (function.readsDirections()) {
            known.add(DIRECTED);
        }
        if (function.sources() != GraphFunction.Sources.NONE) {
            known.add(SOURCE);
            known.add(SOURCE_WHERE);
        }
        if (function.weights() != GraphFunction.Weights.NONE) {
            known.add(WEIGHT);
        }
        function.parameters().forEach(parameter -> known.add(parameter.name()));
        for (SqlNode operand : call.getOperandList()) {
            add(operand);
        }
        if (!given.containsKey(GRAPH)) {
            throw wrong(ErrorCode.UNDEFINED_FUNCTION, "function " + function.sqlName() + " needs a graph", call)
                    .hint("write " + function.sqlName() + "('name of a property graph')");
        }
        if (given.containsKey(SOURCE) && given.containsKey(SOURCE_WHERE)) {
            throw wrong(
                    ErrorCode.SYNTAX_ERROR,
                    "arguments \"source\" and \"source_where\" cannot be given together",
                    Objects.requireNonNull(given.get(SOURCE_WHERE)));
        }
        if (function.sources() == GraphFunction.Sources.NEEDED && !hasSources()) {
            throw wrong(ErrorCode.UNDEFINED_FUNCTION, "function " + function.sqlName() + " needs a source", call)
                    .hint("name a vertex by its key (source => ..) or by a condition (source_where => ..)");
        }
    }

    private void add(SqlNode operand) {
        String name;
        SqlNode value = operand;
        if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
            SqlBasicCall assignment = (SqlBasicCall) operand;
            value = assignment.operand(0);
            name = ((SqlIdentifier) assignment.operand(1)).getSimple();
        } else if (given.size() < BY_PLACE.size() && BY_PLACE.containsAll(given.keySet())) {
            name = BY_PLACE.get(given.size());
        } else {
            throw wrong(ErrorCode.SYNTAX_ERROR, "this argument of " + function.sqlName() + " needs a name", operand)
                    .hint("it takes " + String.join(", ", known) + ", written as name => value");
        }
        if (!known.contains(name)) {
            String close = Suggestions.hint(name, known).map(hint -> hint + " ").orElse("");
            throw wrong(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "function " + function.sqlName() + " has no argument \"" + name + "\"",
                            operand)
                    .hint(close + "it takes " + String.join(", ", known));
        }
        if (given.putIfAbsent(name, value) != null) {
            throw wrong(ErrorCode.SYNTAX_ERROR, "argument name \"" + name + "\" used more than once", operand);
        }
    }

    private static KadeException wrong(ErrorCode code, String message, SqlNode node) {
        return KadeException.of(code, message).at(Positions.of(node.getParserPosition()));
    }

    SqlParserPos pos() {
        return call.getParserPosition();
    }

    /** An argument as it was written, if it was. */
    @Nullable
    SqlNode expression(String name) {
        return given.get(name);
    }

    boolean hasSources() {
        return given.containsKey(SOURCE) || given.containsKey(SOURCE_WHERE);
    }

    /** The graph's name: a text, or as names of tables are written. */
    SqlIdentifier graph() {
        SqlNode graph = Objects.requireNonNull(given.get(GRAPH));
        if (graph instanceof SqlIdentifier name) {
            return name;
        }
        return new SqlIdentifier(List.of(text(graph).split("\\.", 2)), graph.getParserPosition());
    }

    /** The labels told, each a text or a name, alone or in an array; none if all elements are meant. */
    List<SqlIdentifier> labels(String argument) {
        SqlNode written = given.get(argument);
        if (written == null) {
            return List.of();
        }
        List<SqlNode> items = written instanceof SqlCall array
                        && array.getOperator().getName().equals(KadeOperators.ARRAY)
                ? array.getOperandList()
                : List.of(written);
        List<SqlIdentifier> labels = new ArrayList<>();
        for (SqlNode item : items) {
            labels.add(
                    item instanceof SqlIdentifier name && name.isSimple()
                            ? name
                            : new SqlIdentifier(text(item), item.getParserPosition()));
        }
        return labels;
    }

    private static String text(SqlNode node) {
        if (node instanceof SqlLiteral literal && literal.getValue() instanceof NlsString text) {
            return text.getValue();
        }
        throw wrong(ErrorCode.SYNTAX_ERROR, "expected a name or a text constant", node);
    }

    boolean directed() {
        SqlNode written = given.get(DIRECTED);
        if (written == null) {
            return true;
        }
        if (written instanceof SqlLiteral literal && literal.getValue() instanceof Boolean directed) {
            return directed;
        }
        throw wrong(ErrorCode.INVALID_PARAMETER_VALUE, "\"directed\" is true or false", written);
    }

    /** The values of the function's parameters. */
    List<Double> numbers() {
        List<Double> numbers = new ArrayList<>();
        for (GraphFunction.Parameter parameter : function.parameters()) {
            SqlNode written = given.get(parameter.name());
            numbers.add(written == null ? parameter.initial() : number(parameter, written));
        }
        return numbers;
    }

    private static double number(GraphFunction.Parameter parameter, SqlNode written) {
        boolean negative = written.getKind() == SqlKind.MINUS_PREFIX;
        SqlNode bare = negative ? ((SqlCall) written).operand(0) : written;
        BigDecimal value = bare instanceof SqlNumericLiteral literal ? literal.getValueAs(BigDecimal.class) : null;
        double number = value == null ? Double.NaN : negative ? -value.doubleValue() : value.doubleValue();
        boolean fits = number >= parameter.least()
                && number <= parameter.most()
                && (!parameter.whole() || number == Math.rint(number));
        if (!fits) {
            throw wrong(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "\"" + parameter.name() + "\" is " + range(parameter) + ", written as a constant",
                    written);
        }
        return number;
    }

    private static String range(GraphFunction.Parameter parameter) {
        String kind = parameter.whole() ? "an integer" : "a number";
        String least =
                BigDecimal.valueOf(parameter.least()).stripTrailingZeros().toPlainString();
        return parameter.most() == Double.MAX_VALUE
                ? kind + " of at least " + least
                : kind + " from " + least + " to "
                        + BigDecimal.valueOf(parameter.most())
                                .stripTrailingZeros()
                                .toPlainString();
    }
}
