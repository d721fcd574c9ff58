package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Whole rows as arguments of the functions that make documents: {@code row_to_json(t)}, where t is a table or query in
 * FROM and not a column, becomes {@code $row_to_json('a', t.a, 'b', t.b)}; ROW(..) has the names f1, f2 and so on.
 */
final class WholeRows {
    private static final String OWN = "row_to_json";
    private static final Set<String> FUNCTIONS = Set.of(
            OWN,
            "to_json",
            "to_jsonb",
            "json_agg",
            "jsonb_agg",
            "json_build_array",
            "jsonb_build_array",
            "json_build_object",
            "jsonb_build_object",
            "json_object_agg",
            "jsonb_object_agg");

    private WholeRows() {}

    /** Whether the call is of a function that makes documents. */
    static boolean mayTake(SqlCall call) {
        return call.getOperator() instanceof SqlFunction
                && FUNCTIONS.contains(call.getOperator().getName().toLowerCase(Locale.ROOT));
    }

    /**
     * The call with objects in place of rows.
     *
     * @param scopes what FROM offers, that of the innermost query first
     * @param others what becomes of other arguments, and of the parts of ROW
     */
    static SqlNode replaced(SqlCall call, List<FromColumns> scopes, UnaryOperator<SqlNode> others) {
        List<SqlNode> operands = new ArrayList<>();
        boolean rows = false;
        for (SqlNode operand : call.getOperandList()) {
            Optional<SqlNode> row = row(operand, scopes, others);
            rows |= row.isPresent();
            operands.add(row.orElseGet(() -> others.apply(operand)));
        }
        if (call.getOperator().getName().equalsIgnoreCase(OWN) && rows) {
            if (operands.size() > 1) {
                throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "row_to_json with line feeds is not built")
                        .at(Positions.of(call.getParserPosition()))
                        .hint("use jsonb_pretty(to_jsonb(..))");
            }
            return operands.getFirst();
        }
        return call.getOperator().createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
    }

    private static Optional<SqlNode> row(SqlNode operand, List<FromColumns> scopes, UnaryOperator<SqlNode> others) {
        if (operand.getKind() == SqlKind.ROW) {
            List<SqlNode> members = new ArrayList<>();
            for (SqlNode part : ((SqlCall) operand).getOperandList()) {
                members.add(SqlLiteral.createCharString("f" + (members.size() / 2 + 1), part.getParserPosition()));
                members.add(others.apply(part));
            }
            return Optional.of(object(members, operand.getParserPosition()));
        }
        if (!(operand instanceof SqlIdentifier name) || !name.isSimple() || name.isStar()) {
            return Optional.empty();
        }
        for (FromColumns scope : scopes) {
            if (!scope.having(name.getSimple()).isEmpty()) {
                return Optional.empty();
            }
            Optional<FromColumns.Source> source = scope.source(name.getSimple());
            if (source.isPresent()) {
                return Optional.of(row(source.get(), name));
            }
        }
        return Optional.empty();
    }

    private static SqlNode row(FromColumns.Source source, SqlIdentifier name) {
        SqlParserPos pos = name.getParserPosition();
        List<SqlNode> members = new ArrayList<>();
        for (String column : source.columns()) {
            if (!column.startsWith("$")) {
                members.add(SqlLiteral.createCharString(RepeatedNames.plain(column), pos));
                members.add(column(source, column, pos));
            }
        }
        SqlNode object = object(members, pos);
        if (!source.padded()) {
            return object;
        }
        RelDataTypeField always = source.namespace().getRowType().getFieldList().stream()
                .filter(field -> !field.getType().isNullable())
                .findFirst()
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "rows of an outer join as documents are not built where all columns may be NULL")
                        .at(Positions.of(pos)));
        SqlNode missing = SqlStdOperatorTable.IS_NULL.createCall(pos, column(source, always.getName(), pos));
        return new SqlCase(pos, null, SqlNodeList.of(missing), SqlNodeList.of(SqlLiteral.createNull(pos)), object);
    }

    private static SqlIdentifier column(FromColumns.Source source, String column, SqlParserPos pos) {
        return new SqlIdentifier(List.of(source.alias(), column), null, pos, List.of(pos, pos));
    }

    private static SqlNode object(List<SqlNode> members, SqlParserPos pos) {
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(KadeOperators.ROW_TO_JSON, pos),
                        null,
                        null,
                        null,
                        null,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(pos, members);
    }
}
