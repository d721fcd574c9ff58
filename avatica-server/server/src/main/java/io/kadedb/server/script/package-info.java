/**
 * Definitions of the catalog as the statements that make them: SHOW CREATE TABLE and EXPORT DATABASE. Whatever is added to
 * the catalog gets its statement here; {@link io.kadedb.server.script.DatabaseScript} has the order.
 */
@NullMarked
package io.kadedb.server.script;

import org.jspecify.annotations.NullMarked;
