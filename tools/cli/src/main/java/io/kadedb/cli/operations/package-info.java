/** Commands of who keeps a database: check, backup, restore. */
@NullMarked
package io.kadedb.cli.operations;

import org.jspecify.annotations.NullMarked;
