package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import io.kadedb.parser.path.JsonOptions;
import io.kadedb.parser.path.JsonOptions.Behaviour;
import io.kadedb.parser.path.JsonOptions.Kind;
import io.kadedb.parser.path.JsonOptions.Wrapper;
import io.kadedb.parser.path.JsonPath;
import io.kadedb.parser.path.JsonTableShape;
import io.kadedb.parser.path.JsonTableShape.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** JSON_EXISTS, JSON_QUERY, JSON_VALUE, JSON_TABLE and IS JSON, which become calls of functions without a name. */
final class SqlJsonBuilder {
    private final AstBuilder ast;

    SqlJsonBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    /** What is written behind a path. */
    private record Clauses(
            @Nullable JsonWrapperContext wrapper,
            @Nullable JsonQuotesContext quotes,
            List<JsonBehaviourContext> behaviours) {}

    SqlNode isJson(SqlNode value, JsonTailContext is) {
        require(is.IDENT().getSymbol(), "json");
        SqlParserPos pos = value.getParserPosition().plus(Places.pos(is));
        String kind = is.VALUE() != null
                ? "value"
                : is.SCALAR() != null
                        ? "scalar"
                        : is.ARRAY() != null ? "array" : is.OBJECT() != null ? "object" : "value";
        boolean unique = is.UNIQUE() != null && is.WITH() != null;
        SqlNode call = ast.functions.named(
                KadeOperators.IS_JSON, pos, value, text(kind, pos), SqlLiteral.createBoolean(unique, pos));
        return is.NOT() == null ? call : SqlStdOperatorTable.NOT.createCall(pos, call);
    }

    private static void require(Token token, String word) {
        if (!token.getText().equalsIgnoreCase(word)) {
            throw SyntaxErrors.at(token);
        }
    }

    static void requireJson(@Nullable JsonFormatContext format) {
        if (format != null) {
            require(format.IDENT().getSymbol(), "json");
        }
    }

    SqlNode function(JsonFunctionContext function) {
        SqlParserPos pos = Places.pos(function);
        Kind kind =
                function.JSON_EXISTS() != null ? Kind.EXISTS : function.JSON_QUERY() != null ? Kind.QUERY : Kind.VALUE;
        function.jsonFormat().forEach(SqlJsonBuilder::requireJson);
        Clauses clauses = new Clauses(function.jsonWrapper(), function.jsonQuotes(), function.jsonBehaviour());
        JsonOptions options = options(kind, clauses);
        if (kind == Kind.EXISTS && function.RETURNING() != null) {
            throw SyntaxErrors.at(function.RETURNING().getSymbol());
        }
        if (kind == Kind.VALUE
                && function.RETURNING() != null
                && function.jsonFormat().stream()
                        .anyMatch(format -> format.getStart().getTokenIndex()
                                > function.RETURNING().getSymbol().getTokenIndex())) {
            throw refused("cannot specify FORMAT JSON in RETURNING clause of JSON_VALUE()", function.getStart());
        }
        SqlType type = function.typeName() != null
                ? ast.types.type(function.typeName())
                : switch (kind) {
                    case EXISTS -> SqlType.BOOLEAN;
                    case QUERY -> SqlType.JSONB;
                    case VALUE -> SqlType.TEXT;
                };
        List<SqlNode> operands = new ArrayList<>();
        operands.add(ast.expressions.expression(function.expression(0)));
        operands.add(ast.expressions.expression(function.expression(1)));
        operands.add(text(options.toString(), pos));
        operands.add(cast(SqlLiteral.createNull(pos), type));
        operands.add(defaultOf(function.jsonBehaviour(), true, type, pos));
        operands.add(defaultOf(function.jsonBehaviour(), false, type, pos));
        variables(function.jsonPassing(), operands);
        return ast.functions.named(KadeOperators.SQL_JSON, pos, operands.toArray(new SqlNode[0]));
    }

    static SqlNode cast(SqlNode value, SqlType type) {
        SqlParserPos pos = value.getParserPosition();
        return SqlStdOperatorTable.CAST.createCall(pos, value, KadeTypeNameSpec.spec(type, pos));
    }

    private static SqlNode text(String text, SqlParserPos pos) {
        return SqlLiteral.createCharString(text, pos);
    }

    private SqlNode defaultOf(List<JsonBehaviourContext> behaviours, boolean empty, SqlType type, SqlParserPos pos) {
        for (JsonBehaviourContext behaviour : behaviours) {
            if (isOnEmpty(behaviour) == empty && behaviour.DEFAULT() != null) {
                return cast(ast.expressions.expression(behaviour.expression()), type);
            }
        }
        return cast(SqlLiteral.createNull(pos), type);
    }

    /** Each with its name before it. */
    private void variables(@Nullable JsonPassingContext passing, List<SqlNode> operands) {
        if (passing == null) {
            return;
        }
        for (JsonVariableContext variable : passing.jsonVariable()) {
            requireJson(variable.jsonFormat());
            SqlNode value = ast.expressions.expression(variable.expression());
            operands.add(text(ast.names.name(variable.label()).text(), Places.pos(variable.label())));
            operands.add(variable.jsonFormat() == null ? value : cast(value, SqlType.JSON));
        }
    }

    private static boolean isOnEmpty(JsonBehaviourContext behaviour) {
        return behaviour.getStop().getType() == io.kadedb.parser.grammar.KadeSqlParser.EMPTY;
    }

    private static JsonOptions options(Kind kind, Clauses clauses) {
        Behaviour none = kind == Kind.EXISTS ? Behaviour.FALSE : Behaviour.NULL;
        Behaviour onEmpty = none;
        Behaviour onError = none;
        Token before = null;
        boolean errorSeen = false;
        for (JsonBehaviourContext written : clauses.behaviours()) {
            boolean empty = isOnEmpty(written);
            boolean misplaced = kind == Kind.EXISTS ? empty : before != null && (empty || errorSeen);
            if (misplaced) {
                throw SyntaxErrors.at(written.getStart());
            }
            before = written.getStart();
            Behaviour behaviour = behaviour(written);
            check(kind, behaviour, empty, written.getStart());
            if (empty) {
                onEmpty = behaviour;
            } else {
                onError = behaviour;
                errorSeen = true;
            }
        }
        Wrapper wrapper = wrapper(clauses.wrapper());
        JsonQuotesContext quotes = clauses.quotes();
        if (kind != Kind.QUERY && (clauses.wrapper() != null || quotes != null)) {
            throw SyntaxErrors.at(
                    clauses.wrapper() != null
                            ? clauses.wrapper().getStart()
                            : java.util.Objects.requireNonNull(quotes).getStart());
        }
        if (quotes != null && quotes.IDENT() != null) {
            require(quotes.IDENT().getSymbol(), "string");
        }
        boolean omit = quotes != null && quotes.OMIT() != null;
        if (omit && wrapper != Wrapper.NONE) {
            throw refused(
                    "SQL/JSON QUOTES behavior must not be specified when WITH WRAPPER is used",
                    java.util.Objects.requireNonNull(quotes).getStart());
        }
        return new JsonOptions(kind, wrapper, omit, onEmpty, onError);
    }

    private static KadeException refused(String message, Token token) {
        return KadeException.of(ErrorCode.SYNTAX_ERROR, message).at(Places.of(token));
    }

    private static Wrapper wrapper(@Nullable JsonWrapperContext wrapper) {
        if (wrapper == null || wrapper.WITHOUT() != null) {
            return Wrapper.NONE;
        }
        return wrapper.CONDITIONAL() == null ? Wrapper.UNCONDITIONAL : Wrapper.CONDITIONAL;
    }

    private static Behaviour behaviour(JsonBehaviourContext written) {
        if (written.DEFAULT() != null) {
            return Behaviour.DEFAULT;
        }
        if (written.OBJECT() != null) {
            return Behaviour.EMPTY_OBJECT;
        }
        String word = written.getStart().getText().toUpperCase(Locale.ROOT);
        return word.equals("EMPTY") ? Behaviour.EMPTY_ARRAY : Behaviour.valueOf(word);
    }

    private static void check(Kind kind, Behaviour behaviour, boolean empty, Token token) {
        boolean allowed = switch (kind) {
            case EXISTS ->
                switch (behaviour) {
                    case ERROR, TRUE, FALSE, UNKNOWN -> true;
                    default -> false;
                };
            case QUERY ->
                switch (behaviour) {
                    case ERROR, NULL, DEFAULT, EMPTY_ARRAY, EMPTY_OBJECT -> true;
                    default -> false;
                };
            case VALUE -> behaviour == Behaviour.ERROR || behaviour == Behaviour.NULL || behaviour == Behaviour.DEFAULT;
        };
        if (!allowed) {
            String on = empty ? "ON EMPTY" : "ON ERROR";
            String what = switch (kind) {
                case EXISTS -> "ERROR, TRUE, FALSE, or UNKNOWN is allowed in " + on + " for JSON_EXISTS().";
                case QUERY ->
                    "ERROR, NULL, EMPTY ARRAY, EMPTY OBJECT, or DEFAULT expression is allowed in " + on
                            + " for JSON_QUERY().";
                case VALUE -> "ERROR, NULL, or DEFAULT expression is allowed in " + on + " for JSON_VALUE().";
            };
            throw refused("invalid " + on + " behavior", token).detail("Only " + what);
        }
    }

    SqlNode table(JsonTableContext table) {
        SqlParserPos pos = Places.pos(table);
        requireJson(table.jsonFormat());
        JsonBehaviourContext behaviour = table.jsonBehaviour();
        boolean failing = false;
        if (behaviour != null) {
            Behaviour onError = behaviour(behaviour);
            failing = onError == Behaviour.ERROR;
            boolean allowed = !isOnEmpty(behaviour) && (failing || onError == Behaviour.EMPTY_ARRAY);
            if (!allowed) {
                throw refused("invalid ON ERROR behavior", behaviour.getStart())
                        .detail("Only EMPTY [ ARRAY ] or ERROR is allowed in the top-level ON ERROR clause.");
            }
        }
        List<SqlNode> operands = new ArrayList<>();
        operands.add(ast.expressions.expression(table.expression()));
        operands.add(text(ast.literals.string(table.string()), Places.pos(table.string())));
        operands.add(SqlLiteral.createNull(pos));
        List<Column> columns = columns(table.jsonColumns(), operands, new HashSet<>());
        int variables = operands.size();
        variables(table.jsonPassing(), operands);
        operands.set(2, text(new JsonTableShape(columns, failing, variables).toString(), pos));
        return SqlStdOperatorTable.COLLECTION_TABLE.createCall(
                pos, ast.functions.named(KadeOperators.JSON_TABLE, pos, operands.toArray(new SqlNode[0])));
    }

    private List<Column> columns(JsonColumnsContext written, List<SqlNode> operands, Set<String> names) {
        List<Column> columns = new ArrayList<>();
        for (JsonColumnContext column : written.jsonColumn()) {
            columns.add(
                    switch (column) {
                        case NestedColumnsContext nested ->
                            new JsonTableShape.Nested(
                                    path(nested.string()), columns(nested.jsonColumns(), operands, names));
                        case OrdinalityColumnContext ordinality ->
                            new JsonTableShape.Ordinality(name(ordinality.identifier(), names));
                        case ValueColumnContext value -> value(value, operands, names);
                        default -> throw SyntaxErrors.at(column.getStart());
                    });
        }
        return columns;
    }

    private String path(StringContext written) {
        String path = ast.literals.string(written);
        try {
            return JsonPath.parse(path).toString();
        } catch (KadeException e) {
            throw e.at(Places.of(written.getStart()));
        }
    }

    private String name(IdentifierContext identifier, Set<String> names) {
        String name = ast.names.text(identifier);
        if (!names.add(name)) {
            throw KadeException.of(ErrorCode.DUPLICATE_ALIAS, "duplicate JSON_TABLE column or path name: " + name)
                    .at(Places.of(identifier.getStart()));
        }
        return name;
    }

    private Column value(ValueColumnContext column, List<SqlNode> operands, Set<String> names) {
        requireJson(column.jsonFormat());
        SqlParserPos pos = Places.pos(column);
        SqlType type = ast.types.type(column.typeName());
        boolean queried = column.jsonFormat() != null
                || column.jsonWrapper() != null
                || column.jsonQuotes() != null
                || type.isJson()
                || type.isArray();
        Kind kind = column.EXISTS() != null ? Kind.EXISTS : queried ? Kind.QUERY : Kind.VALUE;
        String name = name(column.identifier(), names);
        JsonOptions options =
                options(kind, new Clauses(column.jsonWrapper(), column.jsonQuotes(), column.jsonBehaviour()));
        String path;
        if (column.string() == null) {
            StringBuilder member = new StringBuilder("$.");
            JsonbText.quote(member, name);
            path = member.toString();
        } else {
            path = path(column.string());
        }
        int witness = operands.size();
        operands.add(cast(SqlLiteral.createNull(pos), type));
        return new JsonTableShape.Value(
                name,
                path,
                options,
                witness,
                given(column.jsonBehaviour(), true, options.onEmpty(), type, operands),
                given(column.jsonBehaviour(), false, options.onError(), type, operands));
    }

    /** The number of the operand of a default; 0 for none. */
    private int given(
            List<JsonBehaviourContext> behaviours,
            boolean empty,
            Behaviour behaviour,
            SqlType type,
            List<SqlNode> operands) {
        if (behaviour != Behaviour.DEFAULT) {
            return 0;
        }
        operands.add(defaultOf(behaviours, empty, type, SqlParserPos.ZERO));
        return operands.size() - 1;
    }
}
