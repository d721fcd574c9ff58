package io.kadedb.executor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ColumnKernelsTest {
    static final List<SqlType> types = SampleValues.TYPES;

    private static Random random() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    @ParameterizedTest
    @FieldSource("types")
    void whatIsBuiltIsRead(SqlType type) {
        try (Fixture fixture = new Fixture()) {
            List<@Nullable Object> values = SampleValues.random(type, 1000, 0.2, random());
            assertThat(Fixture.values(fixture.vector(type, values))).isEqualTo(values);
            assertThat(Fixture.values(fixture.dictionaryVector(type, values))).isEqualTo(values);
        }
    }

    @ParameterizedTest
    @FieldSource("types")
    void gathersFromPlainAndDictionary(SqlType type) {
        Random random = random();
        try (Fixture fixture = new Fixture();
                Gather gather = new Gather(type, fixture.memory);
                VectorBuilder builder = new VectorBuilder(type, fixture.memory)) {
            List<@Nullable Object> built = new ArrayList<>();
            for (int round = 0; round < 20; round++) {
                double nulls = round % 3 == 0 ? 0.3 : 0;
                List<@Nullable Object> values = SampleValues.random(type, 200, nulls, random);
                ColumnVector source =
                        round % 2 == 0 ? fixture.vector(type, values) : fixture.dictionaryVector(type, values);
                int[] rows = random.ints(random.nextInt(150), 0, 200).toArray();
                List<@Nullable Object> expected = new ArrayList<>();
                for (int row : rows) {
                    expected.add(values.get(row));
                }
                assertThat(Fixture.values(gather.gather(source, rows, rows.length)))
                        .isEqualTo(expected);
                builder.append(source, rows, rows.length);
                built.addAll(expected);
                builder.append(source, null, 77);
                built.addAll(values.subList(0, 77));
                assertThat(Fixture.values(builder.build())).isEqualTo(built);
                if (round == 10) {
                    builder.clear();
                    built.clear();
                }
                int[] some = {3, -1, 5};
                List<@Nullable Object> orNull = new ArrayList<>();
                orNull.add(values.get(3));
                orNull.add(null);
                orNull.add(values.get(5));
                assertThat(Fixture.values(gather.gatherOrNull(source, some, 3))).isEqualTo(orNull);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("types")
    void ordersAscending(SqlType type) {
        try (Fixture fixture = new Fixture()) {
            List<@Nullable Object> values = new ArrayList<>(SampleValues.ascending(type));
            values.add(null);
            ColumnVector plain = fixture.vector(type, values);
            ColumnVector encoded = fixture.dictionaryVector(type, values);
            for (boolean descending : new boolean[] {false, true}) {
                for (boolean nullsFirst : new boolean[] {false, true}) {
                    Comparators.RowComparator order = Comparators.of(type, descending, nullsFirst);
                    for (int i = 0; i < plain.length(); i++) {
                        for (int j = 0; j < plain.length(); j++) {
                            boolean nulls = i == plain.length() - 1 || j == plain.length() - 1;
                            int expected = Integer.signum(i - j) * ((nulls ? nullsFirst : descending) ? -1 : 1);
                            assertThat(Integer.signum(order.compare(plain, i, encoded, j)))
                                    .as("%s against %s", values.get(i), values.get(j))
                                    .isEqualTo(expected);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("types")
    void hashesAgreeBetweenEncodingsAndSelections(SqlType type) {
        try (Fixture fixture = new Fixture()) {
            List<@Nullable Object> values = SampleValues.random(type, 500, 0.1, random());
            ColumnVector[] plain = {fixture.vector(type, values)};
            ColumnVector[] encoded = {fixture.dictionaryVector(type, values)};
            long[] hashes = new long[500];
            long[] encodedHashes = new long[500];
            new Hashing(1).hash(plain, null, 500, hashes);
            new Hashing(1).hash(encoded, null, 500, encodedHashes);
            assertThat(encodedHashes).isEqualTo(hashes);
            long[] selected = new long[2];
            new Hashing(1).hash(encoded, new int[] {17, 499}, 2, selected);
            assertThat(selected).containsExactly(hashes[17], hashes[499]);
            assertThat(java.util.Arrays.stream(hashes).distinct().count())
                    .isEqualTo(values.stream().distinct().count());
        }
    }

    @Test
    void equalValuesHashAlike() {
        try (Fixture fixture = new Fixture()) {
            long[] hashes = new long[2];
            new Hashing(1)
                    .hash(new ColumnVector[] {fixture.vector(SqlType.DOUBLE, List.of(0.0, -0.0))}, null, 2, hashes);
            assertThat(hashes[0]).isEqualTo(hashes[1]);
            List<Interval> month = List.of(new Interval(1, 0, 0), new Interval(0, 29, 86_400_000_000L));
            new Hashing(1).hash(new ColumnVector[] {fixture.vector(SqlType.INTERVAL, month)}, null, 2, hashes);
            assertThat(hashes[0]).isEqualTo(hashes[1]);
            new Hashing(1).hash(new ColumnVector[] {fixture.vector(SqlType.BIGINT, List.of(5L, 6L))}, null, 2, hashes);
            assertThat(hashes[0]).isEqualTo(Hashing.hashLong(5));
        }
    }

    @Test
    void growsOverManyValues() {
        try (Fixture fixture = new Fixture();
                VectorBuilder builder = new VectorBuilder(SqlType.TEXT, fixture.memory)) {
            for (int i = 0; i < 100_000; i++) {
                if (i % 1000 == 999) {
                    builder.appendNull();
                } else {
                    builder.append("value " + i);
                }
            }
            ColumnVector built = builder.build();
            assertThat(Values.get(built, 77_777)).isEqualTo("value 77777");
            assertThat(Values.get(built, 99_999)).isNull();
            assertThat(built.length() - Bitmaps.count(java.util.Objects.requireNonNull(built.validity()), 100_000))
                    .isEqualTo(100);
        }
    }
}
