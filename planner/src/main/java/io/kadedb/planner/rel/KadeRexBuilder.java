package io.kadedb.planner.rel;

import com.google.common.collect.ImmutableList;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.types.KadeTypeFactory;
import io.kadedb.planner.validate.ExcludedRows;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
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

    /**
     * Without Calcite's CASE around sums, which are NULL of no rows by themselves; and of the type that the validator gives
     * what EXCLUDE may leave no rows to.
     */
    @Override
    public RexNode makeOver(
            SqlParserPos pos,
            RelDataType type,
            SqlAggFunction operator,
            List<RexNode> exprs,
            List<RexNode> partitionKeys,
            ImmutableList<RexFieldCollation> orderKeys,
            RexWindowBound lowerBound,
            RexWindowBound upperBound,
            RexWindowExclusion exclude,
            boolean rows,
            boolean allowPartial,
            boolean nullWhenCountZero,
            boolean distinct,
            boolean ignoreNulls) {
        return super.makeOver(
                pos,
                ExcludedRows.mayBeAll(operator, exclude) ? typeFactory.createTypeWithNullability(type, true) : type,
                operator,
                exprs,
                partitionKeys,
                orderKeys,
                lowerBound,
                upperBound,
                exclude,
                rows,
                allowPartial,
                false,
                distinct,
                ignoreNulls);
    }

    /** A text literal. */
    public RexLiteral text(String value) {
        return makeCharLiteral(new NlsString(value, null, null));
    }
}
