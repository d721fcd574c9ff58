/** The HTTP server: Avatica's requests, our driver's connections, health. */
@NullMarked
package io.kadedb.server.http;

import org.jspecify.annotations.NullMarked;
