package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Calls of functions and aggregates, and the functions with a syntax of their own. */
final class FunctionBuilder {
    private static final Set<String> ORDERED = Set.of("array_concat_agg", "group_concat");

    /** Their ORDER BY within is a WITHIN GROUP to Calcite. */
    private static final Set<String> ORDERED_WITHIN = Set.of(
            "string_agg",
            "array_agg",
            "json_agg",
            "jsonb_agg",
            "json_agg_strict",
            "jsonb_agg_strict",
            "json_object_agg",
            "json_object_agg_strict",
            "json_object_agg_unique",
            "json_object_agg_unique_strict",
            "jsonb_object_agg",
            "jsonb_object_agg_strict",
            "jsonb_object_agg_unique",
            "jsonb_object_agg_unique_strict");

    /** Their result does not depend on the order of the rows, so ORDER BY within them is left out. */
    private static final Set<String> ORDER_FREE =
            Set.of("count", "sum", "avg", "min", "max", "bool_and", "bool_or", "every");

    /** Functions that are given the name of a relation. */
    private static final Set<String> RELATION_NAMES = Set.of("nextval", "currval", "setval");

    private static final Set<String> ORDERED_SETS = Set.of("percentile_cont", "percentile_disc", "mode");
    private static final Set<String> POSITIONAL = Set.of(
            "row_number",
            "rank",
            "dense_rank",
            "percent_rank",
            "cume_dist",
            "ntile",
            "lag",
            "lead",
            "first_value",
            "last_value",
            "nth_value");

    private final AstBuilder ast;

    FunctionBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    /** A call by name, looked up at validation. */
    SqlNode named(String name, SqlParserPos pos, SqlNode... arguments) {
        return unresolved(new SqlIdentifier(name, pos)).createCall(pos, arguments);
    }

    private static SqlUnresolvedFunction unresolved(SqlIdentifier name) {
        return new SqlUnresolvedFunction(name, null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    SqlNode call(FunctionCallContext call) {
        SqlParserPos pos = Places.pos(call);
        FunctionArgumentsContext arguments = call.functionArguments();
        SqlIdentifier name = name(call.functionName());
        List<SqlNode> operands = RELATION_NAMES.contains(name.toString())
                ? ast.types.relationNames(() -> operands(call, arguments))
                : operands(call, arguments);
        if (isJson(name, call)) {
            return new JsonConstructors(ast).json(call, operands.getFirst());
        }
        checkCount(name, operands.size(), call);
        if (operands.size() == 1 && name.isSimple() && name.getSimple().equals("age")) {
            operands.addFirst(new SqlIdentifier("current_date", pos));
        }
        if (call.withinGroup() != null && ORDERED_SETS.contains(name.toString())) {
            // What is ordered is aggregated: it comes first.
            operands.addAll(0, ordered(call.withinGroup().orderItem()));
        }
        SqlNode node = unresolved(name).createCall(quantifier(arguments), pos, operands.toArray(new SqlNode[0]));
        if (name.isSimple() && name.getSimple().equals("grouping")) {
            // Calcite's is a bigint, PostgreSQL's an integer.
            node = SqlStdOperatorTable.CAST.createCall(pos, node, KadeTypeNameSpec.spec(SqlType.INTEGER, pos));
        }
        if (call.withinGroup() != null) {
            node = SqlStdOperatorTable.WITHIN_GROUP.createCall(
                    pos, node, ast.queries.orderList(call.withinGroup().orderItem()));
        }
        if (arguments != null && arguments.ORDER() != null && ORDERED_WITHIN.contains(name.toString())) {
            node = SqlStdOperatorTable.WITHIN_GROUP.createCall(pos, node, ast.queries.orderList(arguments.orderItem()));
        }
        if (call.filter() != null && call.over() != null) {
            node = filtered(node, call);
        } else if (call.filter() != null) {
            node = SqlStdOperatorTable.FILTER.createCall(
                    pos, node, ast.expressions.expression(call.filter().expression()));
        }
        if (call.over() != null) {
            checkWindowed(call, arguments);
            node = SqlStdOperatorTable.OVER.createCall(pos, node, new WindowBuilder(ast).over(call.over()));
        }
        return node;
    }

    /** Whether it is {@code JSON(text)}; nothing else takes what that may say of its text. */
    private static boolean isJson(SqlIdentifier name, FunctionCallContext call) {
        FunctionArgumentsContext arguments = call.functionArguments();
        boolean json = name.isSimple()
                && name.getSimple().equals("json")
                && call.functionName().IDENT() != null
                && arguments != null
                && arguments.STAR() == null
                && arguments.functionArgument().size() == 1;
        if (!json && (call.jsonFormat() != null || call.UNIQUE() != null)) {
            ParserRuleContext format = call.jsonFormat();
            Token wrong = format != null
                    ? format.getStart()
                    : (call.WITH() == null ? call.WITHOUT() : call.WITH()).getSymbol();
            throw SyntaxErrors.at(wrong);
        }
        return json;
    }

    private List<SqlNode> ordered(List<OrderItemContext> items) {
        List<SqlNode> values = new ArrayList<>();
        items.forEach(item -> values.add(ast.expressions.expression(item.expression())));
        return values;
    }

    /** What PostgreSQL has not built either. */
    private static void checkWindowed(FunctionCallContext call, @Nullable FunctionArgumentsContext arguments) {
        if (call.withinGroup() != null) {
            throw Unsupported.feature(
                    "ordered-set aggregates over windows are",
                    call.withinGroup().getStart());
        }
        if (arguments != null && arguments.DISTINCT() != null) {
            throw Unsupported.feature(
                    "DISTINCT over windows is", arguments.DISTINCT().getSymbol());
        }
        if (arguments != null && arguments.ORDER() != null) {
            throw Unsupported.feature(
                    "ORDER BY within an aggregate over a window is",
                    arguments.ORDER().getSymbol());
        }
    }

    /**
     * An aggregate over a window with a filter: {@code sum(x) FILTER (WHERE c)} is {@code sum(CASE WHEN c THEN x END)},
     * since aggregates pass over NULLs, and {@code count(*)} counts a constant.
     */
    private SqlNode filtered(SqlNode node, FunctionCallContext call) {
        SqlParserPos pos = Places.pos(call.filter());
        SqlNode condition = ast.expressions.expression(call.filter().expression());
        SqlCall aggregate = (SqlCall) node;
        if (POSITIONAL.contains(aggregate.getOperator().getName().toLowerCase(Locale.ROOT))) {
            throw Unsupported.feature(
                    "FILTER for functions that are no aggregates is",
                    call.filter().getStart());
        }
        List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
        boolean star = operands.isEmpty()
                || (operands.getFirst() instanceof SqlIdentifier name && name.isStar() && name.names.size() == 1);
        SqlNode value = star ? SqlLiteral.createExactNumeric("1", pos) : operands.getFirst();
        SqlNode guarded = new SqlCase(
                pos,
                null,
                new SqlNodeList(List.of(condition), pos),
                new SqlNodeList(List.of(value), pos),
                SqlLiteral.createNull(pos));
        if (operands.isEmpty()) {
            operands.add(guarded);
        } else {
            operands.set(0, guarded);
        }
        return aggregate
                .getOperator()
                .createCall(
                        aggregate.getFunctionQuantifier(),
                        aggregate.getParserPosition(),
                        operands.toArray(new SqlNode[0]));
    }

    /** What looks like a function but is syntax of its own takes a number of arguments of its own. */
    private static void checkCount(SqlIdentifier name, int count, FunctionCallContext call) {
        boolean right = !name.isSimple()
                || switch (name.getSimple()) {
                    case "coalesce", "greatest", "least" -> count > 0;
                    case "nullif" -> count == 2;
                    default -> true;
                };
        if (!right) {
            throw SyntaxErrors.at(call.RPAREN().getSymbol());
        }
    }

    /** {@code pg_catalog.f} is {@code f}. */
    SqlIdentifier name(FunctionNameContext name) {
        SqlParserPos pos = Places.pos(name);
        List<IdentifierContext> parts = name.identifier();
        Token last = name.getStop();
        if (name.QUOTED_IDENT() != null) {
            return new SqlIdentifier(List.of(ast.names.quoted(last)), null, pos, List.of(pos.withQuoting(true)));
        }
        if (parts.isEmpty() || !parts.getLast().getStart().equals(last)) {
            return new SqlIdentifier(last.getText().toLowerCase(Locale.ROOT), pos);
        }
        boolean standard = parts.size() == 2 && ast.names.text(parts.getFirst()).equals("pg_catalog");
        return ast.names.identifier(standard ? parts.subList(1, 2) : parts, false, pos);
    }

    private static @Nullable SqlLiteral quantifier(@Nullable FunctionArgumentsContext arguments) {
        if (arguments == null || arguments.DISTINCT() == null) {
            return null;
        }
        return SqlSelectKeyword.DISTINCT.symbol(Places.pos(arguments.DISTINCT().getSymbol()));
    }

    private List<SqlNode> operands(FunctionCallContext call, @Nullable FunctionArgumentsContext arguments) {
        List<SqlNode> operands = new ArrayList<>();
        if (call.query() != null) {
            operands.add(ast.queries.query(call.query()));
        } else if (arguments != null && arguments.STAR() != null) {
            operands.add(SqlIdentifier.star(Places.pos(arguments.STAR().getSymbol())));
        } else if (arguments != null) {
            operands.addAll(new NamedArguments(ast, call).operands(arguments.functionArgument()));
            if (arguments.ORDER() != null) {
                order(call, arguments, operands);
            }
        }
        return operands;
    }

    /** Calcite's own form of agg(x ORDER BY y): the order list is the last operand. */
    private void order(FunctionCallContext call, FunctionArgumentsContext arguments, List<SqlNode> operands) {
        String name = name(call.functionName()).toString();
        if (ORDERED.contains(name)) {
            operands.add(ast.queries.orderList(arguments.orderItem()));
        } else if (!ORDER_FREE.contains(name) && !ORDERED_WITHIN.contains(name)) {
            throw Unsupported.feature(
                    "ORDER BY within " + name + " is", arguments.ORDER().getSymbol());
        }
    }

    SqlNode interval(IntervalLiteralContext literal) {
        String text = ast.literals.string(literal.string());
        IntervalFields fields = IntervalFields.of(literal.intervalFields());
        return KadeOperators.interval(
                IntervalText.parse(text, fields, Places.of(literal.string().getStart())), Places.pos(literal));
    }

    SqlNode typedLiteral(TypedLiteralContext literal) {
        SqlParserPos pos = Places.pos(literal);
        String text = ast.literals.string(literal.string());
        SqlType type = ast.types.type(literal.typedLiteralName());
        SqlNode value = DateTimeLiterals.of(type, text, pos);
        return value != null
                ? value
                : SqlStdOperatorTable.CAST.createCall(
                        pos,
                        SqlLiteral.createCharString(text, Places.pos(literal.string())),
                        KadeTypeNameSpec.spec(type, Places.pos(literal.typedLiteralName())));
    }

    /** CURRENT_DATE and the like are identifiers, which Calcite takes for calls where it has such a function. */
    SqlNode currentValue(CurrentValueContext value) {
        SqlParserPos pos = Places.pos(value);
        String name = value.getStart().getText().toLowerCase(Locale.ROOT);
        if (value.INTEGER() != null) {
            return named(
                    name,
                    pos,
                    SqlLiteral.createExactNumeric(
                            Integer.toString(Integers.parse(value.INTEGER().getSymbol())), pos));
        }
        return new SqlIdentifier(
                switch (name) {
                    case "user", "current_role" -> "current_user";
                    default -> name;
                },
                pos);
    }

    SqlNode extract(ExtractContext extract) {
        String field = extract.label() != null
                ? ast.names.name(extract.label()).text()
                : ast.literals.string(extract.string()).toLowerCase(Locale.ROOT);
        SqlParserPos fieldPos = extract.label() != null ? Places.pos(extract.label()) : Places.pos(extract.string());
        return SqlStdOperatorTable.EXTRACT.createCall(
                Places.pos(extract),
                DateTimeFields.qualifier(field, fieldPos),
                ast.expressions.expression(extract.expression()));
    }

    SqlNode substring(SubstringContext substring) {
        List<SqlNode> arguments = ast.expressions.all(substring.expression());
        SqlParserPos pos = Places.pos(substring);
        if (substring.FOR() != null && substring.FROM() == null) {
            arguments.add(1, SqlLiteral.createExactNumeric("1", pos));
        } else if (substring.FOR() != null
                && substring.FOR().getSymbol().getTokenIndex()
                        < substring.FROM().getSymbol().getTokenIndex()) {
            arguments = List.of(arguments.get(0), arguments.get(2), arguments.get(1));
        }
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw KadeException.of(ErrorCode.UNDEFINED_FUNCTION, "substring takes a text, a start and a length")
                    .at(Places.of(substring.getStart()));
        }
        return SqlStdOperatorTable.SUBSTRING.createCall(pos, arguments);
    }

    SqlNode trim(TrimContext trim) {
        SqlParserPos pos = Places.pos(trim);
        List<SqlNode> arguments = ast.expressions.all(trim.expression());
        SqlTrimFunction.Flag flag = trim.LEADING() != null
                ? SqlTrimFunction.Flag.LEADING
                : trim.TRAILING() != null ? SqlTrimFunction.Flag.TRAILING : SqlTrimFunction.Flag.BOTH;
        SqlNode blank = SqlLiteral.createCharString(" ", pos);
        boolean charactersFirst = trim.FROM() != null;
        SqlNode characters = arguments.size() == 1 ? blank : arguments.get(charactersFirst ? 0 : 1);
        SqlNode value = arguments.size() == 2 && charactersFirst ? arguments.get(1) : arguments.get(0);
        return SqlStdOperatorTable.TRIM.createCall(pos, flag.symbol(pos), characters, value);
    }

    /** Nodes with a position that covers them all. */
    static SqlNodeList list(List<SqlNode> nodes) {
        return new SqlNodeList(nodes, nodes.isEmpty() ? SqlParserPos.ZERO : SqlParserPos.sum(nodes));
    }
}
