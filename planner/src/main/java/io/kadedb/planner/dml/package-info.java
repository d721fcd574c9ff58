/** INSERT, UPDATE, DELETE, COPY and definitions, planned around the queries inside them. */
@NullMarked
package io.kadedb.planner.dml;

import org.jspecify.annotations.NullMarked;
