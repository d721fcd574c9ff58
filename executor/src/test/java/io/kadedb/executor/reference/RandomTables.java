package io.kadedb.executor.reference;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Tables whose sizes, NULLs and duplicates are worth trying. The first column is a key. */
final class RandomTables {
    private static final List<Integer> SMALL = List.of(0, 1, 1, 2, 3, 5, 8, 13, 21, 40);
    private static final List<Integer> LARGE = List.of(63, 64, 65, 1023, 1024, 1025, 2047, 2048, 2049, 4100);

    private RandomTables() {}

    /** A table; its id is its place in the list, from 1. */
    record Table(String name, List<Field> fields, List<List<@Nullable Object>> rows) {
        Table with(List<List<@Nullable Object>> other) {
            return new Table(name, fields, other);
        }
    }

    static List<Table> of(Random random, boolean edges) {
        List<SqlType> types = new ArrayList<>();
        for (int i = random.nextInt(2, 6); i > 0; i--) {
            types.add(Samples.pick(Samples.TYPES, random));
        }
        boolean large = random.nextInt(6) == 0;
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int rows = Samples.pick(large && i == 0 ? LARGE : SMALL, random);
            tables.add(table("t" + (i + 1), types, rows, random, edges));
        }
        return tables;
    }

    private static Table table(String name, List<SqlType> types, int size, Random random, boolean edges) {
        List<Field> fields = new ArrayList<>();
        List<List<@Nullable Object>> columns = new ArrayList<>();
        fields.add(new Field("id", SqlType.BIGINT, false));
        List<@Nullable Object> keys = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            keys.add((long) i - 3);
        }
        Collections.shuffle(keys, random);
        columns.add(keys);
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            SqlType type = Samples.pick(types, random);
            int kind = random.nextInt(6);
            fields.add(new Field("c" + fields.size(), type, kind != 0));
            columns.add(column(type, size, kind == 0 ? 0 : kind == 1 ? 1 : 0.2, random, edges));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (List<@Nullable Object> column : columns) {
                row.add(column.get(i));
            }
            rows.add(row);
        }
        return new Table(name, fields, rows);
    }

    private static List<@Nullable Object> column(SqlType type, int size, double nulls, Random random, boolean edges) {
        boolean constant = random.nextInt(8) == 0;
        Object one = Samples.of(type, edges, random);
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(random.nextDouble() < nulls ? null : constant ? one : Samples.of(type, edges, random));
        }
        return values;
    }
}
