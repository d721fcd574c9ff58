package io.kadedb.common.security;

/**
 * The object a privilege is asked for.
 *
 * @param kind what it is
 * @param schema its schema; empty for schemas and files
 * @param name its name; for files the path
 */
public record ObjectName(Kind kind, String schema, String name) {
    /** The kinds of object that carry privileges. */
    public enum Kind {
        SCHEMA,
        TABLE,
        SEQUENCE,
        PROPERTY_GRAPH,
        FILE,
        /** All of it, by the name it is reached under. */
        DATABASE
    }

    @Override
    public String toString() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
