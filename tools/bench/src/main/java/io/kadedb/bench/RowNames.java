package io.kadedb.bench;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The rows of a suite by the names that {@code --rows} knows them under. */
abstract class RowNames<R> implements ITypeConverter<R> {
    private final R[] rows;
    private final Function<R, String> name;

    RowNames(R[] rows, Function<R, String> name) {
        this.rows = rows;
        this.name = name;
    }

    @Override
    public R convert(String value) {
        for (R row : rows) {
            if (name.apply(row).equals(value)) {
                return row;
            }
        }
        throw new TypeConversionException("there is no row \"" + value + "\"");
    }
}
