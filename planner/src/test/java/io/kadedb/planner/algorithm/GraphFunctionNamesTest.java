package io.kadedb.planner.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.parser.graph.GraphFunctions;
import io.kadedb.planner.physical.GraphFunction;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GraphFunctionNamesTest {
    @Test
    void parserKnowsThoseOfThePlanner() {
        assertThat(Arrays.stream(GraphFunction.values()).flatMap(function -> function.names().stream()))
                .containsExactlyInAnyOrderElementsOf(GraphFunctions.NAMES);
    }
}
