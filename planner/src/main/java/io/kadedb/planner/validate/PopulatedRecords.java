package io.kadedb.planner.validate;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeDetail;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlRecordRows;
import io.kadedb.planner.api.PlanningContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * {@code jsonb_populate_recordset(NULL::t, x)} and its kin in FROM: rows like those of a table or view, made of documents
 * (PostgreSQL manual, 9.16). Written out as a query over the members of the documents.
 */
public final class PopulatedRecords extends SqlShuttle {
    private static final Set<String> NAMES = Set.of(
            "json_populate_record", "jsonb_populate_record", "json_populate_recordset", "jsonb_populate_recordset");

    private final PlanningContext context;
    private boolean found;

    private PopulatedRecords(PlanningContext context) {
        this.context = context;
    }

    /**
     * The query without such functions; the same tree if it has none.
     *
     * @throws KadeException 42704 for an unknown table, 0A000 for rows that are not NULL
     */
    public static SqlNode rewrite(SqlNode query, PlanningContext context) {
        PopulatedRecords records = new PopulatedRecords(context);
        SqlNode rewritten = query.accept(records);
        return records.found && rewritten != null ? rewritten : query;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlCall table)
                || table.getKind() != SqlKind.COLLECTION_TABLE
                || !(table.operand(0) instanceof SqlCall function)
                || !NAMES.contains(function.getOperator().getName())) {
            return visited;
        }
        found = true;
        return rows(function);
    }

    private SqlNode rows(SqlCall function) {
        String name = function.getOperator().getName();
        SqlParserPos pos = function.getParserPosition();
        if (function.operandCount() != 2) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "function " + name + " with " + function.operandCount() + " arguments does not exist")
                    .at(Positions.of(pos));
        }
        boolean isNull = function.operand(0).getKind() == SqlKind.CAST
                && SqlUtil.isNullLiteral(((SqlCall) function.operand(0)).operand(0), false)
                && ((SqlCall) function.operand(0)).operand(1) instanceof SqlDataTypeSpec;
        if (!isNull) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "the first argument of " + name + " is only supported as NULL of the type of a table")
                    .at(Positions.of(function.operand(0).getParserPosition()))
                    .hint("write " + name + "(NULL::table, document)");
        }
        SqlDataTypeSpec type = ((SqlCall) function.operand(0)).operand(1);
        List<SqlRecordRows.Column> columns = new ArrayList<>();
        for (ColumnDefinition column : columns(type)) {
            SqlType own = column.type();
            if (own.isArray()) {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED, "columns of arrays of " + name + " are not supported")
                        .at(Positions.of(type.getParserPosition()))
                        .detail("Column \"" + column.name() + "\" is of type " + own + ".");
            }
            columns.add(new SqlRecordRows.Column(column.name(), KadeTypeNameSpec.spec(own, pos), own.isJson()));
        }
        SqlType document = name.startsWith("jsonb") ? SqlType.JSONB : SqlType.JSON;
        return SqlRecordRows.of(document, function.operand(1), name.endsWith("set"), columns, pos);
    }

    private List<ColumnDefinition> columns(SqlDataTypeSpec type) {
        if (!(type.getTypeNameSpec() instanceof KadeTypeNameSpec spec)
                || !(spec.type().detail() instanceof TypeDetail.Labels name)
                || !spec.type().isUnresolved()) {
            throw KadeException.of(
                            ErrorCode.DATATYPE_MISMATCH, "first argument of json_populate_record must be a row type")
                    .at(Positions.of(type.getParserPosition()));
        }
        List<String> schemas = name.schema().isEmpty() ? context.searchPath() : List.of(name.schema());
        for (String schema : schemas) {
            Optional<List<ColumnDefinition>> columns = context.catalog()
                    .table(schema, name.name())
                    .map(table -> table.columns())
                    .or(() -> context.catalog().view(schema, name.name()).map(view -> view.columns()));
            if (columns.isPresent()) {
                return columns.get();
            }
        }
        throw KadeException.of(ErrorCode.UNDEFINED_OBJECT, "type \"" + name.name() + "\" does not exist")
                .at(Positions.of(type.getParserPosition()));
    }
}
