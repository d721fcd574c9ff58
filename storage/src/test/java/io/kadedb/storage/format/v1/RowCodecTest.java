package io.kadedb.storage.format.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.MissingValue;
import io.kadedb.common.catalog.RowStorage;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RowCodecTest {
    private static final RowLayout LAYOUT = RowLayout.of(table(IntStream.range(0, RandomValues.TYPES.size())
            .mapToObj(i -> ColumnDefinition.of(i + 1, "c" + i, RandomValues.TYPES.get(i), true))
            .toList()));

    private static TableDefinition table(List<ColumnDefinition> columns) {
        return new TableDefinition(1, "s", "t", 1, "o", columns, List.of(), KeyMode.PLAIN, Optional.empty(), Map.of());
    }

    private static ColumnBuffer numbers(long value) {
        ColumnBuffer buffer = new ColumnBuffer(SqlType.BIGINT);
        buffer.addFixed(value, 0);
        return buffer;
    }

    @Test
    void rowsOutliveColumns() {
        ColumnDefinition a = ColumnDefinition.of(1, "a", SqlType.BIGINT, true);
        ColumnDefinition b = ColumnDefinition.of(2, "b", SqlType.TEXT, true);
        ColumnDefinition c = ColumnDefinition.of(3, "c", SqlType.BIGINT, true);
        ColumnDefinition d =
                ColumnDefinition.of(4, "d", SqlType.BIGINT, true).withMissing(Optional.of(MissingValue.fixed(9, 0)));
        ColumnBuffer text = new ColumnBuffer(SqlType.TEXT);
        text.addVarbytes(new byte[] {'x', 'y'}, 0, 2);
        byte[] first = RowCodec.encode(RowLayout.of(table(List.of(a, b, c))), List.of(numbers(1), text, numbers(3)), 0);
        TableDefinition changed = table(List.of(a, c, d))
                .withRows(new RowStorage(0, List.of(new RowStorage.DroppedColumn(2, SqlType.TEXT))));
        RowLayout layout = RowLayout.of(changed);
        ColumnBuffer none = new ColumnBuffer(SqlType.BIGINT);
        none.addNull();
        byte[] second = RowCodec.encode(layout, List.of(numbers(4), numbers(5), none), 0);
        List<ColumnBuffer> read = new ArrayList<>();
        changed.columns().forEach(column -> read.add(new ColumnBuffer(column.type())));
        RowCodec.decode(first, 0, layout, new ArrayList<>(read));
        RowCodec.decode(second, 0, layout, new ArrayList<>(read));
        assertThat(read.get(0).low(0)).isEqualTo(1);
        assertThat(read.get(1).low(0)).isEqualTo(3);
        assertThat(read.get(2).low(0)).isEqualTo(9);
        assertThat(read.get(0).low(1)).isEqualTo(4);
        assertThat(read.get(1).low(1)).isEqualTo(5);
        assertThat(read.get(2).isNull(1)).isTrue();
    }

    @Test
    void roundTrips() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<ColumnBuffer> columns = new ArrayList<>();
        for (SqlType type : RandomValues.TYPES) {
            columns.add(RandomValues.column(type, 300, 0.2, random));
        }
        for (int row = 0; row < 300; row++) {
            Delta delta = Delta.put(7, 12_345_678_901L, new long[] {1, 99}, RowCodec.encode(LAYOUT, columns, row));
            Delta read = Delta.decode(Stamp.stamped(42, delta.encode()));
            assertThat(read.stamp()).isEqualTo(new Stamp(42, 7));
            assertThat(read.rowId()).isEqualTo(12_345_678_901L);
            assertThat(read.hides()).containsExactly(1, 99);
            byte[] bytes = java.util.Objects.requireNonNull(read.row());
            List<ColumnBuffer> targets = new ArrayList<>();
            RandomValues.TYPES.forEach(type -> targets.add(new ColumnBuffer(type)));
            RowCodec.decode(bytes, read.rowOffset(), LAYOUT, new ArrayList<>(targets));
            for (int i = 0; i < columns.size(); i++) {
                ColumnBuffer column = columns.get(i);
                assertThat(targets.get(i).isNull(0)).as("seed %s", seed).isEqualTo(column.isNull(row));
                if (!column.isNull(row)) {
                    assertThat(ValueOrder.compare(column, row, targets.get(i), 0))
                            .as("seed %s", seed)
                            .isZero();
                }
            }
        }
    }
}
