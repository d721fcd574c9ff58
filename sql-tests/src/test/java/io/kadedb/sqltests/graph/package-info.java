/** Graph patterns on LSQB and SNAP data. */
@NullMarked
package io.kadedb.sqltests.graph;

import org.jspecify.annotations.NullMarked;
