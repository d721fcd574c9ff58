package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import java.util.List;
import java.util.Optional;

/** Finds the types a function or operator works on for given arguments. */
@FunctionalInterface
interface Typing {
    /** Empty when there is none for such arguments. */
    Optional<Resolution> resolve(List<Operand> operands);

    /**
     * The outcome.
     *
     * @param operands the type each argument is wanted in
     */
    record Resolution(List<SqlType> operands, SqlType result) {
        public Resolution {
            operands = List.copyOf(operands);
        }
    }

    /** The first of several that fits. */
    static Typing anyOf(Typing... typings) {
        return operands -> {
            for (Typing typing : typings) {
                Optional<Resolution> resolution = typing.resolve(operands);
                if (resolution.isPresent()) {
                    return resolution;
                }
            }
            return Optional.empty();
        };
    }
}
