/** {@code kadedb server}. */
@NullMarked
package io.kadedb.cli.server;

import org.jspecify.annotations.NullMarked;
