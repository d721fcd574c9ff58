package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.AsOf;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.grammar.KadeSqlParser.AsOfContext;
import io.kadedb.parser.grammar.KadeSqlParser.QueryPrimaryContext;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** AS OF SYSTEM TIME, of a transaction or of the outermost query of a statement. */
final class AsOfBuilder {
    private final AstBuilder ast;
    private @Nullable QueryPrimaryContext outermost;
    private Optional<AsOf> found = Optional.empty();

    AsOfBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    /** Begins a query that is a statement. */
    void begin(QueryPrimaryContext primary) {
        outermost = primary;
        found = Optional.empty();
    }

    /** The clause of the statement that was begun. */
    Optional<AsOf> end() {
        outermost = null;
        return found;
    }

    /** Takes the clause of one of the statement's queries. */
    @SuppressWarnings("ReferenceEquality") // one place in one tree
    void accept(AsOfContext context, QueryPrimaryContext primary) {
        if (primary != outermost) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "AS OF SYSTEM TIME must be on the outermost query")
                    .at(Places.of(context.getStart()))
                    .hint("it holds for the whole statement");
        }
        found = Optional.of(build(context));
    }

    AsOf build(AsOfContext context) {
        SqlNode value = ast.expressions.expression(context.expression());
        SqlParserPos pos = value.getParserPosition();
        SqlNode text = SqlStdOperatorTable.CAST.createCall(pos, value, KadeTypeNameSpec.spec(SqlType.TEXT, pos));
        SqlNode row = SqlStdOperatorTable.ROW.createCall(pos, text);
        return new AsOf(
                SqlStdOperatorTable.VALUES.createCall(pos, row),
                Places.of(context.expression().getStart()));
    }
}
