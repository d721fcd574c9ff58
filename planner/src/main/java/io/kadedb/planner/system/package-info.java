/** The relations of information_schema and pg_catalog: the catalog told as rows. */
@NullMarked
package io.kadedb.planner.system;

import org.jspecify.annotations.NullMarked;
