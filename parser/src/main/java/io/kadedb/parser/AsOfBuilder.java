package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.AsOf;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.grammar.KadeSqlParser.AsOfContext;
import io.kadedb.parser.grammar.KadeSqlParser.QueryPrimaryContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * AS OF SYSTEM TIME, of a transaction or of the outermost query of a statement. Queries within it may say the same once more,
 * as in CockroachDB; a statement reads one version.
 */
final class AsOfBuilder {
    private final AstBuilder ast;
    private @Nullable QueryPrimaryContext outermost;
    private Optional<AsOf> found = Optional.empty();
    private @Nullable AsOfContext first;
    private final List<AsOfContext> others = new ArrayList<>();

    AsOfBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    /** Begins a query that is a statement. */
    void begin(QueryPrimaryContext primary) {
        outermost = primary;
        found = Optional.empty();
        first = null;
        others.clear();
    }

    /**
     * The clause of the statement that was begun.
     *
     * @throws KadeException 0A000 if a query within it has another
     */
    Optional<AsOf> end() {
        outermost = null;
        for (AsOfContext other : others) {
            if (first == null) {
                throw notOutermost(other);
            }
            if (!text(other).equals(text(first))) {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "cannot specify AS OF SYSTEM TIME with different timestamps")
                        .at(Places.of(other.getStart()))
                        .hint("a statement reads the data of one time; write it within the statement as it is written"
                                + " on the outermost query");
            }
        }
        return found;
    }

    private static String text(AsOfContext clause) {
        return clause.expression().getText();
    }

    private static KadeException notOutermost(AsOfContext clause) {
        return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "AS OF SYSTEM TIME must be on the outermost query")
                .at(Places.of(clause.getStart()))
                .hint("it holds for the whole statement, which may not write");
    }

    /** Takes the clause of one of the statement's queries. */
    @SuppressWarnings("ReferenceEquality") // one place in one tree
    void accept(AsOfContext context, QueryPrimaryContext primary) {
        if (outermost == null) {
            throw notOutermost(context);
        }
        if (primary == outermost) {
            found = Optional.of(build(context));
            first = context;
        } else {
            others.add(context);
        }
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
