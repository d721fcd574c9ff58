/** Binding names to the catalog and validating queries, with errors in PostgreSQL's words. */
@NullMarked
package io.kadedb.planner.validate;

import org.jspecify.annotations.NullMarked;
