package io.kadedb.parser.path;

import java.util.List;
import java.util.Optional;

/** An accessor: what it gives of one item. */
public sealed interface PathStep {
    /** {@code .key}. */
    record Member(String key) implements PathStep {}

    /** {@code .*}. */
    record AnyMember() implements PathStep {}

    /** {@code [*]}. */
    record AnyElement() implements PathStep {}

    /** {@code [1, 3 to last]}. */
    record Elements(List<Range> ranges) implements PathStep {
        public Elements {
            ranges = List.copyOf(ranges);
        }
    }

    /** One subscript, or those from one to another. */
    record Range(PathNode from, Optional<PathNode> to) {}

    /**
     * {@code .**{first to last}}: the item itself is level 0.
     *
     * @param first {@link #LAST} for {@code last}; so are the leaves if both are
     */
    record AnyLevel(int first, int last) implements PathStep {
        /** As deep as it goes. */
        public static final int LAST = Integer.MAX_VALUE;
    }

    /** {@code ? (predicate)}. */
    record Filter(PathNode.Predicate predicate) implements PathStep {}

    /**
     * An item method.
     *
     * @param template of {@code datetime}
     * @param numbers the precision of times; precision and scale of {@code decimal}
     */
    record Method(PathMethod method, Optional<String> template, List<Integer> numbers) implements PathStep {
        public Method {
            numbers = List.copyOf(numbers);
        }
    }
}
