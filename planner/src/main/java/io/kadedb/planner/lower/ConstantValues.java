package io.kadedb.planner.lower;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.IntervalValue;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Literal;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.BitString;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Constants straight from the parser, for statements that are planned without validation. */
public final class ConstantValues {
    private final ConstantFolding folding;

    public ConstantValues(ZoneId zone) {
        this.folding = new ConstantFolding(zone);
    }

    /** Whether it is a quoted literal, which takes whatever type is wanted. */
    public static boolean isQuoted(SqlNode node) {
        return node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR;
    }

    /** The constant in a type, with a cast left for run time where it may fail. */
    public Expr cast(Literal literal, SqlType type) {
        return literal.type().isText() && type.equals(SqlType.TEXT) ? literal : folding.cast(literal, type);
    }

    /** The constant, or empty if the node is none. */
    public Optional<Literal> of(SqlNode node) {
        if (node.getKind() == SqlKind.MINUS_PREFIX && ((SqlCall) node).operand(0) instanceof SqlNumericLiteral number) {
            return number(number).map(literal -> negated(literal));
        }
        if (node instanceof SqlLiteral literal) {
            return literal(literal);
        }
        Optional<IntervalValue> interval = KadeOperators.intervalValue(node);
        return interval.map(
                value -> new Literal(new Interval(value.months(), value.days(), value.micros()), SqlType.INTERVAL));
    }

    private static Literal negated(Literal literal) {
        return switch (literal.value()) {
            case Long number -> new Literal(-number, literal.type());
            case BigDecimal number -> new Literal(number.negate(), literal.type());
            case Double number -> new Literal(-number, literal.type());
            case null, default -> literal;
        };
    }

    private static Optional<Literal> literal(SqlLiteral literal) {
        return switch (literal.getTypeName()) {
            case NULL -> Optional.of(new Literal(null, SqlType.NULL));
            case BOOLEAN -> Optional.of(new Literal(literal.getValueAs(Boolean.class), SqlType.BOOLEAN));
            case CHAR -> Optional.of(new Literal(literal.getValueAs(String.class), SqlType.TEXT));
            case DECIMAL, DOUBLE -> number((SqlNumericLiteral) literal);
            case BINARY ->
                Optional.of(new Literal(
                        ByteBuffer.wrap(literal.getValueAs(BitString.class).getAsByteArray())
                                .asReadOnlyBuffer(),
                        SqlType.BYTEA));
            case DATE ->
                Optional.of(
                        new Literal((long) literal.getValueAs(DateString.class).getDaysSinceEpoch(), SqlType.DATE));
            case TIME ->
                Optional.of(new Literal(
                        LocalTime.parse(literal.getValueAs(TimeString.class).toString())
                                        .toNanoOfDay()
                                / 1000,
                        SqlType.TIME));
            case TIMESTAMP ->
                Optional.of(new Literal(
                        Literals.micros(LocalDateTime.parse(literal.getValueAs(TimestampString.class)
                                .toString()
                                .replace(' ', 'T'))),
                        SqlType.TIMESTAMP));
            default -> Optional.empty();
        };
    }

    private static Optional<Literal> number(SqlNumericLiteral literal) {
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        if (literal.getTypeName() == SqlTypeName.DOUBLE) {
            return Optional.of(new Literal(value.doubleValue(), SqlType.DOUBLE));
        }
        if (value.scale() <= 0) {
            if (value.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
                return Optional.of(new Literal(value.longValue(), SqlType.INTEGER));
            }
            if (value.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return Optional.of(new Literal(value.longValue(), SqlType.BIGINT));
            }
        }
        int scale = Math.max(0, value.scale());
        int precision = Math.max(value.precision() - Math.min(0, value.scale()), scale + 1);
        return precision > SqlType.MAX_DECIMAL_PRECISION
                ? Optional.empty()
                : Optional.of(new Literal(value.setScale(scale), SqlType.decimal(precision, scale)));
    }
}
