package io.kadedb.planner.algorithm;

import io.kadedb.planner.physical.GraphFunction;
import java.util.List;

/**
 * What an algorithm is run with, and where its inputs have what it needs. Vertices have the columns of their key, then
 * the name of their table if there are several, then whether they are a source; edges the key of the vertex where they
 * start, that where they end, then their weight.
 *
 * @param keyWidth columns that tell vertices apart; if there are several tables the first is the table's number
 * @param several whether vertices are of several tables
 * @param numbers a value for each of the function's parameters
 * @param names of the result's columns
 */
public record AlgorithmSpec(
        GraphFunction function,
        int keyWidth,
        boolean several,
        boolean hasSources,
        boolean hasWeights,
        boolean directed,
        List<Double> numbers,
        List<String> names) {
    public AlgorithmSpec {
        numbers = List.copyOf(numbers);
        names = List.copyOf(names);
    }

    /** Whether a vertex is named by one column, so that it can stand as a value. */
    boolean hasSimpleKey() {
        return keyWidth == 1;
    }
}
