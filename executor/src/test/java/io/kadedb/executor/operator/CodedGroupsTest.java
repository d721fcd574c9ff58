package io.kadedb.executor.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.ArrowMemoryPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Groups remembered by code beside groups found by value, over dictionaries that come and go. */
class CodedGroupsTest {
    @Test
    void givesTheGroupsOfTheValues() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            check(random, "seed " + seed + " round " + round);
        }
    }

    @Test
    void leavesPlainAndNullableKeysToOthers() {
        try (ArrowMemoryPool pool = ArrowMemoryPool.root(1 << 20);
                VectorBuilder plain = new VectorBuilder(SqlType.TEXT, pool);
                VectorBuilder nullable = new VectorBuilder(SqlType.INTEGER, pool);
                VectorBuilder many = new VectorBuilder(SqlType.TEXT, pool)) {
            plain.append("x");
            nullable.append(0L);
            nullable.appendNull();
            for (int i = 0; i < 5000; i++) {
                many.append("v" + i);
            }
            CodedGroups groups = new CodedGroups(new int[] {0});
            assertThat(groups.read(new Batch(1, List.of(plain.build())), null, 1))
                    .isFalse();
            ColumnVector codes = nullable.build();
            ColumnVector withNull = ColumnVector.dictionary(2, codes.data(), codes.validity(), plain.build());
            assertThat(groups.read(new Batch(2, List.of(withNull)), null, 2)).isFalse();
            ColumnVector large = ColumnVector.dictionary(1, codes.data(), null, many.build());
            assertThat(groups.read(new Batch(1, List.of(large)), null, 1)).isFalse();
        }
    }

    private static void check(Random random, String where) {
        int width = 1 + random.nextInt(3);
        Map<List<String>, Integer> twin = new HashMap<>();
        int[] columns = new int[width];
        for (int k = 0; k < width; k++) {
            columns[k] = k;
        }
        CodedGroups coded = new CodedGroups(columns);
        for (int dictionary = 0; dictionary < 3; dictionary++) {
            List<VectorBuilder> builders = new ArrayList<>();
            try (ArrowMemoryPool pool = ArrowMemoryPool.root(1 << 22)) {
                List<ColumnVector> dictionaries = new ArrayList<>();
                List<List<String>> texts = new ArrayList<>();
                for (int k = 0; k < width; k++) {
                    List<String> words = new ArrayList<>();
                    VectorBuilder builder = new VectorBuilder(SqlType.TEXT, pool);
                    builders.add(builder);
                    for (int i = 1 + random.nextInt(12); i > 0; i--) {
                        words.add("w" + random.nextInt(9));
                        builder.append(words.getLast());
                    }
                    texts.add(words);
                    dictionaries.add(builder.build());
                }
                for (int batch = 0; batch < 3; batch++) {
                    checkBatch(coded, dictionaries, texts, twin, random, pool, where);
                }
                builders.forEach(VectorBuilder::close);
            }
        }
    }

    private static void checkBatch(
            CodedGroups coded,
            List<ColumnVector> dictionaries,
            List<List<String>> texts,
            Map<List<String>, Integer> twin,
            Random random,
            ArrowMemoryPool pool,
            String where) {
        int length = 1 + random.nextInt(Batch.MAX_ROWS);
        List<VectorBuilder> builders = new ArrayList<>();
        List<ColumnVector> vectors = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            rows.add(new ArrayList<>());
        }
        for (int k = 0; k < dictionaries.size(); k++) {
            VectorBuilder codes = new VectorBuilder(SqlType.INTEGER, pool);
            builders.add(codes);
            for (int i = 0; i < length; i++) {
                int code = random.nextInt(texts.get(k).size());
                codes.append((long) code);
                rows.get(i).add(texts.get(k).get(code));
            }
            vectors.add(ColumnVector.dictionary(length, codes.build().data(), null, dictionaries.get(k)));
        }
        int @Nullable [] selection = random.nextBoolean()
                ? null
                : random.ints(length, 0, length).sorted().toArray();
        int[] expected = new int[length];
        boolean fresh = false;
        for (int i = 0; i < length; i++) {
            List<String> key = rows.get(Columns.row(selection, i));
            Integer known = twin.get(key);
            fresh |= known == null;
            if (known == null) {
                known = twin.size();
                twin.put(key, known);
            }
            expected[i] = known;
        }
        int[] ids = new int[Batch.MAX_ROWS];
        assertThat(coded.read(new Batch(length, vectors), selection, length))
                .as(where)
                .isTrue();
        if (coded.find(length, ids)) {
            assertThat(fresh).as(where).isFalse();
            assertThat(ids).as(where).startsWith(expected);
        } else {
            coded.learn(length, expected);
            assertThat(coded.find(length, ids)).as(where).isTrue();
            assertThat(ids).as(where).startsWith(expected);
        }
        builders.forEach(VectorBuilder::close);
    }
}
