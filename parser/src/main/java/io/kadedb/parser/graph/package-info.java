/** GRAPH_TABLE as it was written: patterns, their elements and the node that stands in FROM. */
@NullMarked
package io.kadedb.parser.graph;

import org.jspecify.annotations.NullMarked;
