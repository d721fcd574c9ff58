@NullMarked
package io.kadedb.server.session;

import org.jspecify.annotations.NullMarked;
