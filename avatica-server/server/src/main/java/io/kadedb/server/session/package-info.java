/** The one API beneath all protocols: statement, portal, transaction block, deadline, cancel, settings, notices. */
@NullMarked
package io.kadedb.server.session;

import org.jspecify.annotations.NullMarked;
