package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.TableFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The functions that give elements of arrays, and parts of texts, as rows. */
final class ArrayTables {
    private ArrayTables() {}

    static List<KadeTableFunction> all(boolean ordinality) {
        Typing subscripts = Typing.anyOf(
                ArrayTyping.of("array, integer -> integer"), ArrayTyping.of("array, integer, boolean -> integer"));
        Typing texts = Typing.anyOf(ArrayTyping.of("text, text -> text"), ArrayTyping.of("text, text, text -> text"));
        Typing matches =
                Typing.anyOf(ArrayTyping.of("text, text -> texts"), ArrayTyping.of("text, text, text -> texts"));
        return List.of(
                of(TableFunction.UNNEST, ordinality, ArrayTables::arrays),
                of(TableFunction.GENERATE_SUBSCRIPTS, ordinality, subscripts),
                of(TableFunction.STRING_TO_TABLE, ordinality, texts),
                of(TableFunction.REGEXP_SPLIT_TO_TABLE, ordinality, texts),
                of(TableFunction.REGEXP_MATCHES, ordinality, matches));
    }

    private static KadeTableFunction of(TableFunction function, boolean ordinality, Typing typing) {
        TypedOperands operands = new TypedOperands(typing, TypedOperands.Nulls.ALWAYS);
        return new KadeTableFunction(function.sqlName(), function, ordinality, operands, List.of());
    }

    private static Optional<Typing.Resolution> arrays(List<Operand> operands) {
        List<SqlType> wanted = new ArrayList<>();
        for (Operand operand : operands) {
            if (!operand.unknown() && !operand.type().isArray()) {
                return Optional.empty();
            }
            wanted.add(operand.unknown() ? SqlType.array(SqlType.TEXT) : operand.type());
        }
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Typing.Resolution(wanted, wanted.getFirst().element()));
    }
}
