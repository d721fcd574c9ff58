@NullMarked
package io.kadedb.server;

import org.jspecify.annotations.NullMarked;
