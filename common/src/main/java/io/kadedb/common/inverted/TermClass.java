package io.kadedb.common.inverted;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which terms an inverted index holds of a value: PostgreSQL's operator classes of the access method gin. */
public enum TermClass {
    /** The elements of an array. */
    ARRAY(1, "array_ops", TypeId.ARRAY, true),
    /** The keys and values of a document, each by itself. */
    JSONB(2, "jsonb_ops", TypeId.JSONB, true),
    /** The values of a document with the keys that lead to them. */
    JSONB_PATH(3, "jsonb_path_ops", TypeId.JSONB, false),
    /** The lexemes of a text. */
    TSVECTOR(4, "tsvector_ops", TypeId.TSVECTOR, true),
    /** The groups of three characters of a text's words. */
    TRIGRAM(5, "gin_trgm_ops", TypeId.TEXT, false);

    private final int number;
    private final String sqlName;
    private final TypeId type;
    private final boolean byDefault;

    TermClass(int number, String sqlName, TypeId type, boolean byDefault) {
        this.number = number;
        this.sqlName = sqlName;
        this.type = type;
        this.byDefault = byDefault;
    }

    /** The number in catalog records, which never changes. */
    public int number() {
        return number;
    }

    public String sqlName() {
        return sqlName;
    }

    /** What its values are called. */
    public String typeName() {
        return type.sqlName();
    }

    /** Whether it is meant where none is named. */
    public boolean isDefault() {
        return byDefault;
    }

    public static TermClass of(int number) {
        return Arrays.stream(values())
                .filter(each -> each.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown operator class " + number));
    }

    /** Those for values of a type. */
    public static List<TermClass> of(SqlType type) {
        return Arrays.stream(values()).filter(each -> each.type == type.id()).toList();
    }

    public static Optional<TermClass> named(String name) {
        return Arrays.stream(values()).filter(each -> each.sqlName.equals(name)).findFirst();
    }

    /** Whether a type has values of this class. */
    public boolean isFor(SqlType value) {
        return value.id() == type || (this == TRIGRAM && value.id() == TypeId.VARCHAR);
    }
}
