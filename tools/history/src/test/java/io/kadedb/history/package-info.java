@NullMarked
package io.kadedb.history;

import org.jspecify.annotations.NullMarked;
