package io.kadedb.parser.path;

import java.util.Locale;

/** The item methods. */
public enum PathMethod {
    TYPE,
    SIZE,
    ABS,
    CEILING,
    FLOOR,
    DOUBLE,
    KEYVALUE,
    DATETIME,
    BIGINT,
    BOOLEAN,
    DATE,
    DECIMAL,
    INTEGER,
    NUMBER,
    STRING,
    TIME,
    TIME_TZ,
    TIMESTAMP,
    TIMESTAMP_TZ;

    /** As paths spell it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it takes the number of digits of a second's fraction. */
    boolean takesPrecision() {
        return this == TIME || this == TIME_TZ || this == TIMESTAMP || this == TIMESTAMP_TZ;
    }
}
