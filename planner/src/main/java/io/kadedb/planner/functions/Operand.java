package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An argument as typing sees it.
 *
 * @param unknown whether it takes whatever type is wanted: a quoted literal, NULL, a parameter without a type yet
 * @param integer the value of an integer literal
 * @param text the value of a quoted literal
 */
record Operand(SqlType type, boolean unknown, OptionalInt integer, Optional<String> text) {
    static Operand of(SqlType type) {
        return new Operand(type, type.id() == TypeId.NULL, OptionalInt.empty(), Optional.empty());
    }

    /** As error messages name it. */
    String describe() {
        return unknown ? "unknown" : type.toString();
    }
}
