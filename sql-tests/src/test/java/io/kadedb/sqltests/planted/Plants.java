package io.kadedb.sqltests.planted;

import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.PhysicalPlan;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;

/** What is planted: code that is copied to the beginning or the end of a method. It may call public methods only. */
@SuppressWarnings("UnusedVariable") // what is assigned to a parameter of advice becomes the result
public final class Plants {
    private Plants() {}

    static final class EqualityOnly {
        private EqualityOnly() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) RexNode condition) {
            condition = Changes.firstAlternative(condition);
        }
    }

    static final class OuterAsInner {
        private OuterAsInner() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 2, readOnly = false) JoinRelType type) {
            type = type == JoinRelType.LEFT ? JoinRelType.INNER : type;
        }
    }

    static final class NoRowForNothing {
        private NoRowForNothing() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC) Object plan) {
            plan = Changes.noRowForNothing(plan);
        }
    }

    static final class OneLess {
        private OneLess() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) int end) {
            end = end - 1;
        }
    }

    static final class HalfDown {
        private HalfDown() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(0) BigDecimal value,
                @Advice.Argument(1) SqlType type,
                @Advice.Return(readOnly = false) BigDecimal rounded) {
            rounded = value.setScale(type.scale(), RoundingMode.HALF_DOWN);
        }
    }

    static final class QuotientHalfDown {
        private QuotientHalfDown() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(0) long dividend,
                @Advice.Argument(1) long divisor,
                @Advice.Return(readOnly = false) long quotient) {
            quotient = Changes.halfDown(dividend, divisor);
        }
    }

    static final class LimitFirst {
        private LimitFirst() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC) Object plan) {
            plan = Changes.limitBelowDistinct(plan);
        }
    }

    static final class WithoutSpaces {
        private WithoutSpaces() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.Argument(0) MemorySegment a,
                @Advice.Argument(1) long aFrom,
                @Advice.Argument(value = 2, readOnly = false) long aTo,
                @Advice.Argument(3) MemorySegment b,
                @Advice.Argument(4) long bFrom,
                @Advice.Argument(value = 5, readOnly = false) long bTo) {
            aTo = Changes.endWithoutSpaces(a, aFrom, aTo);
            bTo = Changes.endWithoutSpaces(b, bFrom, bTo);
        }
    }

    static final class EarlierOffset {
        private EarlierOffset() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(0) long local,
                @Advice.Argument(1) ZoneId zone,
                @Advice.Return(readOnly = false) long instant) {
            instant = Changes.withEarlierOffset(local, zone);
        }
    }

    static final class SemiAsInner {
        private SemiAsInner() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC) Object plan) {
            plan = Changes.semiAsInner(plan);
        }
    }

    static final class NoLeastValue {
        private NoLeastValue() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Optional<?> chunk) {
            chunk = Changes.withoutLeastValue(chunk);
        }
    }

    static final class NextPosition {
        private NextPosition() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.Argument(0) long[] words, @Advice.Argument(value = 1, readOnly = false) int position) {
            position = Math.min(position + 1, 64 * words.length - 1);
        }
    }

    static final class Always {
        private Always() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean answer) {
            answer = true;
        }
    }

    static final class Never {
        private Never() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean answer) {
            answer = false;
        }
    }

    static final class NoColumns {
        private NoColumns() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) int[] columns) {
            columns = new int[0];
        }
    }

    static final class NoVertex {
        private NoVertex() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) int vertex) {
            vertex = -1;
        }
    }

    static final class Endpoints {
        private Endpoints() {}

        @Advice.OnMethodExit
        static void exit(@Advice.This Object search, @Advice.Return(readOnly = false) List<Integer> keys) {
            keys = Changes.endpoints((PhysicalPlan.PathSearch) search, keys);
        }
    }

    static final class NoText {
        private NoText() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) String text) {
            text = "";
        }
    }

    static final class AtLeastOne {
        private AtLeastOne() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) int least) {
            least = Math.max(1, least);
        }
    }

    static final class InnerMatch {
        private InnerMatch() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) SqlNode joined) {
            joined = Changes.innerJoin(joined);
        }
    }
}
