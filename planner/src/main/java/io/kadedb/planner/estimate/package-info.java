/** How many rows and values to expect of each part of a query. */
@NullMarked
package io.kadedb.planner.estimate;

import org.jspecify.annotations.NullMarked;
