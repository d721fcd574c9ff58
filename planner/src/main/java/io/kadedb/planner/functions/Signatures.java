package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import io.kadedb.planner.types.TypeRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Overloads written as text, e.g. {@code text, integer -> text}; {@code any...} at the end takes any number of
 * arguments. Of those that fit, the one with the fewest conversions is taken, the first among equals (PostgreSQL
 * manual, 10.3, in small).
 */
final class Signatures implements Typing {
    private final List<Signature> signatures;

    private Signatures(List<Signature> signatures) {
        this.signatures = signatures;
    }

    static Signatures of(String... signatures) {
        return new Signatures(Arrays.stream(signatures).map(Signature::parse).toList());
    }

    @Override
    public Optional<Resolution> resolve(List<Operand> operands) {
        Signature best = null;
        int bestCost = Integer.MAX_VALUE;
        for (Signature signature : signatures) {
            int cost = signature.cost(operands);
            if (cost >= 0 && cost < bestCost) {
                best = signature;
                bestCost = cost;
            }
        }
        return best == null ? Optional.empty() : Optional.of(best.resolution(operands));
    }

    /** One overload; a null parameter takes anything. */
    private record Signature(List<Optional<SqlType>> parameters, boolean variadic, SqlType result) {
        static Signature parse(String text) {
            String[] sides = text.split("->");
            List<Optional<SqlType>> parameters = new ArrayList<>();
            boolean variadic = false;
            for (String name : sides[0].split(",")) {
                String trimmed = name.strip();
                if (trimmed.endsWith("...")) {
                    variadic = true;
                    trimmed = trimmed.substring(0, trimmed.length() - 3);
                }
                if (!trimmed.isEmpty()) {
                    parameters.add(Optional.ofNullable(type(trimmed)));
                }
            }
            SqlType result = type(sides[1].strip());
            if (result == null) {
                throw new IllegalArgumentException(text);
            }
            return new Signature(parameters, variadic, result);
        }

        Optional<SqlType> parameter(int index) {
            return parameters.get(Math.min(index, parameters.size() - 1));
        }

        /** Conversions needed, or -1 when it does not fit. */
        int cost(List<Operand> operands) {
            boolean count = variadic ? operands.size() >= parameters.size() : operands.size() == parameters.size();
            if (!count) {
                return -1;
            }
            int cost = 0;
            for (int i = 0; i < operands.size(); i++) {
                Optional<SqlType> wanted = parameter(i);
                Operand operand = operands.get(i);
                if (wanted.isEmpty() || (wanted.get().equals(operand.type()) && !operand.unknown())) {
                    continue;
                }
                if (operand.unknown()) {
                    cost += wanted.get().isText() ? 0 : 1;
                } else if (wanted.get().id() == operand.type().id()) {
                    cost += 0;
                } else if (TypeRules.implicit(operand.type(), wanted.get())) {
                    cost += wanted.get().isText() && operand.type().isText() ? 0 : 2;
                } else {
                    return -1;
                }
            }
            return cost;
        }

        Resolution resolution(List<Operand> operands) {
            List<SqlType> wanted = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                Operand operand = operands.get(i);
                wanted.add(parameter(i).orElse(operand.unknown() ? SqlType.TEXT : operand.type()));
            }
            return new Resolution(wanted, result);
        }
    }

    private static @Nullable SqlType type(String name) {
        return switch (name) {
            case "any" -> null;
            case "boolean" -> SqlType.BOOLEAN;
            case "smallint" -> SqlType.SMALLINT;
            case "integer" -> SqlType.INTEGER;
            case "bigint" -> SqlType.BIGINT;
            case "double" -> SqlType.DOUBLE;
            case "numeric" -> SqlType.NUMERIC;
            case "whole" -> SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 0);
            case "text" -> SqlType.TEXT;
            case "bytea" -> SqlType.BYTEA;
            case "date" -> SqlType.DATE;
            case "time" -> SqlType.TIME;
            case "timestamp" -> SqlType.TIMESTAMP;
            case "timestamptz" -> SqlType.TIMESTAMPTZ;
            case "interval" -> SqlType.INTERVAL;
            case "uuid" -> SqlType.UUID;
            case "text[]" -> SqlType.array(SqlType.TEXT);
            case "json" -> SqlType.JSON;
            case "jsonb" -> SqlType.JSONB;
            case "jsonpath" -> SqlType.JSONPATH;
            case "real" -> SqlType.REAL;
            case "real[]" -> SqlType.array(SqlType.REAL);
            case "tsvector" -> SqlType.TSVECTOR;
            case "tsquery" -> SqlType.TSQUERY;
            default -> throw new IllegalArgumentException("not a type in a signature: " + name);
        };
    }
}
