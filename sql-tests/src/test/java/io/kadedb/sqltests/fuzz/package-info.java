/** Random statements, judged by other databases and by themselves. */
@NullMarked
package io.kadedb.sqltests.fuzz;

import org.jspecify.annotations.NullMarked;
