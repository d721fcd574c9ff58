package io.kadedb.common.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of buckets by their numbers, see {@link RangePartitioning}.
 *
 * @param ranges in order; none touches the next
 */
public record BucketRanges(List<Range> ranges) {
    /** The bucket of rows whose time is NULL, before all others. */
    public static final long OF_NULL = Long.MIN_VALUE;

    public static final BucketRanges NONE = new BucketRanges(List.of());

    /** All buckets that there can be. */
    public static final BucketRanges ALL = new BucketRanges(List.of(new Range(Long.MIN_VALUE, Long.MAX_VALUE)));

    public BucketRanges {
        ranges = List.copyOf(ranges);
    }

    /** Buckets that follow each other, the first and the last among them. */
    public record Range(long first, long last) {
        public Range {
            if (first > last) {
                throw new IllegalArgumentException("buckets " + first + " to " + last);
            }
        }
    }

    /** The buckets that are in one of the ranges, which may overlap and have any order. */
    public static BucketRanges of(List<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(Range::first));
        List<Range> joined = new ArrayList<>();
        for (Range range : sorted) {
            Range before = joined.isEmpty() ? null : joined.getLast();
            if (before != null && (before.last == Long.MAX_VALUE || range.first <= before.last + 1)) {
                joined.set(joined.size() - 1, new Range(before.first, Math.max(before.last, range.last)));
            } else {
                joined.add(range);
            }
        }
        return new BucketRanges(joined);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Those of both. */
    public BucketRanges plus(BucketRanges other) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        return of(all);
    }

    /** Those that are not in another set. */
    public BucketRanges minus(BucketRanges other) {
        List<Range> left = new ArrayList<>();
        for (Range range : ranges) {
            long from = range.first;
            boolean any = true;
            for (Range removed : other.ranges) {
                if (removed.last < from || removed.first > range.last) {
                    continue;
                }
                if (removed.first > from) {
                    left.add(new Range(from, removed.first - 1));
                }
                any = removed.last < range.last;
                if (!any) {
                    break;
                }
                from = removed.last + 1;
            }
            if (any) {
                left.add(new Range(from, range.last));
            }
        }
        return new BucketRanges(left);
    }

    /** Those that are in another set too. */
    public BucketRanges within(BucketRanges other) {
        return minus(minus(other));
    }

    /** Whether all of a range are in it. */
    public boolean covers(Range range) {
        return new BucketRanges(List.of(range)).minus(this).isEmpty();
    }

    /** All of them in at most so many ranges: the narrowest gaps are filled with buckets that are not. */
    public BucketRanges atMost(int count) {
        List<Range> joined = new ArrayList<>(ranges);
        while (joined.size() > count) {
            int narrowest = 1;
            for (int i = 2; i < joined.size(); i++) {
                if (gap(joined, i) < gap(joined, narrowest)) {
                    narrowest = i;
                }
            }
            Range second = joined.remove(narrowest);
            joined.set(narrowest - 1, new Range(joined.get(narrowest - 1).first, second.last));
        }
        return new BucketRanges(joined);
    }

    /** As a floating-point number: it may exceed the range of long. */
    private static double gap(List<Range> ranges, int i) {
        return (double) ranges.get(i).first - ranges.get(i - 1).last;
    }
}
