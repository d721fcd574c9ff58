/** Graph algorithms as functions in FROM: from the call to an operator over the graph's vertices and edges. */
@NullMarked
package io.kadedb.planner.algorithm;

import org.jspecify.annotations.NullMarked;
