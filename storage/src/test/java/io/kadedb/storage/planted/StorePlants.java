package io.kadedb.storage.planted;

import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.table.Segment;
import io.kadedb.storage.table.Tombstones;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What is planted: code that is copied to the beginning or the end of a method. It may call public methods only. */
@SuppressWarnings("UnusedVariable") // what is assigned to a parameter of advice becomes the result
final class StorePlants {
    private StorePlants() {}

    /** Nothing is done. */
    static final class Skipped {
        private Skipped() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    static final class FirstRangeForgotten {
        private FirstRangeForgotten() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.FieldValue(value = "ranges", readOnly = false) List<?> ranges) {
            ranges = ranges.isEmpty() ? ranges : ranges.subList(1, ranges.size());
        }
    }

    static final class WithoutTombstones {
        private WithoutTombstones() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.Argument(value = 1, readOnly = false, typing = Assigner.Typing.DYNAMIC) Object deltas) {
            deltas = Tombstones.without((List<?>) deltas);
        }
    }

    static final class NextVersion {
        private NextVersion() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 5, readOnly = false) long version) {
            version = version + 1;
        }
    }

    static final class MergedRowsAreLeft {
        private MergedRowsAreLeft() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(1) Segment segment, @Advice.Return(readOnly = false) boolean hidden) {
            hidden = hidden && segment.stamp().sequence() != Stamp.FOLDED;
        }
    }

    static final class AllRows {
        private AllRows() {}

        @Advice.OnMethodExit
        static void exit(@Advice.This Segment segment, @Advice.Return(readOnly = false) int rows) {
            rows = segment.rows();
        }
    }
}
