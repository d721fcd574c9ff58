package io.kadedb.planner.rel;

import io.kadedb.common.type.SqlType;
import io.kadedb.planner.types.KadeTypeFactory;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;

/** Makes text literals of type text, not {@code char(n)}. */
public final class KadeRexBuilder extends RexBuilder {
    private final RelDataType text;

    public KadeRexBuilder(KadeTypeFactory typeFactory) {
        super(typeFactory);
        this.text = typeFactory.of(SqlType.TEXT, false);
    }

    @Override
    public RexLiteral makeCharLiteral(NlsString str) {
        return makeLiteral(str, text, SqlTypeName.CHAR);
    }

    /** A text literal. */
    public RexLiteral text(String value) {
        return makeCharLiteral(new NlsString(value, null, null));
    }
}
