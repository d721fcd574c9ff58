package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser.LimitClauseContext;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** LIMIT, OFFSET and FETCH, in any order, each at most once. */
final class LimitBuilder {
    private @Nullable SqlNode fetch;
    private @Nullable SqlNode offset;
    private boolean limited;
    private boolean ties;

    LimitBuilder(AstBuilder ast, List<LimitClauseContext> clauses) {
        for (LimitClauseContext clause : clauses) {
            if (clause.OFFSET() != null) {
                if (offset != null) {
                    throw SyntaxErrors.at(clause.getStart());
                }
                offset = ast.expressions.expression(clause.expression());
            } else {
                limit(ast, clause);
            }
        }
    }

    private void limit(AstBuilder ast, LimitClauseContext clause) {
        if (limited) {
            throw SyntaxErrors.at(clause.getStart());
        }
        limited = true;
        ties = clause.TIES() != null;
        if (clause.expression() != null) {
            SqlNode count = ast.expressions.expression(clause.expression());
            // LIMIT NULL is no limit.
            fetch = count.getKind() == SqlKind.LITERAL && ((SqlLiteral) count).getValue() == null ? null : count;
        } else if (clause.FETCH() != null) {
            fetch = SqlLiteral.createExactNumeric("1", Places.pos(clause));
        }
    }

    @Nullable
    SqlNode fetch() {
        return fetch;
    }

    @Nullable
    SqlNode offset() {
        return offset;
    }

    /** Whether the last row's peers are wanted too. */
    boolean isWithTies() {
        return ties;
    }
}
