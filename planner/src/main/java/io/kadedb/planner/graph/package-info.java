/** Graph patterns: from GRAPH_TABLE to joins over vertex and edge tables. */
@NullMarked
package io.kadedb.planner.graph;

import org.jspecify.annotations.NullMarked;
