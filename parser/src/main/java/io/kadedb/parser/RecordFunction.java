package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlRecordRows;
import io.kadedb.parser.grammar.KadeSqlParser.FunctionTableContext;
import io.kadedb.parser.grammar.KadeSqlParser.RecordAliasContext;
import io.kadedb.parser.grammar.KadeSqlParser.TypeNameContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code jsonb_to_recordset(x) AS t(a int, b text)} and its kin: functions whose columns are named and typed behind them
 * (PostgreSQL manual, 9.16). Written out as a query over the elements of the document.
 */
final class RecordFunction {
    private static final Set<String> NAMES =
            Set.of("json_to_record", "jsonb_to_record", "json_to_recordset", "jsonb_to_recordset");

    private final AstBuilder ast;
    private final FunctionTableContext function;
    private final SqlCall call;
    private final SqlParserPos pos;

    RecordFunction(AstBuilder ast, FunctionTableContext function, SqlCall call) {
        this.ast = ast;
        this.function = function;
        this.call = call;
        this.pos = Places.pos(function);
    }

    static boolean isOne(String function) {
        return NAMES.contains(function);
    }

    /** The table in FROM. */
    SqlNode table() {
        String name = call.getOperator().getName();
        RecordAliasContext alias = function.recordAlias();
        if (alias == null) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "a column definition list is required for functions returning \"record\"")
                    .at(Places.of(function.getStart()));
        }
        if (!isOne(name)) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "a column definition list is only allowed for functions returning \"record\"")
                    .at(Places.of(alias.getStart()));
        }
        if (function.ORDINALITY() != null) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR, "WITH ORDINALITY cannot be used with a column definition list")
                    .at(Places.of(alias.getStart()));
        }
        if (call.operandCount() != 1) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "function " + name + " with " + call.operandCount() + " arguments does not exist")
                    .at(Places.of(function.getStart()));
        }
        int named = alias.identifier().size() - alias.typeName().size();
        String table = named == 0 ? name : ast.names.text(alias.identifier(0));
        List<SqlNode> as = new ArrayList<>();
        as.add(SqlStdOperatorTable.LATERAL.createCall(pos, rows(name, alias, named)));
        as.add(new SqlIdentifier(table, pos));
        alias.identifier()
                .subList(named, alias.identifier().size())
                .forEach(column -> as.add(ast.names.identifier(column)));
        return SqlStdOperatorTable.AS.createCall(pos, as);
    }

    private SqlNode rows(String name, RecordAliasContext alias, int named) {
        List<SqlRecordRows.Column> columns = new ArrayList<>();
        for (int i = 0; i < alias.typeName().size(); i++) {
            columns.add(column(ast.names.text(alias.identifier(named + i)), alias.typeName(i)));
        }
        SqlType document = name.startsWith("jsonb") ? SqlType.JSONB : SqlType.JSON;
        return SqlRecordRows.of(document, call.operand(0), name.endsWith("set"), columns, pos);
    }

    private SqlRecordRows.Column column(String name, TypeNameContext written) {
        SqlType type = ast.types.type(written);
        if (type.isArray()) {
            throw Unsupported.feature(
                    "columns of arrays of " + call.getOperator().getName() + " are", written.getStart());
        }
        return new SqlRecordRows.Column(name, ast.types.spec(written), type.isJson());
    }
}
