package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.grammar.KadeSqlParser.FunctionArgumentContext;
import io.kadedb.parser.grammar.KadeSqlParser.FunctionCallContext;
import io.kadedb.parser.graph.GraphFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Arguments of a call by the names of parameters: {@code make_interval(days => 3)} (PostgreSQL manual, 4.3). */
final class NamedArguments {
    private static final List<String> PATH = List.of("target", "path", "vars='{}'", "silent");

    /**
     * The names of parameters, as PostgreSQL has them; those that may be left out with what they are then, nothing for NULL,
     * or with a question mark if the call then has fewer arguments.
     */
    private static final Map<String, List<String>> PARAMETERS = Map.ofEntries(
            Map.entry(
                    "make_interval",
                    List.of("years=0", "months=0", "weeks=0", "days=0", "hours=0", "mins=0", "secs=0")),
            Map.entry("make_date", List.of("year", "month", "day")),
            Map.entry("make_time", List.of("hour", "min", "sec")),
            Map.entry("make_timestamp", List.of("year", "month", "mday", "hour", "min", "sec")),
            Map.entry("make_timestamptz", List.of("year", "month", "mday", "hour", "min", "sec", "timezone")),
            Map.entry("time_bucket", List.of("bucket_width", "ts", "timezone?", "origin?", "offset?")),
            Map.entry("time_bucket_gapfill", List.of("bucket_width", "ts", "timezone?", "start=", "finish=")),
            Map.entry("locf", List.of("value", "prev=", "treat_null_as_missing")),
            Map.entry("interpolate", List.of("value", "prev=", "next=")),
            Map.entry("random", List.of("min", "max")),
            Map.entry("jsonb_set", List.of("jsonb_in", "path", "replacement", "create_if_missing")),
            Map.entry("jsonb_insert", List.of("jsonb_in", "path", "replacement", "insert_after")),
            Map.entry("regexp_count", List.of("string", "pattern", "start", "flags")),
            Map.entry("regexp_instr", List.of("string", "pattern", "start", "N", "endoption", "flags", "subexpr")),
            Map.entry("regexp_like", List.of("string", "pattern", "flags")),
            Map.entry("regexp_match", List.of("string", "pattern", "flags")),
            Map.entry("regexp_matches", List.of("string", "pattern", "flags")),
            Map.entry("regexp_split_to_array", List.of("string", "pattern", "flags")),
            Map.entry("regexp_split_to_table", List.of("string", "pattern", "flags")),
            Map.entry("regexp_substr", List.of("string", "pattern", "start", "N", "flags", "subexpr")),
            Map.entry("jsonb_path_exists", PATH),
            Map.entry("jsonb_path_exists_tz", PATH),
            Map.entry("jsonb_path_match", PATH),
            Map.entry("jsonb_path_match_tz", PATH),
            Map.entry("jsonb_path_query", PATH),
            Map.entry("jsonb_path_query_tz", PATH),
            Map.entry("jsonb_path_query_array", PATH),
            Map.entry("jsonb_path_query_array_tz", PATH),
            Map.entry("jsonb_path_query_first", PATH),
            Map.entry("jsonb_path_query_first_tz", PATH),
            Map.entry("array_sort", List.of("array", "descending", "nulls_first")));

    private final AstBuilder ast;
    private final FunctionCallContext call;

    NamedArguments(AstBuilder ast, FunctionCallContext call) {
        this.ast = ast;
        this.call = call;
    }

    /**
     * The arguments in the order of the parameters.
     *
     * @throws KadeException 42601 if one comes twice, or without a name behind one with a name; 42883 if the function has no
     *     such parameters
     */
    List<SqlNode> operands(List<FunctionArgumentContext> arguments) {
        List<SqlNode> operands = new ArrayList<>();
        if (arguments.stream().allMatch(argument -> argument.identifier() == null)) {
            arguments.forEach(argument -> operands.add(ast.expressions.expression(argument.expression())));
            return operands;
        }
        if (GraphFunctions.NAMES.contains(
                ast.functions.name(call.functionName()).toString())) {
            arguments.forEach(argument -> operands.add(assigned(argument)));
            return operands;
        }
        List<String> parameters =
                PARAMETERS.getOrDefault(ast.functions.name(call.functionName()).toString(), List.of());
        @Nullable SqlNode[] places = new SqlNode[Math.max(parameters.size(), arguments.size())];
        boolean named = false;
        for (int i = 0; i < arguments.size(); i++) {
            FunctionArgumentContext argument = arguments.get(i);
            int place = i;
            if (argument.identifier() != null) {
                named = true;
                place = place(parameters, argument);
            } else if (named) {
                throw KadeException.of(ErrorCode.SYNTAX_ERROR, "positional argument cannot follow named argument")
                        .at(Places.of(argument.getStart()));
            }
            if (places[place] != null) {
                throw twice(argument, arguments.subList(0, i));
            }
            places[place] = ast.expressions.expression(argument.expression());
        }
        int last = places.length - 1;
        while (places[last] == null) {
            last--;
        }
        for (int i = 0; i <= last; i++) {
            SqlNode given = places[i];
            if (given != null) {
                operands.add(given);
            } else if (!parameters.get(i).endsWith("?")) {
                operands.add(missing(parameters.get(i)));
            }
        }
        return operands;
    }

    /** An argument with its name, which only the graph can tell the meaning of. */
    private SqlNode assigned(FunctionArgumentContext argument) {
        SqlNode value = ast.expressions.expression(argument.expression());
        return argument.identifier() == null
                ? value
                : SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(
                        Places.pos(argument), value, ast.names.identifier(argument.identifier()));
    }

    private int place(List<String> parameters, FunctionArgumentContext argument) {
        String name = ast.names.text(argument.identifier());
        for (int i = 0; i < parameters.size(); i++) {
            if (name(parameters.get(i)).equals(name)) {
                return i;
            }
        }
        throw unknown("it has no parameter \"" + name + "\"");
    }

    private static String name(String parameter) {
        return parameter.split("[=?]")[0];
    }

    private KadeException twice(FunctionArgumentContext argument, List<FunctionArgumentContext> before) {
        String name = ast.names.text(argument.identifier());
        boolean again = before.stream()
                .anyMatch(other -> other.identifier() != null
                        && ast.names.text(other.identifier()).equals(name));
        return again
                ? KadeException.of(ErrorCode.SYNTAX_ERROR, "argument name \"" + name + "\" used more than once")
                        .at(Places.of(argument.getStart()))
                : unknown("its parameter \"" + name + "\" is given by place and by name");
    }

    private SqlNode missing(String parameter) {
        int value = parameter.indexOf('=');
        if (value < 0) {
            throw unknown("its parameter \"" + parameter + "\" is not given");
        }
        String text = parameter.substring(value + 1);
        if (text.isEmpty()) {
            return SqlLiteral.createNull(SqlParserPos.ZERO);
        }
        return text.startsWith("'")
                ? SqlLiteral.createCharString(text.substring(1, text.length() - 1), SqlParserPos.ZERO)
                : SqlLiteral.createExactNumeric(text, SqlParserPos.ZERO);
    }

    private KadeException unknown(String hint) {
        return KadeException.of(
                        ErrorCode.UNDEFINED_FUNCTION,
                        "function " + ast.functions.name(call.functionName())
                                + " with arguments of these names does not exist")
                .at(Places.of(call.getStart()))
                .hint(hint);
    }
}
