package io.kadedb.executor.reference;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an expression or a plan reads beside its input.
 *
 * @param outer the left rows of the applications around, by id
 * @param working the rows of the recursions around, by id
 */
public record Scope(
        List<@Nullable Object> parameters,
        ZoneId zone,
        Map<Integer, List<@Nullable Object>> outer,
        Map<Integer, List<List<@Nullable Object>>> working) {
    /** Nothing beside the input. */
    public static final Scope EMPTY = new Scope(List.of(), ZoneOffset.UTC, Map.of(), Map.of());

    Scope withOuter(int id, List<@Nullable Object> row) {
        Map<Integer, List<@Nullable Object>> more = new HashMap<>(outer);
        more.put(id, row);
        return new Scope(parameters, zone, more, working);
    }

    Scope withWorking(int id, List<List<@Nullable Object>> rows) {
        Map<Integer, List<List<@Nullable Object>>> more = new HashMap<>(working);
        more.put(id, rows);
        return new Scope(parameters, zone, outer, more);
    }
}
