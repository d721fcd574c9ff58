package io.kadedb.executor.path;

import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbBuilder;
import java.math.BigDecimal;

/** What a path gives: a value of a document or of its own making, or a date or time. */
public sealed interface PathItem {
    /** A JSON value. */
    record Json(Jsonb value) implements PathItem {}

    /** What {@code datetime()} and its kin read from a string. */
    record Moment(PathMoment moment) implements PathItem {}

    static PathItem of(Jsonb value) {
        return new Json(value);
    }

    static PathItem ofString(String text) {
        return of(made(new JsonbBuilder().string(text)));
    }

    static PathItem ofTruth(boolean value) {
        return of(made(new JsonbBuilder().truth(value)));
    }

    static PathItem ofNull() {
        return of(made(new JsonbBuilder().nullValue()));
    }

    /** @throws io.kadedb.common.error.KadeException 22003 for more digits than PostgreSQL's numeric has */
    static PathItem ofNumber(BigDecimal number) {
        return of(made(new JsonbBuilder().number(number)));
    }

    private static Jsonb made(JsonbBuilder builder) {
        return Jsonb.of(builder.build());
    }

    /** The value as JSON: dates and times are strings. */
    default Jsonb json() {
        return switch (this) {
            case Json json -> json.value();
            case Moment moment -> made(new JsonbBuilder().string(moment.moment().text()));
        };
    }

    /** Whether it is a JSON value of a kind. */
    default boolean is(JsonKind kind) {
        return this instanceof Json(Jsonb value) && value.kind() == kind;
    }

    /** What {@code type()} says of it. */
    default String typeName() {
        return switch (this) {
            case Json json -> json.value().kind().sqlName();
            case Moment moment -> moment.moment().type().longName();
        };
    }
}
