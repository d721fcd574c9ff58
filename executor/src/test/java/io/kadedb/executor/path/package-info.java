@NullMarked
package io.kadedb.executor.path;

import org.jspecify.annotations.NullMarked;
