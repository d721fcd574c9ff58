package io.kadedb.parser;

import io.kadedb.parser.ast.MergeWhen;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** MERGE. */
final class MergeBuilder {
    private final AstBuilder ast;
    private final ChangeBuilder changes;

    MergeBuilder(AstBuilder ast) {
        this.ast = ast;
        this.changes = new ChangeBuilder(ast);
    }

    Statement merge(MergeStatementContext merge) {
        // In the order of the text, in which parameters are numbered.
        SqlNode source = ast.from.primary(merge.tablePrimary());
        SqlNode condition = ast.expressions.expression(merge.expression());
        List<MergeWhen> whens = new ArrayList<>();
        for (MergeWhenContext when : merge.mergeWhen()) {
            whens.add(when(when));
        }
        return new Statement.Merge(
                ast.names.qualified(merge.qualifiedName()),
                changes.alias(merge.tableAlias()),
                source,
                condition,
                whens,
                changes.returning(merge.returning()));
    }

    private MergeWhen when(MergeWhenContext when) {
        MergeWhen.Match match = when.NOT() == null
                ? MergeWhen.Match.MATCHED
                : when.SOURCE() == null ? MergeWhen.Match.NOT_MATCHED : MergeWhen.Match.NOT_MATCHED_BY_SOURCE;
        Optional<SqlNode> condition = when.expression() == null
                ? Optional.empty()
                : Optional.of(ast.expressions.expression(when.expression()));
        MergeActionContext action = when.mergeAction();
        boolean inserts = action.INSERT() != null;
        boolean fits = action.NOTHING() != null || inserts == (match == MergeWhen.Match.NOT_MATCHED);
        if (!fits) {
            throw SyntaxErrors.at(action.getStart());
        }
        return new MergeWhen(match, condition, action(action), Places.of(when.getStart()));
    }

    private MergeWhen.Action action(MergeActionContext action) {
        if (action.NOTHING() != null) {
            return new MergeWhen.Nothing();
        }
        if (action.DELETE() != null) {
            return new MergeWhen.Delete();
        }
        if (action.UPDATE() != null) {
            return new MergeWhen.Update(changes.assignments(action.assignments()));
        }
        return new MergeWhen.Insert(
                ast.names.names(action.nameList()),
                action.valuesRow() == null ? List.of() : ast.queries.row(action.valuesRow()),
                ChangeBuilder.overriding(action.overriding()));
    }
}
