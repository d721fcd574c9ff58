/** What indexes compute of rows, and what that is good for in a query. */
@NullMarked
package io.kadedb.planner.index;

import org.jspecify.annotations.NullMarked;
