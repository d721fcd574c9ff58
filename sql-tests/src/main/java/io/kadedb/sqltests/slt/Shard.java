package io.kadedb.sqltests.slt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a list: every {@code count}-th element, beginning at the {@code index}-th. All shards of a list together are
 * the list, and no two have an element in common.
 *
 * @param index from 1 to {@code count}
 */
public record Shard(int index, int count) {
    public static final Shard ALL = new Shard(1, 1);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    public Shard {
        if (index < 1 || index > count) {
            throw new IllegalArgumentException("a shard is i/n with i from 1 to n, not " + index + "/" + count);
        }
    }

    /** Reads {@code i/n}. */
    public static Shard parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a shard is i/n, such as 1/4, not " + text);
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    public <T> List<T> of(List<T> all) {
        List<T> mine = new ArrayList<>();
        for (int i = index - 1; i < all.size(); i += count) {
            mine.add(all.get(i));
        }
        return List.copyOf(mine);
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
