package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.planner.physical.WindowFrame.Mode;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;

/** The parser's mark around the offset of a window frame, which says what the offset counts. */
public final class KadeFrameOffset extends SqlFunction {
    private final Mode mode;

    private KadeFrameOffset(String name, Mode mode, Typing typing) {
        this(name, mode, new TypedOperands(typing, TypedOperands.Nulls.ANY));
    }

    private KadeFrameOffset(String name, Mode mode, TypedOperands typing) {
        super(name, SqlKind.OTHER_FUNCTION, typing, null, typing, SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.mode = mode;
    }

    static List<KadeFrameOffset> all() {
        Typing count = KadeFrameOffset::count;
        return List.of(
                new KadeFrameOffset(KadeOperators.ROWS_OFFSET, Mode.ROWS, count),
                new KadeFrameOffset(KadeOperators.GROUPS_OFFSET, Mode.GROUPS, count),
                new KadeFrameOffset(KadeOperators.RANGE_OFFSET, Mode.RANGE, Common::sameType));
    }

    /** A number of any type, which is rounded when the frame is lowered. */
    private static Optional<Typing.Resolution> count(List<Operand> operands) {
        Operand operand = operands.getFirst();
        SqlType type = operand.unknown() ? SqlType.BIGINT : operand.type();
        return type.isNumeric() ? Optional.of(new Typing.Resolution(List.of(type), SqlType.BIGINT)) : Optional.empty();
    }

    public Mode mode() {
        return mode;
    }
}
