package io.kadedb.planner.functions;

import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.planner.physical.WindowFrame.Mode;
import java.util.List;
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
        Typing count = Signatures.of("bigint -> bigint");
        return List.of(
                new KadeFrameOffset(KadeOperators.ROWS_OFFSET, Mode.ROWS, count),
                new KadeFrameOffset(KadeOperators.GROUPS_OFFSET, Mode.GROUPS, count),
                new KadeFrameOffset(KadeOperators.RANGE_OFFSET, Mode.RANGE, Common::sameType));
    }

    public Mode mode() {
        return mode;
    }
}
