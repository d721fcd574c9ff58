package io.kadedb.parser.ast;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlInOperator;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.jspecify.annotations.Nullable;

/**
 * IN with a list of expressions. It is typed as Calcite's IN, but is of no kind, since Calcite converts what is of kind IN
 * as a subquery: apart from the expression around it, and not everywhere.
 */
final class InListOperator extends SqlInOperator {
    private final boolean not;

    InListOperator(boolean not) {
        super(not ? "NOT IN" : "IN", SqlKind.OTHER);
        this.not = not;
    }

    @Override
    public SqlOperator not() {
        return not ? KadeOperators.IN_LIST : KadeOperators.NOT_IN_LIST;
    }

    /** None: who types the list gives parameters their types too. */
    @Override
    public @Nullable SqlOperandTypeInference getOperandTypeInference() {
        return null;
    }
}
