/** What transactions see of each other: scripts over several connections, with PostgreSQL as the judge. */
@NullMarked
package io.kadedb.sqltests.isolation;

import org.jspecify.annotations.NullMarked;
