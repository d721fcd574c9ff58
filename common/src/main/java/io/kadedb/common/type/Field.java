package io.kadedb.common.type;

/** A named, typed column of a row type. */
public record Field(String name, SqlType type, boolean nullable) {
    @Override
    public String toString() {
        return name + " " + type + (nullable ? "" : " not null");
    }
}
