package io.kadedb.parser;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Finds out whether a common table refers to itself: only then is it recursive, whatever WITH RECURSIVE says. */
final class SelfReferences extends SqlBasicVisitor<@Nullable Void> {
    private final String name;
    private boolean found;

    private SelfReferences(String name) {
        this.name = name;
    }

    /** Whether a table of this name is in a FROM of the query. */
    static boolean in(SqlNode query, String name) {
        SelfReferences references = new SelfReferences(name);
        query.accept(references);
        return references.found;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlSelect select && select.getFrom() != null) {
            table(select.getFrom());
        }
        return super.visit(call);
    }

    private void table(SqlNode from) {
        switch (from) {
            case SqlIdentifier table ->
                found |= table.isSimple() && table.getSimple().equals(name);
            case SqlJoin join -> {
                table(join.getLeft());
                table(join.getRight());
            }
            case SqlCall call when call.getKind() == SqlKind.AS -> table(call.operand(0));
            default -> {}
        }
    }
}
