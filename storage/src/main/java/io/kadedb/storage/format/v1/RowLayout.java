package io.kadedb.storage.format.v1;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.MissingValue;
import io.kadedb.common.catalog.RowStorage;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns lie where in a row that {@link RowCodec} writes: those of the table and those dropped from it, in the order
 * of their ids where something was dropped, else in the table's. A column added later comes behind all others, so that a
 * row written before it is a beginning of one written after; a dropped column keeps its place and is NULL in new rows.
 */
public final class RowLayout {
    private static final int DROPPED = -1;

    private final List<Place> places;

    /**
     * @param ordinal of the column in the table
     * @param missing what rows that end before the place have there
     */
    record Place(int ordinal, SqlType type, @Nullable MissingValue missing) {
        boolean isDropped() {
            return ordinal == DROPPED;
        }
    }

    private RowLayout(List<Place> places) {
        this.places = places;
    }

    /** The layout of a table's rows. */
    public static RowLayout of(TableDefinition table) {
        List<Place> places = new ArrayList<>();
        List<ColumnDefinition> columns = table.columns();
        if (table.rows().dropped().isEmpty()) {
            for (int i = 0; i < columns.size(); i++) {
                places.add(place(columns.get(i), i));
            }
            return new RowLayout(places);
        }
        record Numbered(int id, Place place) {}
        List<Numbered> all = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            all.add(new Numbered(columns.get(i).id(), place(columns.get(i), i)));
        }
        for (RowStorage.DroppedColumn dropped : table.rows().dropped()) {
            all.add(new Numbered(dropped.id(), new Place(DROPPED, dropped.type(), null)));
        }
        all.sort(Comparator.comparingInt(Numbered::id));
        all.forEach(column -> places.add(column.place));
        return new RowLayout(places);
    }

    private static Place place(ColumnDefinition column, int ordinal) {
        return new Place(ordinal, column.type(), column.missing().orElse(null));
    }

    int size() {
        return places.size();
    }

    Place place(int position) {
        return places.get(position);
    }
}
