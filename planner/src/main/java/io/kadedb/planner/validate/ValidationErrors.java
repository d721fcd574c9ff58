package io.kadedb.planner.validate;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.functions.KadeOperatorTable;
import io.kadedb.planner.system.SystemRelations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Says in our words, with SQLSTATE, place and hint, what Calcite's validator objects to. */
public final class ValidationErrors {
    private static final List<Rule> RULES = rules();
    private static final Pattern NO_OBJECT = Pattern.compile("Object '(.*?)' not found(?:; did you mean .*)?");

    private final BoundCatalog catalog;

    public ValidationErrors(BoundCatalog catalog) {
        this.catalog = catalog;
    }

    /** One of Calcite's messages and what we say instead. */
    private record Rule(Pattern pattern, Wording wording) {}

    /** Makes an error of a message's parts. */
    @FunctionalInterface
    private interface Wording {
        KadeException error(ValidationErrors errors, Matcher parts);
    }

    private static Rule rule(String pattern, Wording wording) {
        return new Rule(Pattern.compile(pattern, Pattern.DOTALL), wording);
    }

    private static Rule rule(String pattern, ErrorCode code, String message) {
        return rule(pattern, (errors, parts) -> {
            String text = message;
            for (int i = 1; i <= parts.groupCount(); i++) {
                text = text.replace("$" + i, String.valueOf(parts.group(i)));
            }
            return KadeException.of(code, text);
        });
    }

    /** The error for the user, of a query as it was when validation began or later. */
    public KadeException translate(CalciteContextException error, SqlNode query) {
        Throwable cause = error.getCause();
        SourcePosition place = place(error);
        Matcher missing = NO_OBJECT.matcher(message(cause == null ? error : cause));
        if (missing.matches()) {
            // Of a qualified name Calcite names the schema only.
            Optional<SqlIdentifier> name = qualified(query, missing.group(1), error);
            if (name.isPresent()) {
                return noRelation(catalog.context().catalog(), String.join(".", name.get().names))
                        .at(place);
            }
        }
        return wording(message(cause == null ? error : cause), cause).at(place);
    }

    private static Optional<SqlIdentifier> qualified(SqlNode query, String first, CalciteContextException error) {
        List<SqlIdentifier> found = new ArrayList<>();
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier name) {
                SqlParserPos pos = name.getParserPosition();
                if (name.names.size() > 1
                        && name.names.getFirst().equals(first)
                        && pos.getLineNum() == error.getPosLine()
                        && pos.getColumnNum() == error.getPosColumn()) {
                    found.add(name);
                }
                return null;
            }
        });
        return found.stream().findFirst();
    }

    /** The error for the user, of a message without a place. */
    public KadeException translate(RuntimeException error) {
        return wording(message(error), error);
    }

    private static String message(Throwable error) {
        String text = error.getMessage();
        return text == null ? error.getClass().getSimpleName() : text;
    }

    private KadeException wording(String message, @Nullable Throwable cause) {
        for (Rule rule : RULES) {
            Matcher parts = rule.pattern.matcher(message);
            if (parts.matches()) {
                return rule.wording.error(this, parts);
            }
        }
        return KadeException.of(ErrorCode.SYNTAX_ERROR, "the statement cannot be understood here", cause);
    }

    private static @Nullable SourcePosition place(CalciteContextException error) {
        if (error.getPosLine() < 1 || error.getPosColumn() < 1) {
            return null;
        }
        boolean oneLine = error.getEndPosLine() == error.getPosLine();
        int length = oneLine ? error.getEndPosColumn() - error.getPosColumn() + 1 : 1;
        return new SourcePosition(error.getPosLine(), error.getPosColumn(), Math.max(1, length));
    }

    /** 42P01 with suggestions. */
    public static KadeException noRelation(CatalogSnapshot catalog, String name) {
        List<String> tables = catalog.schemas().values().stream()
                .flatMap(schema -> Stream.concat(schema.tables().keySet().stream(), schema.views().keySet().stream()))
                .collect(Collectors.toCollection(ArrayList::new));
        tables.addAll(SystemRelations.names());
        String last = name.substring(name.lastIndexOf('.') + 1);
        return KadeException.of(ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist")
                .hint(Suggestions.hint(last, tables).orElse(null));
    }

    private KadeException noObject(String name, @Nullable String within) {
        if (within == null) {
            SchemaDefinition schema = catalog.context().catalog().schemas().get(name);
            return schema != null
                    ? KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "\"" + name + "\" is a schema, not a table")
                    : noRelation(catalog.context().catalog(), name);
        }
        return noRelation(catalog.context().catalog(), within + "." + name);
    }

    private KadeException noColumn(String name, @Nullable String table) {
        Collection<String> columns = Stream.concat(
                        catalog.used().stream().flatMap(t -> t.columns().stream()),
                        catalog.usedViews().stream().flatMap(view -> view.columns().stream()))
                .map(ColumnDefinition::name)
                .toList();
        String shown = table == null ? "\"" + name + "\"" : table + "." + name;
        Optional<String> hint = Suggestions.hint(name, columns);
        return KadeException.of(ErrorCode.UNDEFINED_COLUMN, "column " + shown + " does not exist")
                .hint(hint.orElse(null));
    }

    /** What is wrong with a call of no known function: 3F000 for its schema, else 42883. */
    static KadeException noFunction(SqlIdentifier name, List<SqlType> arguments, CatalogSnapshot catalog) {
        if (name.names.size() > 1 && !catalog.schemas().containsKey(name.names.getFirst())) {
            return KadeException.of(
                    ErrorCode.INVALID_SCHEMA_NAME, "schema \"" + name.names.getFirst() + "\" does not exist");
        }
        String shown = String.join(".", name.names);
        String types = arguments.stream()
                .map(type -> type.id() == TypeId.DECIMAL ? "numeric" : type.toString())
                .collect(Collectors.joining(", "));
        Optional<String> hint = Suggestions.hint(shown, KadeOperatorTable.INSTANCE.functionNames());
        return KadeException.of(ErrorCode.UNDEFINED_FUNCTION, "function " + shown + "(" + types + ") does not exist")
                .hint(hint.orElse("no function of this name takes these arguments; an explicit cast may help"));
    }

    private static KadeException noFunction(String signature) {
        String name = signature.contains("(") ? signature.substring(0, signature.indexOf('(')) : signature;
        String clean = name.replace("`", "").replace("\"", "").toLowerCase(Locale.ROOT);
        Optional<String> hint = Suggestions.hint(clean, KadeOperatorTable.INSTANCE.functionNames());
        String arguments = signature.contains("(") ? types(signature.substring(signature.indexOf('('))) : "()";
        return KadeException.of(ErrorCode.UNDEFINED_FUNCTION, "function " + clean + arguments + " does not exist")
                .hint(hint.orElse("no function of this name takes these arguments; an explicit cast may help"));
    }

    private static KadeException cannotApply(String operator, String signature) {
        String name = operator.toLowerCase(Locale.ROOT);
        Matcher operands = Pattern.compile("<([^<>]*)>").matcher(signature);
        List<String> types = operands.results().map(r -> typeName(r.group(1))).toList();
        boolean symbol = !Character.isLetter(name.charAt(0));
        if (symbol && types.size() == 2) {
            return operator(types.get(0) + " " + name + " " + types.get(1));
        }
        if (name.equals("not")) {
            return KadeException.of(
                    ErrorCode.DATATYPE_MISMATCH,
                    "argument of NOT must be type boolean, not type " + String.join(", ", types));
        }
        if (name.equals("$scalar_query")) {
            return KadeException.of(ErrorCode.SYNTAX_ERROR, "subquery must return only one column");
        }
        if (symbol && types.size() == 1) {
            return operator(name + " " + String.join(", ", types));
        }
        if (name.equals("and") || name.equals("or")) {
            return KadeException.of(
                    ErrorCode.DATATYPE_MISMATCH,
                    "argument of " + operator.toUpperCase(Locale.ROOT) + " must be type boolean");
        }
        if ((name.equals("like") || name.equals("ilike") || name.startsWith("not ")) && types.size() >= 2) {
            return operator(types.get(0) + " " + name + " " + types.get(1));
        }
        return KadeException.of(
                        ErrorCode.UNDEFINED_FUNCTION,
                        "function " + name + "(" + String.join(", ", types) + ") does not exist")
                .hint("no function of this name takes these arguments; an explicit cast may help");
    }

    private static KadeException operator(String text) {
        return KadeException.of(ErrorCode.UNDEFINED_FUNCTION, "operator does not exist: " + text)
                .hint("no operator of this name takes these types; an explicit cast may help");
    }

    private static String types(String arguments) {
        Matcher matcher = Pattern.compile("<([^<>]*)>").matcher(arguments);
        return "("
                + String.join(
                        ", ", matcher.results().map(r -> typeName(r.group(1))).toList()) + ")";
    }

    /** Our name of one of Calcite's types as its messages show it. */
    static String typeName(String calcite) {
        String bare = calcite.replaceAll(" NOT NULL| CHARACTER SET.*", "").strip();
        String base = bare.replaceAll("\\(.*", "").strip();
        return switch (base) {
            case "VARCHAR" -> bare.contains("(") ? bare.replace("VARCHAR", "character varying") : "text";
            case "CHARACTER" -> "text";
            case "CHAR" -> bare.replace("CHAR", "character");
            case "DECIMAL" -> bare.replace("DECIMAL", "numeric").replace(" ", "");
            case "DOUBLE", "FLOAT" -> "double precision";
            case "TIMESTAMP" -> "timestamp without time zone";
            case "TIMESTAMP_WITH_LOCAL_TIME_ZONE" -> "timestamp with time zone";
            case "TIME" -> "time without time zone";
            case "VARBINARY", "BINARY" -> "bytea";
            case "NULL", "UNKNOWN" -> "unknown";
            default -> base.startsWith("INTERVAL") ? "interval" : base.toLowerCase(Locale.ROOT);
        };
    }

    private static List<Rule> rules() {
        String like = "(?:; did you mean .*)?";
        return List.of(
                rule("Object '(.*)' not found within '(.*?)'" + like, (e, m) -> e.noObject(m.group(1), m.group(2))),
                rule("Object '(.*?)' not found" + like, (e, m) -> e.noObject(m.group(1), null)),
                rule(
                        "Table '(.*?)' not found" + like,
                        ErrorCode.UNDEFINED_TABLE,
                        "missing FROM-clause entry for table \"$1\""),
                rule("Column '(.*?)' not found in any table" + like, (e, m) -> e.noColumn(m.group(1), null)),
                rule("Column '(.*?)' not found in table '(.*?)'" + like, (e, m) -> e.noColumn(m.group(1), m.group(2))),
                rule("Unknown identifier '(.*)'", (e, m) -> e.noColumn(m.group(1), null)),
                rule("Unknown field '(.*)'", (e, m) -> e.noColumn(m.group(1), null)),
                rule("Column '(.*)' is ambiguous", ErrorCode.AMBIGUOUS_COLUMN, "column reference \"$1\" is ambiguous"),
                rule(
                        "Column name '(.*)' in NATURAL join or USING clause is not unique.*",
                        ErrorCode.AMBIGUOUS_COLUMN,
                        "common column name \"$1\" appears more than once"),
                rule(
                        "Column '(.*)' matched using NATURAL keyword.*",
                        ErrorCode.DATATYPE_MISMATCH,
                        "the types of the columns \"$1\" to join by cannot be matched"),
                rule("No match found for function signature (.*)", (e, m) -> noFunction(m.group(1))),
                rule("Invalid number of arguments to function '(.*?)'.*", (e, m) -> noFunction(m.group(1))),
                rule("Function '(.*?)' is not defined", (e, m) -> noFunction(m.group(1))),
                rule(
                        "Cannot apply '(.*?)' to arguments of type '(.*?)'\\..*",
                        (e, m) -> cannotApply(m.group(1), m.group(2))),
                rule(
                        "Values passed to (.*) operator must have compatible types",
                        (e, m) -> KadeException.of(
                                ErrorCode.UNDEFINED_FUNCTION,
                                "the operands of " + m.group(1) + " have types that cannot be compared")),
                rule(
                        "Values in expression list must have compatible types",
                        ErrorCode.DATATYPE_MISMATCH,
                        "the values of the list have types that cannot be matched"),
                rule(
                        "Expression '(.*)' is not being grouped",
                        (e, m) -> KadeException.of(
                                ErrorCode.GROUPING_ERROR,
                                "column \"" + m.group(1).replace("`", "")
                                        + "\" must appear in the GROUP BY clause or be used in an aggregate"
                                        + " function")),
                rule(
                        "Aggregate expression is illegal in (.*) clause",
                        ErrorCode.GROUPING_ERROR,
                        "aggregate functions are not allowed in $1"),
                rule(
                        "Aggregate expression is illegal in ORDER BY clause of non-aggregating SELECT",
                        ErrorCode.GROUPING_ERROR,
                        "aggregate functions are not allowed in ORDER BY of a query without grouping"),
                rule(
                        "Aggregate expressions cannot be nested",
                        ErrorCode.GROUPING_ERROR,
                        "aggregate function calls cannot be nested"),
                rule(
                        "FILTER must not contain aggregate expression",
                        ErrorCode.GROUPING_ERROR,
                        "aggregate functions are not allowed in FILTER"),
                rule(
                        "FILTER must be applied to aggregate function",
                        ErrorCode.WRONG_OBJECT_TYPE,
                        "FILTER is only for aggregate functions"),
                rule(
                        "Expression '(.*)' is not in the select clause",
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "for SELECT DISTINCT, ORDER BY expressions must appear in the select list"),
                rule(
                        "(.*) clause must be a condition",
                        ErrorCode.DATATYPE_MISMATCH,
                        "argument of $1 must be type boolean"),
                rule("Expected a boolean type", ErrorCode.DATATYPE_MISMATCH, "the condition must be type boolean"),
                rule("Expected a character type", ErrorCode.DATATYPE_MISMATCH, "the argument must be text"),
                rule(
                        "Column count mismatch in (.*)",
                        ErrorCode.SYNTAX_ERROR,
                        "each $1 query must have the same number of columns"),
                rule(
                        "Type mismatch in column (\\d+) of (.*)",
                        ErrorCode.DATATYPE_MISMATCH,
                        "the types of column $1 of the $2 queries cannot be matched"),
                rule(
                        "Values passed to VALUES operator must have compatible types",
                        ErrorCode.DATATYPE_MISMATCH,
                        "VALUES types cannot be matched"),
                rule(
                        "Duplicate relation name '(.*)' in FROM clause",
                        ErrorCode.DUPLICATE_ALIAS,
                        "table name \"$1\" specified more than once"),
                rule(
                        "Duplicate name '(.*)' in column (?:alias )?list",
                        ErrorCode.DUPLICATE_COLUMN,
                        "column \"$1\" specified more than once"),
                rule(
                        "Duplicate column name '(.*)' in output",
                        ErrorCode.DUPLICATE_COLUMN,
                        "column \"$1\" specified more than once"),
                rule(
                        "List of column aliases must have same degree as table; table has (\\d+) columns.*has (\\d+)"
                                + " columns",
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "the table has $1 columns available but $2 columns specified"),
                rule(
                        "Number of columns must match number of query columns",
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "the number of column names differs from the number of columns"),
                rule(
                        "Ordinal out of range",
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "the position in ORDER BY or GROUP BY is not in the select list"),
                rule(
                        "Only scalar sub-queries allowed in select list\\.",
                        ErrorCode.SYNTAX_ERROR,
                        "subquery must return only one column"),
                rule(
                        "SELECT \\* requires a FROM clause",
                        ErrorCode.SYNTAX_ERROR,
                        "SELECT * with no tables specified is not valid"),
                rule(
                        "SELECT must have a FROM clause",
                        ErrorCode.SYNTAX_ERROR,
                        "SELECT with no tables specified is not valid"),
                rule(
                        "Illegal mixing of types in CASE or COALESCE statement",
                        ErrorCode.DATATYPE_MISMATCH,
                        "CASE types cannot be matched"),
                rule(
                        "ELSE clause or at least one THEN clause must be non-NULL",
                        ErrorCode.INDETERMINATE_DATATYPE,
                        "the type of CASE cannot be told: every result is NULL"),
                rule("Illegal use of 'NULL'", ErrorCode.INDETERMINATE_DATATYPE, "the type of NULL cannot be told here"),
                rule(
                        "Illegal use of dynamic parameter",
                        ErrorCode.INDETERMINATE_DATATYPE,
                        "the type of a parameter cannot be told here"),
                rule(
                        "Cast function cannot convert value of type (.*) to type (.*)",
                        (e, m) -> KadeException.of(
                                ErrorCode.CANNOT_COERCE,
                                "cannot cast type " + typeName(m.group(1)) + " to " + typeName(m.group(2)))),
                rule(
                        "Numeric literal '(.*)' out of range",
                        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                        "value \"$1\" is out of range"),
                rule(
                        "Aggregate expression '(.*)' must not contain a WITHIN GROUP clause",
                        (e, m) -> KadeException.of(
                                ErrorCode.UNDEFINED_FUNCTION,
                                m.group(1).toLowerCase(Locale.ROOT)
                                        + " is not an ordered-set aggregate, so it cannot have WITHIN GROUP")),
                rule(
                        "Aggregate expression '(.*)' must contain a WITHIN GROUP clause",
                        (e, m) -> KadeException.of(
                                ErrorCode.WRONG_OBJECT_TYPE,
                                "WITHIN GROUP is required for ordered-set aggregate "
                                        + m.group(1).toLowerCase(Locale.ROOT))),
                rule(
                        "Argument to GROUPING operator must be a grouped expression",
                        ErrorCode.GROUPING_ERROR,
                        "arguments to GROUPING must be grouping expressions of the associated query level"),
                rule(
                        "GROUPING operator may only occur in an aggregate query",
                        ErrorCode.GROUPING_ERROR,
                        "arguments to GROUPING must be grouping expressions of the associated query level"),
                rule(
                        "Windowed aggregate expression is illegal in (.*) clause",
                        ErrorCode.WINDOWING_ERROR,
                        "window functions are not allowed in $1"),
                rule(
                        "Window expressions are not permitted in the HAVING clause.*",
                        ErrorCode.WINDOWING_ERROR,
                        "window functions are not allowed in HAVING"),
                rule(
                        "(?:PARTITION BY|ORDER BY) expression should not contain OVER clause",
                        ErrorCode.WINDOWING_ERROR,
                        "window functions are not allowed in window definitions"),
                rule(
                        "SELECT \\* EXCLUDE list contains unknown column\\(s\\): (.*)",
                        (e, m) -> e.noColumn(m.group(1), null)),
                rule(
                        "SELECT \\* REPLACE list contains unknown column\\(s\\): (.*)",
                        (e, m) -> e.noColumn(m.group(1), null)),
                rule("Window '(.*)' not found", ErrorCode.UNDEFINED_OBJECT, "window \"$1\" does not exist"),
                rule(
                        "Duplicate window names not allowed",
                        ErrorCode.WINDOWING_ERROR,
                        "a window name is already defined"),
                rule(
                        "Cannot override window attribute",
                        ErrorCode.WINDOWING_ERROR,
                        "the window referred to has this clause already"),
                rule(
                        "PARTITION BY not allowed with existing window reference",
                        ErrorCode.WINDOWING_ERROR,
                        "cannot override PARTITION BY clause of a window"),
                rule(
                        "ORDER BY not allowed in both base and referenced windows",
                        ErrorCode.WINDOWING_ERROR,
                        "cannot override ORDER BY clause of a window"),
                rule(
                        "Referenced window cannot have framing declarations",
                        ErrorCode.WINDOWING_ERROR,
                        "cannot copy a window because it has a frame clause"),
                rule(
                        "QUALIFY expression '.*' must contain a window function",
                        ErrorCode.WINDOWING_ERROR,
                        "QUALIFY must contain a window function"),
                rule(
                        "OVER clause is necessary for window functions",
                        ErrorCode.WRONG_OBJECT_TYPE,
                        "window function requires an OVER clause"),
                rule(
                        "OVER must be applied to aggregate function",
                        ErrorCode.WRONG_OBJECT_TYPE,
                        "OVER is only for window and aggregate functions"),
                rule("DEFAULT not allowed here", ErrorCode.SYNTAX_ERROR, "DEFAULT is not allowed in this context"),
                rule(
                        "DEFAULT is only allowed for optional parameters",
                        ErrorCode.SYNTAX_ERROR,
                        "DEFAULT is not allowed in this context"),
                rule(
                        "Unequal number of entries in ROW expressions",
                        ErrorCode.SYNTAX_ERROR,
                        "unequal number of entries in row expressions"),
                rule(
                        "(?:.*)A recursive query only supports.*",
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "this form of recursive query is not built"));
    }
}
