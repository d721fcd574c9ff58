package io.kadedb.planner.validate;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Expressions whose names are all qualified. Calcite's converter asks for each part of an expression over groups to be
 * expanded, down to its leaves, though the whole was: long ones would take the square of their length.
 */
final class ExpandedNodes {
    private final IdentityHashMap<SqlValidatorScope, Set<SqlNode>> known = new IdentityHashMap<>();

    boolean contains(SqlNode node, SqlValidatorScope scope) {
        Set<SqlNode> nodes = known.get(scope);
        return nodes != null && nodes.contains(node);
    }

    /** Remembers an expression that expansion has left as it was, and what is in it. */
    void add(@Nullable SqlNode node, SqlValidatorScope scope) {
        add(node, scope, known.computeIfAbsent(scope, any -> Collections.newSetFromMap(new IdentityHashMap<>())));
    }

    @SuppressWarnings("ReferenceEquality") // a scope is its own
    private static void add(@Nullable SqlNode node, SqlValidatorScope scope, Set<SqlNode> nodes) {
        if (node instanceof SqlCall call && scope.getOperandScope(call) == scope && nodes.add(call)) {
            for (SqlNode operand : call.getOperandList()) {
                add(operand, scope, nodes);
            }
        }
    }
}
