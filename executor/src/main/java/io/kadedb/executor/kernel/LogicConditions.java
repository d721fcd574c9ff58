package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AND, OR, NOT and the IS tests, as algebra on selections: each condition only sees the rows it still decides. */
final class LogicConditions {
    private LogicConditions() {}

    /** AND, or OR, which is its mirror image. */
    static final class Junction extends Condition {
        private final Condition[] children;
        private final boolean and;
        private int[] remaining = new int[0];
        private int[] decided = new int[0];
        private int[] merged = new int[0];
        private final TruthRows child = new TruthRows();

        Junction(List<Condition> children, boolean and) {
            this.children = children.toArray(Condition[]::new);
            this.and = and;
        }

        @Override
        int whenTrue(Batch batch, int @Nullable [] selection, int count, int[] out) {
            return and ? narrow(true, batch, selection, count, out) : gather(true, batch, selection, count, out);
        }

        @Override
        int whenFalse(Batch batch, int @Nullable [] selection, int count, int[] out) {
            return and ? gather(false, batch, selection, count, out) : narrow(false, batch, selection, count, out);
        }

        /** A row that one child decides is decided; for the others no child may be unknown. */
        @Override
        void split(Batch batch, int @Nullable [] selection, int count, TruthRows into) {
            into.room(count);
            remaining = Selections.room(remaining, count);
            merged = Selections.room(merged, count);
            int left = Selections.all(selection, count, remaining);
            into.trueCount = Selections.all(selection, count, into.trues);
            into.falseCount = 0;
            for (int i = 0; i < children.length && left > 0; i++) {
                children[i].split(batch, i == 0 ? selection : remaining, left, child);
                if (!and) {
                    child.negate();
                }
                left = Selections.minus(remaining, left, child.falses, child.falseCount, remaining);
                into.trueCount = Selections.both(into.trues, into.trueCount, child.trues, child.trueCount, into.trues);
                into.falseCount =
                        Selections.merge(into.falses, into.falseCount, child.falses, child.falseCount, merged);
                System.arraycopy(merged, 0, into.falses, 0, into.falseCount);
            }
            if (!and) {
                into.negate();
            }
        }

        /** Rows for which every child has the value. */
        private int narrow(boolean value, Batch batch, int @Nullable [] selection, int count, int[] out) {
            int kept = children[0].select(value, batch, selection, count, out);
            for (int i = 1; i < children.length && kept > 0; i++) {
                kept = children[i].select(value, batch, out, kept, out);
            }
            return kept;
        }

        /** Rows for which any child has the value; a child is asked about those that no earlier one decided. */
        private int gather(boolean value, Batch batch, int @Nullable [] selection, int count, int[] out) {
            remaining = Selections.room(remaining, count);
            decided = Selections.room(decided, count);
            merged = Selections.room(merged, count);
            int left = Selections.all(selection, count, remaining);
            int found = 0;
            for (int i = 0; i < children.length && left > 0; i++) {
                int newly = children[i].select(value, batch, i == 0 ? selection : remaining, left, decided);
                left = Selections.minus(remaining, left, decided, newly, remaining);
                int total = Selections.merge(out, found, decided, newly, merged);
                System.arraycopy(merged, 0, out, 0, total);
                found = total;
            }
            return found;
        }

        @Override
        boolean isConstant() {
            for (Condition child : children) {
                if (!child.isConstant()) {
                    return false;
                }
            }
            return true;
        }

        @Override
        boolean isStable() {
            for (Condition child : children) {
                if (!child.isStable()) {
                    return false;
                }
            }
            return true;
        }
    }

    /** NOT: true and false change places. */
    static final class Not extends Condition {
        private final Condition child;

        Not(Condition child) {
            this.child = child;
        }

        @Override
        int whenTrue(Batch batch, int @Nullable [] selection, int count, int[] out) {
            return child.whenFalse(batch, selection, count, out);
        }

        @Override
        int whenFalse(Batch batch, int @Nullable [] selection, int count, int[] out) {
            return child.whenTrue(batch, selection, count, out);
        }

        @Override
        void split(Batch batch, int @Nullable [] selection, int count, TruthRows into) {
            child.split(batch, selection, count, into);
            into.negate();
        }

        @Override
        boolean isConstant() {
            return child.isConstant();
        }

        @Override
        boolean isStable() {
            return child.isStable();
        }
    }

    /** IS TRUE and IS FALSE. */
    static final class Test extends Condition {
        private final Condition child;
        private final boolean wanted;
        private int[] found = new int[0];

        Test(Condition child, boolean wanted) {
            this.child = child;
            this.wanted = wanted;
        }

        @Override
        int whenTrue(Batch batch, int @Nullable [] selection, int count, int[] out) {
            return child.select(wanted, batch, selection, count, out);
        }

        @Override
        int whenFalse(Batch batch, int @Nullable [] selection, int count, int[] out) {
            found = Selections.room(found, count);
            int kept = child.select(wanted, batch, selection, count, found);
            return Selections.minus(selection, count, found, kept, out);
        }

        @Override
        void split(Batch batch, int @Nullable [] selection, int count, TruthRows into) {
            into.room(count);
            into.trueCount = child.select(wanted, batch, selection, count, into.trues);
            into.falseCount = into.notTrue(selection, count);
        }

        @Override
        boolean isConstant() {
            return child.isConstant();
        }

        @Override
        boolean isStable() {
            return child.isStable();
        }
    }

    /** IS NULL. */
    static final class NullTest extends Condition {
        private final Node node;

        NullTest(Node node) {
            this.node = node;
        }

        @Override
        int whenTrue(Batch batch, int @Nullable [] selection, int count, int[] out) {
            return nulls(true, batch, selection, count, out);
        }

        @Override
        int whenFalse(Batch batch, int @Nullable [] selection, int count, int[] out) {
            return nulls(false, batch, selection, count, out);
        }

        private int nulls(boolean wanted, Batch batch, int @Nullable [] selection, int count, int[] out) {
            return nulls(wanted, node.evaluate(batch, selection, count), selection, count, out);
        }

        @Override
        void split(Batch batch, int @Nullable [] selection, int count, TruthRows into) {
            into.room(count);
            ColumnVector vector = node.evaluate(batch, selection, count);
            into.trueCount = nulls(true, vector, selection, count, into.trues);
            into.falseCount = into.notTrue(selection, count);
        }

        private int nulls(boolean wanted, ColumnVector vector, int @Nullable [] selection, int count, int[] out) {
            if (node.isConstant()) {
                return vector.isNull(0) == wanted ? Selections.all(selection, count, out) : 0;
            }
            MemorySegment validity = vector.validity();
            if (validity == null) {
                return wanted ? 0 : Selections.all(selection, count, out);
            }
            return Bitmaps.select(validity, !wanted, selection, count, out);
        }

        @Override
        boolean isConstant() {
            return node.isConstant();
        }

        @Override
        boolean isStable() {
            return node.isStable();
        }
    }

    /** A value of type boolean. */
    static final class Truth extends Condition {
        private final Node node;

        Truth(Node node) {
            this.node = node;
        }

        Node node() {
            return node;
        }

        @Override
        int whenTrue(Batch batch, int @Nullable [] selection, int count, int[] out) {
            return bits(true, batch, selection, count, out);
        }

        @Override
        int whenFalse(Batch batch, int @Nullable [] selection, int count, int[] out) {
            return bits(false, batch, selection, count, out);
        }

        private int bits(boolean wanted, Batch batch, int @Nullable [] selection, int count, int[] out) {
            return bits(wanted, node.evaluate(batch, selection, count), selection, count, out);
        }

        @Override
        void split(Batch batch, int @Nullable [] selection, int count, TruthRows into) {
            into.room(count);
            ColumnVector vector = node.evaluate(batch, selection, count);
            into.trueCount = bits(true, vector, selection, count, into.trues);
            into.falseCount = bits(false, vector, selection, count, into.falses);
        }

        private int bits(boolean wanted, ColumnVector vector, int @Nullable [] selection, int count, int[] out) {
            if (node.isConstant()) {
                boolean all = !vector.isNull(0) && ColumnVector.bit(vector.data(), 0) == wanted;
                return all ? Selections.all(selection, count, out) : 0;
            }
            MemorySegment validity = Bitmaps.validity(vector);
            int kept;
            ColumnVector dictionary = vector.dictionary();
            if (dictionary == null) {
                kept = Bitmaps.select(vector.data(), wanted, selection, count, out);
            } else {
                kept = 0;
                for (int i = 0; i < count; i++) {
                    int row = selection == null ? i : selection[i];
                    if (!vector.isNull(row)
                            && ColumnVector.bit(dictionary.data(), Gather.code(vector.data(), row)) == wanted) {
                        out[kept++] = row;
                    }
                }
            }
            return validity == null ? kept : Bitmaps.select(validity, true, out, kept, out);
        }

        @Override
        boolean isConstant() {
            return node.isConstant();
        }

        @Override
        boolean isStable() {
            return node.isStable();
        }
    }
}
