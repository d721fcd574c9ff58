package io.kadedb.common.json;

/** What a JSON value is. */
public enum JsonKind {
    NULL("null"),
    BOOLEAN("boolean"),
    NUMBER("number"),
    STRING("string"),
    ARRAY("array"),
    OBJECT("object");

    private final String sqlName;

    JsonKind(String sqlName) {
        this.sqlName = sqlName;
    }

    /** The name that {@code jsonb_typeof} gives. */
    public String sqlName() {
        return sqlName;
    }

    public boolean isContainer() {
        return this == ARRAY || this == OBJECT;
    }
}
