package io.kadedb.parser.ast;

import io.kadedb.common.type.SqlType;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** Operators that only our parser makes. A validator's operator table should hold them. */
public final class KadeOperators {
    /**
     * An interval literal, {@code $interval(months, days, micros)}: three integer literals. Its type is our INTERVAL, and it
     * resolves itself, so the validator need not know it.
     */
    public static final SqlFunction INTERVAL_LITERAL = new IntervalLiteralFunction();

    /** Marks the offset of a ROWS frame: {@code $rows_offset(n)}. */
    public static final String ROWS_OFFSET = "$rows_offset";

    /** Marks the offset of a RANGE frame. */
    public static final String RANGE_OFFSET = "$range_offset";

    /** Marks the offset of a GROUPS frame. */
    public static final String GROUPS_OFFSET = "$groups_offset";

    /** {@code ARRAY[a, b]} as {@code $array(a, b)}. */
    public static final String ARRAY = "$array";

    /** {@code ARRAY(query)} as {@code $array_query((SELECT array_agg(..) FROM (query)), '{}')}. */
    public static final String ARRAY_QUERY = "$array_query";

    /** A value as a text that sorts as the value does, for SEARCH. */
    public static final String SORT_TEXT = "$sort_text";

    /** Values as the text of a row, for CYCLE. */
    public static final String ROW_TEXT = "$row_text";

    /** A row as an object: {@code $row_to_json('a', t.a, 'b', t.b)}. */
    public static final String ROW_TO_JSON = "$row_to_json";

    /** The table of the functions in a select list that give rows. */
    public static final String ROWS = "$set";

    /** {@code a[1][2]} as {@code $subscript(a, 1, 2)}. */
    public static final String SUBSCRIPT = "$subscript";

    /** JSON_EXISTS, JSON_QUERY and JSON_VALUE: document, path, options, a NULL of the result's type, defaults, variables. */
    public static final String SQL_JSON = "$sql_json";

    /** JSON_TABLE: document, path, shape, what its columns need, variables. */
    public static final String JSON_TABLE = "$json_table";

    /** JSON_OBJECT: whether members that are NULL are left out, whether keys have to be unique, keys and values by turns. */
    public static final String JSON_OBJECT = "$json_object";

    /** JSON_ARRAY: whether elements that are NULL are left out, elements. */
    public static final String JSON_ARRAY = "$json_array";

    /** JSON_ARRAYAGG, with "b" for jsonb, and then with "_strict" where NULLs are left out. */
    public static final String JSON_ARRAYAGG = "$json_arrayagg";

    /** JSON_OBJECTAGG, with "b" for jsonb, and then with "_unique" and "_strict". */
    public static final String JSON_OBJECTAGG = "$json_objectagg";

    /** JSON(text WITH UNIQUE KEYS). */
    public static final String JSON_UNIQUE = "$json_unique";

    /** IS JSON: a value, the kind of JSON that is meant, and whether keys have to be unique. */
    public static final String IS_JSON = "$is_json";

    /** {@code a[1:2]} as {@code $slice(a, 'bu', 1, 2)}. */
    public static final String SLICE = "$slice";

    /** {@code a[1] = v} as {@code $put(a, 'e1u', 1, v)}, {@code a[1:2] = v} as {@code $put(a, 'sbu', 1, 2, v)}. */
    public static final String PUT = "$put";

    /** {@code x = ANY (array)} as {@code $any('=', x, array)}. */
    public static final String ANY = "$any";

    /** {@code x = ALL (array)} as {@code $all('=', x, array)}. */
    public static final String ALL = "$all";

    public static final SqlBinaryOperator CONTAINS = binary("@>");
    public static final SqlBinaryOperator CONTAINED = binary("<@");
    public static final SqlBinaryOperator OVERLAPS = binary("&&");

    public static final SqlBinaryOperator BITS_AND = binary("&");
    public static final SqlBinaryOperator BITS_OR = binary("|");
    public static final SqlBinaryOperator BITS_XOR = binary("#");
    public static final SqlBinaryOperator SHIFT_LEFT = binary("<<");
    public static final SqlBinaryOperator SHIFT_RIGHT = binary(">>");
    public static final SqlPrefixOperator BITS_NOT = new SqlPrefixOperator("~", SqlKind.OTHER, 80, null, null, null);

    /** {@code x IN (a, b)}, whose right side is a list. */
    public static final SqlOperator IN_LIST = new InListOperator(false);

    /** {@code x NOT IN (a, b)}, whose right side is a list. */
    public static final SqlOperator NOT_IN_LIST = new InListOperator(true);

    private KadeOperators() {}

    /**
     * The name of a column at a place whose name others have too: with a mark that cannot be written in a statement, as
     * the planner marks columns of one name.
     */
    public static String repeated(String name, int place) {
        return place == 0 ? name : name + '\0' + place;
    }

    /** An operator that validation finds by its name. */
    static SqlBinaryOperator binary(String name) {
        return new SqlBinaryOperator(name, SqlKind.OTHER, 32, true, null, null, null);
    }

    /** Whether a node is {@code ARRAY[..]}. */
    public static boolean isArray(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator().getName().equals(ARRAY);
    }

    public static boolean isEmptyArray(SqlNode node) {
        return isArray(node) && ((SqlCall) node).operandCount() == 0;
    }

    /** What stands for the columns in GROUP BY ALL and ORDER BY ALL. */
    public static SqlIdentifier allColumns(SqlParserPos pos) {
        return new SqlIdentifier("$all", pos);
    }

    public static boolean isAllColumns(SqlNode node) {
        return node instanceof SqlIdentifier name
                && name.isSimple()
                && name.getSimple().equals("$all");
    }

    /** The name of a function in FROM when WITH ORDINALITY follows. */
    public static String ordinality(String function) {
        return "$" + function + "_with_ordinality";
    }

    public static SqlCall interval(IntervalValue value, SqlParserPos pos) {
        return INTERVAL_LITERAL.createCall(
                pos, number(value.months(), pos), number(value.days(), pos), number(value.micros(), pos));
    }

    /** The value, if the node is an interval literal. */
    public static Optional<IntervalValue> intervalValue(SqlNode node) {
        if (!(node instanceof SqlCall call) || !call.getOperator().equals(INTERVAL_LITERAL)) {
            return Optional.empty();
        }
        return Optional.of(new IntervalValue(
                ((SqlLiteral) call.operand(0)).getValueAs(Integer.class),
                ((SqlLiteral) call.operand(1)).getValueAs(Integer.class),
                ((SqlLiteral) call.operand(2)).getValueAs(Long.class)));
    }

    private static SqlLiteral number(long value, SqlParserPos pos) {
        return SqlLiteral.createExactNumeric(BigDecimal.valueOf(value).toPlainString(), pos);
    }

    private static final class IntervalLiteralFunction extends SqlFunction {
        IntervalLiteralFunction() {
            super(
                    "$interval",
                    SqlKind.OTHER_FUNCTION,
                    binding -> SqlTypes.toRelDataType(binding.getTypeFactory(), SqlType.INTERVAL),
                    null,
                    OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC),
                    SqlFunctionCategory.SYSTEM);
        }

        @Override
        public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
            call.getOperandList().forEach(operand -> validator.deriveType(scope, operand));
            return SqlTypes.toRelDataType(validator.getTypeFactory(), SqlType.INTERVAL);
        }
    }
}
