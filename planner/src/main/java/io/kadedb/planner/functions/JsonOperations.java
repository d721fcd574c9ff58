package io.kadedb.planner.functions;

import static io.kadedb.planner.functions.TypedOperands.Nulls.ALWAYS;
import static io.kadedb.planner.functions.TypedOperands.Nulls.ANY;
import static io.kadedb.planner.functions.TypedOperands.Nulls.NEVER;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.planner.functions.TypedOperands.Nulls;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;

/** The operators and functions of json and jsonb. */
public final class JsonOperations {
    /** Types of {@code @>} and {@code <@} over documents. */
    static final Typing CONTAINMENT = Signatures.of("jsonb, jsonb -> boolean");

    private JsonOperations() {}

    /** The function an operator stands for over arguments of these types, if it is one of ours over documents. */
    public static Optional<ScalarFunction> of(String operator, List<SqlType> args) {
        if (args.size() != 2 || !args.getFirst().isJson()) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (operator) {
                    case "->" -> ScalarFunction.JSON_GET;
                    case "->>" -> ScalarFunction.JSON_GET_TEXT;
                    case "#>" -> ScalarFunction.JSON_GET_PATH;
                    case "#>>" -> ScalarFunction.JSON_GET_PATH_TEXT;
                    case "#-" -> ScalarFunction.JSON_DELETE_PATH;
                    case "@>" -> ScalarFunction.JSON_CONTAINS;
                    case "<@" -> ScalarFunction.JSON_CONTAINED;
                    case "?" -> ScalarFunction.JSON_HAS_KEY;
                    case "?|" -> ScalarFunction.JSON_HAS_ANY_KEY;
                    case "?&" -> ScalarFunction.JSON_HAS_ALL_KEYS;
                    case "@?" -> ScalarFunction.JSON_PATH_ANY;
                    case "@@" -> ScalarFunction.JSON_PATH_TRUE;
                    case "-" -> ScalarFunction.JSON_DELETE;
                    case "||" -> args.get(1).id() == TypeId.JSONB ? ScalarFunction.JSON_CONCAT : null;
                    default -> null;
                });
    }

    /** Concatenation of documents; an unknown beside one is one. */
    static Optional<Typing.Resolution> concat(List<Operand> operands) {
        boolean documents = operands.size() == 2
                && operands.stream()
                        .allMatch(operand -> operand.unknown() || operand.type().id() == TypeId.JSONB)
                && !operands.stream().allMatch(Operand::unknown);
        return documents
                ? Optional.of(new Typing.Resolution(List.of(SqlType.JSONB, SqlType.JSONB), SqlType.JSONB))
                : Optional.empty();
    }

    /** {@code j['a'][1]}: keys and indexes, which follow a path as texts. */
    static Optional<Typing.Resolution> subscript(List<Operand> operands) {
        if (operands.getFirst().type().id() != TypeId.JSONB) {
            return Optional.empty();
        }
        List<SqlType> wanted = new ArrayList<>(List.of(SqlType.JSONB));
        for (Operand step : operands.subList(1, operands.size())) {
            boolean fits = step.unknown() || step.type().isText() || step.type().isInteger();
            if (!fits) {
                throw KadeException.of(
                                ErrorCode.DATATYPE_MISMATCH, "subscript type " + step.type() + " is not supported")
                        .hint("jsonb subscript must be coercible to either integer or text");
            }
            wanted.add(SqlType.TEXT);
        }
        return Optional.of(new Typing.Resolution(wanted, SqlType.JSONB));
    }

    static List<SqlOperator> operators() {
        return List.of(
                operator(
                        "->",
                        ALWAYS,
                        "jsonb, text -> jsonb",
                        "jsonb, integer -> jsonb",
                        "json, text -> json",
                        "json, integer -> json"),
                operator(
                        "->>",
                        ALWAYS,
                        "jsonb, text -> text",
                        "jsonb, integer -> text",
                        "json, text -> text",
                        "json, integer -> text"),
                operator("#>", ALWAYS, "jsonb, text[] -> jsonb", "json, text[] -> json"),
                operator("#>>", ALWAYS, "jsonb, text[] -> text", "json, text[] -> text"),
                operator("#-", ANY, "jsonb, text[] -> jsonb"),
                operator("@?", ALWAYS, "jsonb, jsonpath -> boolean"),
                operator("?", ANY, "jsonb, text -> boolean"),
                operator("?|", ANY, "jsonb, text[] -> boolean"),
                operator("?&", ANY, "jsonb, text[] -> boolean"));
    }

    private static SqlOperator operator(String name, Nulls nulls, String... signatures) {
        return operator(name, nulls, Signatures.of(signatures));
    }

    private static SqlOperator operator(String name, Nulls nulls, Typing typing) {
        TypedOperands operands = new TypedOperands(typing, nulls);
        return new SqlBinaryOperator(name, SqlKind.OTHER, 32, true, operands, null, operands);
    }

    static List<SqlOperator> functions() {
        List<SqlOperator> all = new ArrayList<>();
        both(all, ScalarFunction.JSON_TYPEOF, ANY, "_typeof", "* -> text");
        both(all, ScalarFunction.JSON_ARRAY_LENGTH, ANY, "_array_length", "* -> integer");
        both(all, ScalarFunction.JSON_EXTRACT_PATH, ALWAYS, "_extract_path", "*, text... -> *");
        both(all, ScalarFunction.JSON_EXTRACT_PATH_TEXT, ALWAYS, "_extract_path_text", "*, text... -> text");
        both(all, ScalarFunction.JSON_STRIP_NULLS, ANY, "_strip_nulls", "* -> *", "*, boolean -> *");
        both(all, ScalarFunction.JSON_BUILD_OBJECT, NEVER, "_build_object", "-> *", "any... -> *");
        both(all, ScalarFunction.JSON_BUILD_ARRAY, NEVER, "_build_array", "-> *", "any... -> *");
        for (ScalarFunction path : List.of(
                ScalarFunction.JSON_PATH_EXISTS,
                ScalarFunction.JSON_PATH_EXISTS_TZ,
                ScalarFunction.JSON_PATH_MATCH,
                ScalarFunction.JSON_PATH_MATCH_TZ)) {
            add(all, path.sqlName(), path, ALWAYS, path("boolean"));
        }
        add(all, "jsonb_path_query_array", ScalarFunction.JSON_PATH_QUERY_ARRAY, ANY, path("jsonb"));
        add(all, "jsonb_path_query_array_tz", ScalarFunction.JSON_PATH_QUERY_ARRAY_TZ, ANY, path("jsonb"));
        add(all, "jsonb_path_query_first", ScalarFunction.JSON_PATH_QUERY_FIRST, ALWAYS, path("jsonb"));
        add(all, "jsonb_path_query_first_tz", ScalarFunction.JSON_PATH_QUERY_FIRST_TZ, ALWAYS, path("jsonb"));
        add(all, "to_jsonb", ScalarFunction.TO_JSON, ANY, "any -> jsonb");
        add(all, "to_json", ScalarFunction.TO_JSON, ANY, "any -> json");
        add(all, KadeOperators.ROW_TO_JSON, ScalarFunction.ROW_TO_JSON, NEVER, "any... -> json");
        constructor(all, KadeOperators.JSON_OBJECT, ScalarFunction.JSON_OBJECT, "boolean, boolean");
        constructor(all, KadeOperators.JSON_ARRAY, ScalarFunction.JSON_ARRAY, "boolean");
        add(all, KadeOperators.JSON_UNIQUE, ScalarFunction.JSON_UNIQUE, ANY, "json -> json");
        all.add(new KadeFunction(
                KadeOperators.SQL_JSON,
                ScalarFunction.SQL_JSON,
                new TypedOperands(SqlJsonTyping::function, ALWAYS),
                false));
        all.add(new KadeFunction(
                KadeOperators.IS_JSON, ScalarFunction.IS_JSON, new TypedOperands(SqlJsonTyping::test, ANY), false));
        add(all, "jsonb_pretty", ScalarFunction.JSON_PRETTY, ANY, "jsonb -> text");
        add(
                all,
                "jsonb_set",
                ScalarFunction.JSON_SET,
                ANY,
                "jsonb, text[], jsonb -> jsonb",
                "jsonb, text[], jsonb, boolean -> jsonb");
        add(
                all,
                "jsonb_insert",
                ScalarFunction.JSON_INSERT,
                ANY,
                "jsonb, text[], jsonb -> jsonb",
                "jsonb, text[], jsonb, boolean -> jsonb");
        return all;
    }

    /** A constructor of SQL/JSON; without RETURNING it makes a jsonb if something in it is one. */
    private static void constructor(List<SqlOperator> all, String name, ScalarFunction function, String options) {
        Typing json = Signatures.of(options + " -> json", options + ", any... -> json");
        String[] binary = {options + " -> jsonb", options + ", any... -> jsonb"};
        Typing either = operands -> json.resolve(operands)
                .map(found ->
                        operands.stream().anyMatch(operand -> operand.type().id() == TypeId.JSONB)
                                ? new Typing.Resolution(found.operands(), SqlType.JSONB)
                                : found);
        all.add(new KadeFunction(name, function, new TypedOperands(either, NEVER), false));
        add(all, name + "b", function, NEVER, binary);
    }

    /** The arguments of the functions of paths: document, path, variables, and whether errors are silent. */
    static String[] path(String result) {
        String given = "jsonb, jsonpath";
        return new String[] {
            given + " -> " + result, given + ", jsonb -> " + result, given + ", jsonb, boolean -> " + result
        };
    }

    /** A function under its names for jsonb and json, whose type is * in the signatures. */
    private static void both(
            List<SqlOperator> all, ScalarFunction function, Nulls nulls, String ending, String... signatures) {
        for (String type : List.of("jsonb", "json")) {
            String[] typed = signatures.clone();
            for (int i = 0; i < typed.length; i++) {
                typed[i] = typed[i].replace("*", type);
            }
            add(all, type + ending, function, nulls, typed);
        }
    }

    private static void add(
            List<SqlOperator> all, String name, ScalarFunction function, Nulls nulls, String... signatures) {
        all.add(new KadeFunction(name, function, new TypedOperands(Signatures.of(signatures), nulls), false));
    }
}
