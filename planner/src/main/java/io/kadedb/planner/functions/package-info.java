/** Functions and operators as SQL names them, their signatures and result types. */
@NullMarked
package io.kadedb.planner.functions;

import org.jspecify.annotations.NullMarked;
