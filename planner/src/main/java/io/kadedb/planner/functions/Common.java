package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.types.TypeRules;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Typings by a rule over the arguments' types. */
final class Common {
    private static final int MAX = SqlType.MAX_DECIMAL_PRECISION;

    private Common() {}

    /** All arguments in their common type, which is the result's. */
    static Optional<Typing.Resolution> sameType(List<Operand> operands) {
        SqlType common = SqlType.NULL;
        for (Operand operand : operands) {
            if (operand.unknown()) {
                continue;
            }
            Optional<SqlType> wider = TypeRules.common(common, operand.type());
            if (wider.isEmpty()) {
                return Optional.empty();
            }
            common = wider.get();
        }
        boolean anyUnknown = operands.stream().anyMatch(Operand::unknown);
        SqlType type = anyUnknown || common.id() == TypeId.NULL ? Operands.withoutLength(common) : common;
        return Optional.of(new Typing.Resolution(Collections.nCopies(operands.size(), type), type));
    }

    /** One number, whose type the result has. */
    static Optional<Typing.Resolution> sameNumber(List<Operand> operands) {
        if (operands.size() != 1) {
            return Optional.empty();
        }
        Operand operand = operands.getFirst();
        SqlType type = operand.unknown() ? SqlType.DOUBLE : operand.type();
        return type.isNumeric() ? Optional.of(new Typing.Resolution(List.of(type), type)) : Optional.empty();
    }

    /** A number whose fraction is dropped: ceil, floor, and round and trunc of one argument. */
    static Optional<Typing.Resolution> whole(List<Operand> operands) {
        return sameNumber(operands).map(same -> {
            SqlType type = same.result();
            if (type.id() == TypeId.DECIMAL) {
                int digits = Math.min(MAX, type.precision() - type.scale() + 1);
                return new Typing.Resolution(List.of(type), SqlType.decimal(Math.max(1, digits), 0));
            }
            return new Typing.Resolution(List.of(SqlType.DOUBLE), SqlType.DOUBLE);
        });
    }

    /** A decimal and the number of places to keep, which decides the scale when it is written as a constant. */
    static Optional<Typing.Resolution> places(List<Operand> operands) {
        if (operands.size() != 2) {
            return Optional.empty();
        }
        Operand number = operands.get(0);
        Operand places = operands.get(1);
        boolean integer =
                places.unknown() || (places.type().isInteger() && places.type().id() != TypeId.BIGINT);
        if (number.unknown() || !number.type().isNumeric() || TypeRules.isFloat(number.type()) || !integer) {
            return Optional.empty();
        }
        SqlType decimal = TypeRules.asDecimal(number.type());
        SqlType result = SqlType.decimal(MAX, decimal.scale());
        if (places.integer().isPresent()) {
            int scale = Math.clamp(places.integer().getAsInt(), 0, MAX - 1);
            result = SqlType.decimal(Math.min(MAX, decimal.precision() - decimal.scale() + 1 + scale), scale);
        }
        return Optional.of(new Typing.Resolution(List.of(decimal, SqlType.INTEGER), result));
    }

    /** Exact numbers as decimals of one scale. */
    static Optional<Typing.Resolution> decimals(List<Operand> operands) {
        boolean fits = operands.stream()
                .allMatch(operand -> operand.unknown()
                        || operand.type().isInteger()
                        || operand.type().id() == TypeId.DECIMAL);
        return fits && !operands.isEmpty() ? sameType(operands) : Optional.empty();
    }

    /** EXTRACT: whole fields are bigint; seconds and epochs have a fraction. */
    static Optional<Typing.Resolution> extract(List<Operand> operands) {
        if (operands.size() != 2 || !operands.get(0).type().isText()) {
            return Optional.empty();
        }
        Operand source = operands.get(1);
        SqlType type = source.unknown() ? SqlType.TIMESTAMP : source.type();
        boolean temporal = TypeRules.isDateTime(type) || type.id() == TypeId.TIME || type.id() == TypeId.INTERVAL;
        if (!temporal) {
            return Optional.empty();
        }
        String field = operands.get(0).text().orElse("epoch");
        boolean fraction = switch (field) {
            case "second", "seconds", "milliseconds", "millisecond", "epoch", "julian" -> true;
            default -> false;
        };
        SqlType result = fraction ? SqlType.decimal(20, 6) : SqlType.BIGINT;
        return Optional.of(new Typing.Resolution(List.of(SqlType.TEXT, type), result));
    }

    /** A value to be shown by a pattern. */
    static Optional<Typing.Resolution> formatted(List<Operand> operands) {
        if (operands.size() != 2 || operands.getFirst().unknown()) {
            return Optional.empty();
        }
        SqlType type = operands.getFirst().type();
        Optional<SqlType> shown = switch (type.id()) {
            case DATE -> Optional.of(SqlType.TIMESTAMPTZ);
            case TIME -> Optional.of(SqlType.INTERVAL);
            case SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE, TIMESTAMP, TIMESTAMPTZ, INTERVAL ->
                Optional.of(type);
            default -> Optional.empty();
        };
        boolean pattern = operands.get(1).unknown() || operands.get(1).type().isText();
        return shown.filter(known -> pattern)
                .map(known -> new Typing.Resolution(List.of(known, SqlType.TEXT), SqlType.TEXT));
    }

    /** The digits of a number with digits of its own. */
    static Optional<Typing.Resolution> digits(List<Operand> operands) {
        if (operands.size() != 1 || operands.getFirst().unknown()) {
            return Optional.empty();
        }
        SqlType type = operands.getFirst().type();
        return switch (type.id()) {
            case DECIMAL -> Optional.of(new Typing.Resolution(List.of(type), SqlType.INTEGER));
            case SMALLINT, INTEGER, BIGINT ->
                Optional.of(new Typing.Resolution(
                        List.of(SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 0)), SqlType.INTEGER));
            default -> Optional.empty();
        };
    }
}
