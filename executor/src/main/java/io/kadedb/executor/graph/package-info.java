/**
 * Algorithms over whole graphs in memory. Vertices are numbers from 0; {@link io.kadedb.executor.graph.Adjacency} has their
 * edges in compressed sparse rows. Everything as large as the graph is native memory of the statement's pool; loops over
 * all of it run in parallel ({@link io.kadedb.executor.graph.Parallel}) and see when the statement is cancelled.
 */
@NullMarked
package io.kadedb.executor.graph;

import org.jspecify.annotations.NullMarked;
