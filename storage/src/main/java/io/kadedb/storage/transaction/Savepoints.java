package io.kadedb.storage.transaction;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.SqlTransaction.Savepoint;
import io.kadedb.storage.catalog.CatalogChanges;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The savepoints of a transaction, one within another. */
final class Savepoints {
    private final List<Point> points = new ArrayList<>();

    /**
     * Where a savepoint was set.
     *
     * @param depth of what is written after it: how many savepoints there are, itself included
     * @param catalog the changes of the catalog before it; null for none
     * @param locks what was locked before it
     */
    record Point(int depth, CatalogChanges.@Nullable Mark catalog, int locks) implements Savepoint {}

    /** Of what is written now. */
    int depth() {
        return points.size();
    }

    Savepoint push(CatalogChanges.@Nullable Mark catalog, int locks) {
        Point point = new Point(points.size() + 1, catalog, locks);
        points.add(point);
        return point;
    }

    /** Drops those after a savepoint. */
    Point backTo(Savepoint savepoint) {
        Point point = find(savepoint);
        points.subList(point.depth, points.size()).clear();
        return point;
    }

    /** Drops a savepoint and those after it, and gives its depth. */
    int drop(Savepoint savepoint) {
        Point point = find(savepoint);
        points.subList(point.depth - 1, points.size()).clear();
        return point.depth;
    }

    @SuppressWarnings("ReferenceEquality") // equal points of another time are others
    private Point find(Savepoint savepoint) {
        if (savepoint instanceof Point point && point.depth <= points.size() && points.get(point.depth - 1) == point) {
            return point;
        }
        throw KadeException.of(ErrorCode.INVALID_SAVEPOINT, "the savepoint does not exist any more");
    }
}
