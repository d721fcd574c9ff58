/** Sessions for clients of other processes: Avatica's requests answered by the session API. */
@NullMarked
package io.kadedb.server.remote;

import org.jspecify.annotations.NullMarked;
