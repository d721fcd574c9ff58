/** The server as clients of other processes see it. */
@NullMarked
package io.kadedb.server.remote;

import org.jspecify.annotations.NullMarked;
