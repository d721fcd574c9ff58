package io.kadedb.planner.validate;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** Quoted numbers that meet decimals: {@code n = '1.25'} compares with 1.25, whatever the scale of {@code n} is. */
final class DecimalLiterals {
    private DecimalLiterals() {}

    /** A decimal type with room for all digits of the quoted numbers among nodes; other types as they are. */
    static SqlType widened(SqlType type, List<SqlNode> nodes) {
        if (type.id() != TypeId.DECIMAL) {
            return type;
        }
        int scale = type.scale();
        int whole = type.precision() - scale;
        for (SqlNode node : nodes) {
            Optional<BigDecimal> value = number(node);
            if (value.isPresent()) {
                scale = Math.max(scale, value.get().scale());
                whole = Math.max(whole, value.get().precision() - value.get().scale());
            }
        }
        return whole + scale > SqlType.MAX_DECIMAL_PRECISION ? type : SqlType.decimal(whole + scale, scale);
    }

    private static Optional<BigDecimal> number(SqlNode node) {
        if (!(node instanceof SqlLiteral literal) || literal.getTypeName() != SqlTypeName.CHAR) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(
                    String.valueOf(literal.getValueAs(String.class)).strip()));
        } catch (NumberFormatException e) {
            // NaN, or no number: whoever reads the literal says so.
            return Optional.empty();
        }
    }
}
