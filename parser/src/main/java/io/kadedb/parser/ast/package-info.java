/**
 * What statements mean, before anything is looked up in a catalog: sealed records whose queries and expressions are
 * Calcite SqlNode trees.
 */
@NullMarked
package io.kadedb.parser.ast;

import org.jspecify.annotations.NullMarked;
