package io.kadedb.planner.functions;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.types.TypeRules;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** The types of {@code + - * / %} over numbers, dates, times and intervals. */
final class Arithmetic implements Typing {
    static final Typing ADD = new Arithmetic(
            TypeRules::add,
            Signatures.of(
                    "date, interval -> timestamp",
                    "interval, date -> timestamp",
                    "timestamp, interval -> timestamp",
                    "interval, timestamp -> timestamp",
                    "timestamptz, interval -> timestamptz",
                    "interval, timestamptz -> timestamptz",
                    "time, interval -> time",
                    "interval, time -> time",
                    "interval, interval -> interval",
                    "date, integer -> date",
                    "integer, date -> date",
                    "date, time -> timestamp",
                    "time, date -> timestamp"));
    static final Typing SUBTRACT = new Arithmetic(
            TypeRules::add,
            Signatures.of(
                    "date, date -> integer",
                    "date, integer -> date",
                    "date, interval -> timestamp",
                    "timestamp, interval -> timestamp",
                    "timestamptz, interval -> timestamptz",
                    "timestamp, timestamp -> interval",
                    "timestamptz, timestamptz -> interval",
                    "time, interval -> time",
                    "time, time -> interval",
                    "interval, interval -> interval",
                    "jsonb, text -> jsonb",
                    "jsonb, integer -> jsonb",
                    "jsonb, text[] -> jsonb"));
    static final Typing MULTIPLY = new Arithmetic(
            TypeRules::multiply, Signatures.of("interval, double -> interval", "double, interval -> interval"));
    static final Typing DIVIDE = new Arithmetic(TypeRules::divide, Signatures.of("interval, double -> interval"));
    static final Typing MODULO = new Arithmetic(TypeRules::modulo, operands -> Optional.empty());

    private final BinaryOperator<SqlType> numbers;
    private final Typing others;

    private Arithmetic(BinaryOperator<SqlType> numbers, Typing others) {
        this.numbers = numbers;
        this.others = others;
    }

    @Override
    public Optional<Resolution> resolve(List<Operand> operands) {
        if (operands.size() != 2) {
            return Optional.empty();
        }
        Operand left = operands.get(0);
        Operand right = operands.get(1);
        if (left.unknown() && right.unknown()) {
            return left.type().id() == TypeId.NULL && right.type().id() == TypeId.NULL
                    ? Optional.of(new Resolution(List.of(SqlType.INTEGER, SqlType.INTEGER), SqlType.INTEGER))
                    : Optional.empty();
        }
        SqlType a = left.unknown() ? adapted(right.type()) : left.type();
        SqlType b = right.unknown() ? adapted(left.type()) : right.type();
        if (a.isNumeric() && b.isNumeric()) {
            return Optional.of(new Resolution(List.of(a, b), numbers.apply(a, b)));
        }
        // Exact matches first, then conversions; an unknown prefers the type of the other side.
        Optional<Resolution> exact = others.resolve(List.of(Operand.of(a), Operand.of(b)));
        if (exact.isEmpty() && left.unknown() != right.unknown() && (left.unknown() ? b : a).id() == TypeId.DATE) {
            throw KadeException.of(
                            ErrorCode.AMBIGUOUS_FUNCTION,
                            "operator is not unique: " + left.describe() + " + " + right.describe())
                    .hint("a date can be added to an integer, an interval and a time; an explicit cast tells which");
        }
        return exact.isPresent() ? exact : others.resolve(operands);
    }

    private static SqlType adapted(SqlType other) {
        return switch (other.id()) {
            case JSONB -> SqlType.TEXT;
            default -> other;
        };
    }
}
