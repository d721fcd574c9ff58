package io.kadedb.planner.functions;

import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.physical.WindowFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.util.Optionality;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Everything a statement may call, by name. Immutable. */
@SuppressWarnings("ReferenceEquality") // operators are constants
public final class KadeOperatorTable implements SqlOperatorTable {
    /** {@code $single_row(value, rows, outer)}: the value of a scalar subquery that has become a join. */
    public static final String SINGLE_ROW = "$single_row";

    /** {@code $gap(aggregate)}: the aggregate, which is NULL in the rows that gap filling adds. */
    public static final String GAP = "$gap";

    public static final SqlBinaryOperator PLUS = arithmetic("+", SqlKind.PLUS, 40, Arithmetic.ADD);
    public static final SqlBinaryOperator MINUS = arithmetic("-", SqlKind.MINUS, 40, Arithmetic.SUBTRACT);
    public static final SqlBinaryOperator MULTIPLY = arithmetic("*", SqlKind.TIMES, 60, Arithmetic.MULTIPLY);
    public static final SqlBinaryOperator DIVIDE = arithmetic("/", SqlKind.DIVIDE, 60, Arithmetic.DIVIDE);
    public static final SqlBinaryOperator PERCENT = arithmetic("%", SqlKind.MOD, 60, Arithmetic.MODULO);
    public static final SqlBinaryOperator CONCAT = binary(
            "||",
            SqlKind.OTHER,
            60,
            Typing.anyOf(
                    ArrayTyping::concat,
                    JsonOperations::concat,
                    SearchOperations.CONCAT,
                    KadeOperatorTable::concat,
                    Signatures.of("bytea, bytea -> bytea")));
    public static final SqlBinaryOperator REGEX_MATCH =
            binary("~", SqlKind.OTHER, 32, Signatures.of("text, text -> boolean"));
    public static final SqlBinaryOperator REGEX_IMATCH =
            binary("~*", SqlKind.OTHER, 32, Signatures.of("text, text -> boolean"));
    public static final SqlBinaryOperator REGEX_NOT_MATCH =
            binary("!~", SqlKind.OTHER, 32, Signatures.of("text, text -> boolean"));
    public static final SqlBinaryOperator REGEX_NOT_IMATCH =
            binary("!~*", SqlKind.OTHER, 32, Signatures.of("text, text -> boolean"));

    private static final Typing CONTAINMENT =
            Typing.anyOf(ArrayTyping.of("array, array -> boolean"), JsonOperations.CONTAINMENT);
    public static final SqlBinaryOperator CONTAINS = binary("@>", SqlKind.OTHER, 32, CONTAINMENT);
    public static final SqlBinaryOperator CONTAINED = binary("<@", SqlKind.OTHER, 32, CONTAINMENT);
    public static final SqlBinaryOperator OVERLAPS = binary(
            "&&", SqlKind.OTHER, 32, Typing.anyOf(ArrayTyping.of("array, array -> boolean"), SearchOperations.BOTH));

    private static final Typing BITS =
            Signatures.of("smallint, smallint -> smallint", "integer, integer -> integer", "bigint, bigint -> bigint");
    private static final Typing SHIFTS =
            Signatures.of("smallint, integer -> smallint", "integer, integer -> integer", "bigint, integer -> bigint");

    private static final IdentityHashMap<SqlOperator, ScalarFunction> OF_OPERATOR = new IdentityHashMap<>();

    static {
        OF_OPERATOR.put(CONCAT, ScalarFunction.CONCAT);
        OF_OPERATOR.put(REGEX_MATCH, ScalarFunction.REGEX_MATCH);
        OF_OPERATOR.put(REGEX_IMATCH, ScalarFunction.REGEX_IMATCH);
        OF_OPERATOR.put(CONTAINS, ScalarFunction.CONTAINS);
        OF_OPERATOR.put(CONTAINED, ScalarFunction.CONTAINED);
        OF_OPERATOR.put(OVERLAPS, ScalarFunction.OVERLAPS);
        // Over documents it is found before, by its name.
        TypedOperands match = new TypedOperands(SearchOperations.MATCH, TypedOperands.Nulls.ALWAYS);
        OF_OPERATOR.put(
                new SqlBinaryOperator("@@", SqlKind.OTHER, 32, true, match, null, match), ScalarFunction.TS_MATCH);
        OF_OPERATOR.put(binary("&", SqlKind.OTHER, 32, BITS), ScalarFunction.BITS_AND);
        OF_OPERATOR.put(binary("|", SqlKind.OTHER, 32, BITS), ScalarFunction.BITS_OR);
        OF_OPERATOR.put(binary("#", SqlKind.OTHER, 32, BITS), ScalarFunction.BITS_XOR);
        OF_OPERATOR.put(binary("<<", SqlKind.OTHER, 32, SHIFTS), ScalarFunction.SHIFT_LEFT);
        OF_OPERATOR.put(binary(">>", SqlKind.OTHER, 32, SHIFTS), ScalarFunction.SHIFT_RIGHT);
        TypedOperands integer = new TypedOperands(
                Signatures.of("smallint -> smallint", "integer -> integer", "bigint -> bigint"),
                TypedOperands.Nulls.ANY);
        OF_OPERATOR.put(new SqlPrefixOperator("~", SqlKind.OTHER, 80, integer, null, integer), ScalarFunction.BITS_NOT);
    }

    private static final SqlOperandTypeChecker TEXTS = OperandTypes.STRING.or(OperandTypes.STRING_STRING);

    public static final KadeOperatorTable INSTANCE = new KadeOperatorTable();

    private final List<SqlOperator> operators = new ArrayList<>();
    private final Map<String, List<SqlOperator>> byName = new HashMap<>();

    private KadeOperatorTable() {
        standard();
        aggregates();
        List.of(
                        PLUS,
                        MINUS,
                        MULTIPLY,
                        DIVIDE,
                        PERCENT,
                        REGEX_NOT_MATCH,
                        REGEX_NOT_IMATCH,
                        new KadeCast(),
                        KadeOperators.INTERVAL_LITERAL)
                .forEach(this::add);
        OF_OPERATOR.keySet().forEach(this::add);
        // The parser writes regular expression operators by Calcite's names.
        named("POSIX REGEX CASE SENSITIVE", REGEX_MATCH);
        named("POSIX REGEX CASE INSENSITIVE", REGEX_IMATCH);
        named("NEGATED POSIX REGEX CASE SENSITIVE", REGEX_NOT_MATCH);
        named("NEGATED POSIX REGEX CASE INSENSITIVE", REGEX_NOT_IMATCH);
        JsonOperations.operators().forEach(this::add);
        FunctionCatalog.all().forEach(this::add);
        for (WindowFunction function : WindowFunction.values()) {
            add(KadeWindowFunction.of(function));
        }
        KadeFrameOffset.all().forEach(this::add);
        KadeAggregate.all().forEach(this::add);
        KadeTableFunction.all().forEach(this::add);
        add(SqlStdOperatorTable.COLLECTION_TABLE);
    }

    private void standard() {
        List.of(
                        SqlStdOperatorTable.AND,
                        SqlStdOperatorTable.OR,
                        SqlStdOperatorTable.NOT,
                        SqlStdOperatorTable.EQUALS,
                        SqlStdOperatorTable.NOT_EQUALS,
                        SqlStdOperatorTable.LESS_THAN,
                        SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                        SqlStdOperatorTable.GREATER_THAN,
                        SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
                        SqlStdOperatorTable.IS_DISTINCT_FROM,
                        SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                        SqlStdOperatorTable.IS_NULL,
                        SqlStdOperatorTable.IS_NOT_NULL,
                        SqlStdOperatorTable.IS_TRUE,
                        SqlStdOperatorTable.IS_NOT_TRUE,
                        SqlStdOperatorTable.IS_FALSE,
                        SqlStdOperatorTable.IS_NOT_FALSE,
                        SqlStdOperatorTable.IS_UNKNOWN,
                        SqlStdOperatorTable.IS_NOT_UNKNOWN,
                        SqlStdOperatorTable.UNARY_MINUS,
                        SqlStdOperatorTable.UNARY_PLUS,
                        SqlStdOperatorTable.BETWEEN,
                        SqlStdOperatorTable.NOT_BETWEEN,
                        SqlStdOperatorTable.SYMMETRIC_BETWEEN,
                        SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN,
                        SqlStdOperatorTable.IN,
                        SqlStdOperatorTable.NOT_IN,
                        SqlStdOperatorTable.EXISTS,
                        SqlStdOperatorTable.LIKE,
                        SqlStdOperatorTable.NOT_LIKE,
                        SqlLibraryOperators.ILIKE,
                        SqlLibraryOperators.NOT_ILIKE,
                        SqlStdOperatorTable.NULLIF,
                        SqlStdOperatorTable.CASE,
                        SqlStdOperatorTable.ROW,
                        SqlStdOperatorTable.AS,
                        SqlStdOperatorTable.DESC,
                        SqlStdOperatorTable.NULLS_FIRST,
                        SqlStdOperatorTable.NULLS_LAST,
                        SqlStdOperatorTable.LATERAL,
                        SqlStdOperatorTable.SCALAR_QUERY,
                        SqlStdOperatorTable.DEFAULT,
                        SqlStdOperatorTable.TRIM,
                        SqlStdOperatorTable.UNION,
                        SqlStdOperatorTable.UNION_ALL,
                        SqlStdOperatorTable.INTERSECT,
                        SqlStdOperatorTable.INTERSECT_ALL,
                        SqlStdOperatorTable.EXCEPT,
                        SqlStdOperatorTable.EXCEPT_ALL,
                        SqlStdOperatorTable.VALUES,
                        SqlStdOperatorTable.EXPLICIT_TABLE,
                        SqlStdOperatorTable.GROUPING,
                        SqlStdOperatorTable.GROUPING_SETS,
                        SqlStdOperatorTable.ROLLUP,
                        SqlStdOperatorTable.CUBE,
                        SqlStdOperatorTable.OVER,
                        SqlStdOperatorTable.FILTER,
                        SqlStdOperatorTable.WITHIN_GROUP)
                .forEach(this::add);
        SqlStdOperatorTable.QUANTIFY_OPERATORS.forEach(this::add);
    }

    private void aggregates() {
        add(SqlStdOperatorTable.COUNT);
        add(SqlStdOperatorTable.SUM);
        add(SqlStdOperatorTable.AVG);
        add(SqlStdOperatorTable.MIN);
        add(SqlStdOperatorTable.MAX);
        add(SqlStdOperatorTable.ANY_VALUE);
        add(SqlStdOperatorTable.SINGLE_VALUE);
        add(SqlLibraryOperators.BOOL_AND);
        add(SqlLibraryOperators.BOOL_OR);
        // Of its own kind it would become Calcite's LISTAGG.
        add(gathering("STRING_AGG", SqlKind.OTHER_FUNCTION, ReturnTypes.ARG0, TEXTS));
        add(gathering("LISTAGG", SqlKind.LISTAGG, ReturnTypes.ARG0, TEXTS));
        // Elements may be NULL whatever the argument is: the type must stay when a grouping set makes the argument
        // nullable.
        SqlReturnTypeInference array = ReturnTypes.ARG0_FORCE_NULLABLE.andThen(SqlTypeTransforms.TO_ARRAY);
        add(gathering("ARRAY_AGG", SqlKind.ARRAY_AGG, array, OperandTypes.ANY));
        named("every", SqlLibraryOperators.BOOL_AND);
        add(sample("STDDEV", SqlKind.STDDEV_SAMP));
        add(sample("STDDEV_SAMP", SqlKind.STDDEV_SAMP));
        add(SqlStdOperatorTable.STDDEV_POP);
        add(sample("VAR_SAMP", SqlKind.VAR_SAMP));
        add(SqlStdOperatorTable.VAR_POP);
        add(sample("VARIANCE", SqlKind.VAR_SAMP));
    }

    /** NULL of one value too; Calcite knows that of one of these only. */
    private static SqlOperator sample(String name, SqlKind kind) {
        return SqlBasicAggFunction.create(
                        name,
                        kind,
                        ReturnTypes.AVG_AGG_FUNCTION.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                        OperandTypes.NUMERIC)
                .withFunctionType(SqlFunctionCategory.NUMERIC);
    }

    /**
     * NULL of no values, as FILTER may leave, whatever they are. Calcite's own take the order of rows as an operand, which it
     * does not know again under FILTER.
     */
    private static SqlOperator gathering(
            String name, SqlKind kind, SqlReturnTypeInference result, SqlOperandTypeChecker operands) {
        return SqlBasicAggFunction.create(
                        name,
                        kind,
                        ReturnTypes.andThen(
                                ReturnTypes::stripOrderBy, result.andThen(SqlTypeTransforms.FORCE_NULLABLE)),
                        operands)
                .withFunctionType(SqlFunctionCategory.SYSTEM)
                .withSyntax(SqlSyntax.ORDERED_FUNCTION)
                .withAllowsNullTreatment(kind == SqlKind.ARRAY_AGG)
                .withGroupOrder(Optionality.OPTIONAL);
    }

    private void add(SqlOperator operator) {
        named(operator.getName(), operator);
    }

    private void named(String name, SqlOperator operator) {
        operators.add(operator);
        byName.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                .add(operator);
    }

    /** The function of a name, the first if there are several. */
    public Optional<SqlOperator> function(String name) {
        return byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .filter(operator -> operator instanceof SqlFunction)
                .findFirst();
    }

    /** The names of all functions, for suggestions. */
    public List<String> functionNames() {
        return operators.stream()
                .filter(operator -> operator.getSyntax().family == SqlSyntax.FUNCTION)
                .map(operator -> operator.getName().toLowerCase(Locale.ROOT))
                .filter(name -> !name.startsWith("$"))
                .distinct()
                .toList();
    }

    private static SqlBinaryOperator arithmetic(String name, SqlKind kind, int precedence, Typing typing) {
        return binary(name, kind, precedence, typing);
    }

    private static SqlBinaryOperator binary(String name, SqlKind kind, int precedence, Typing typing) {
        TypedOperands operands = new TypedOperands(typing, TypedOperands.Nulls.ANY);
        return new SqlBinaryOperator(name, kind, precedence, true, operands, null, operands);
    }

    /** Text with anything that is written as text; two unknowns are text. */
    private static Optional<Typing.Resolution> concat(List<Operand> operands) {
        boolean text = operands.stream().anyMatch(operand -> operand.type().isText())
                || operands.stream().allMatch(Operand::unknown);
        return text ? Signatures.of("any... -> text").resolve(operands) : Optional.empty();
    }

    /** The function a call stands for when its operator is one of the binary operators above. */
    public static Optional<ScalarFunction> ofOperator(SqlOperator operator) {
        return Optional.ofNullable(OF_OPERATOR.get(operator));
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier opName,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operatorList,
            SqlNameMatcher nameMatcher) {
        if (!opName.isSimple()) {
            return;
        }
        for (SqlOperator operator : byName.getOrDefault(opName.getSimple().toLowerCase(Locale.ROOT), List.of())) {
            if (operator.getSyntax().family == syntax.family
                    || (syntax == SqlSyntax.FUNCTION && operator instanceof SqlFunction)) {
                operatorList.add(operator);
            }
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return List.copyOf(operators);
    }
}
