package io.kadedb.planner.validate;

import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.api.SequenceNames;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calls that name a sequence in a literal: {@code nextval('s')} and its kin. */
public final class SequenceCalls {
    private static final Set<String> FUNCTIONS = Set.of("nextval", "currval", "setval");

    private SequenceCalls() {}

    /** The literal that names the sequence. */
    public static Optional<SqlLiteral> name(SqlNode node) {
        if (!(node instanceof SqlCall call)
                || call.operandCount() == 0
                || !FUNCTIONS.contains(call.getOperator().getName().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        SqlNode name = call.operand(0);
        if (name instanceof SqlCall cast && cast.getKind() == SqlKind.CAST) {
            name = cast.operand(0);
        }
        return name instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR
                ? Optional.of(literal)
                : Optional.empty();
    }

    /** The sequence that such a literal names. */
    public static SequenceDefinition sequence(SqlLiteral name, PlanningContext context) {
        try {
            return SequenceNames.find(context.catalog(), context.searchPath(), name.getValueAs(String.class));
        } catch (KadeException e) {
            throw e.at(Positions.of(name.getParserPosition()));
        }
    }

    /** Finds what a call names before any row asks for it. */
    static void check(SqlNode node, PlanningContext context) {
        name(node).ifPresent(name -> sequence(name, context));
    }
}
