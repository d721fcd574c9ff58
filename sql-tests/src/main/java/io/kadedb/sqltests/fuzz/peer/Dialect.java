package io.kadedb.sqltests.fuzz.peer;

import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import java.util.List;
import java.util.Optional;

/** How a database writes constants and types, and what it cannot say. */
public enum Dialect {
    /** That of PostgreSQL, and what only we have. */
    KADEDB,
    POSTGRESQL,
    DUCKDB,
    SQLITE,
    H2;

    /** The statement as text. */
    public String write(Part part) {
        StringBuilder text = new StringBuilder();
        write(part, text);
        return text.toString();
    }

    /** Why this database cannot be asked, if so. */
    public Optional<String> refuses(Part part) {
        return Refusals.of(this, part);
    }

    private void write(Part part, StringBuilder text) {
        switch (part) {
            case Part.Word word -> text.append(word.text());
            case Part.Own own -> text.append(this == KADEDB ? own.text() : "");
            case Part.Mark ignored -> {}
            case Part.TypeName name -> text.append(type(name.type()));
            case Part.Literal literal -> text.append(literal(literal.kind(), literal.value()));
            case Part.Null value ->
                text.append("cast(null as ").append(type(value.type())).append(')');
            case Part.Items items -> {
                for (int i = 0; i < items.items().size(); i++) {
                    text.append(i == 0 ? "" : items.separator());
                    write(items.items().get(i), text);
                }
            }
            case Part.Value value -> all(value.parts(), text);
            case Part.Group group -> all(group.parts(), text);
            case Part.Clause clause -> all(clause.parts(), text);
            case Part.Relation relation -> all(relation.parts(), text);
            case Part.Query query -> all(query.parts(), text);
        }
    }

    private void all(List<Part> parts, StringBuilder text) {
        parts.forEach(part -> write(part, text));
    }

    private String type(SqlType type) {
        return switch (this) {
            case KADEDB, POSTGRESQL -> type.text();
            case DUCKDB ->
                switch (type.kind()) {
                    case BYTEA -> "blob";
                    case JSONB -> "json";
                    case REAL -> "float";
                    case DOUBLE, RATIO -> "double";
                    default -> type.text();
                };
            // A primary key that is called INTEGER there is another name of the row's number, and never NULL.
            case SQLITE -> type.kind() == Kind.INTEGER ? "int" : type.text();
            case H2 ->
                switch (type.kind()) {
                    // A LOB in H2, which it does not group or compare as it does short texts.
                    case TEXT -> "varchar";
                    case BYTEA -> "varbinary";
                    // Without digits it cuts off parts of seconds.
                    case TIME -> "time(6)";
                    default -> type.text();
                };
        };
    }

    private String literal(Kind kind, String value) {
        return switch (kind) {
            case SMALLINT, INTEGER, BIGINT, NUMERIC -> number(value);
            case REAL -> approximate(value, "real");
            case DOUBLE, RATIO -> approximate(value, "double precision");
            case BOOLEAN -> value;
            case CHAR, VARCHAR, TEXT -> quoted(value);
            case DATE -> "date " + quoted(value);
            case TIME -> "time " + quoted(value);
            case TIMESTAMP -> "timestamp " + quoted(value);
            case TIMESTAMPTZ -> "timestamp with time zone " + quoted(value);
            case INTERVAL -> "interval " + quoted(value);
            case BYTEA, UUID, JSON, JSONB, INTEGER_ARRAY, TEXT_ARRAY ->
                "cast(" + quoted(value) + " as " + type(SqlType.of(kind)) + ")";
        };
    }

    private String approximate(String value, String type) {
        boolean special = value.endsWith("Infinity") || value.equals("NaN");
        if (this == SQLITE && !special) {
            return number(value.contains("e") || value.contains(".") ? value : value + ".0");
        }
        return "cast(" + quoted(value) + " as " + type + ")";
    }

    /** The least numbers of their types are not the negatives of constants. */
    private static String number(String value) {
        return value.startsWith("-") ? "(" + value + ")" : value;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
