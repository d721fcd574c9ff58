/** Kills of servers. */
@NullMarked
package io.kadedb.sqltests.crash;

import org.jspecify.annotations.NullMarked;
