@NullMarked
package io.kadedb.storage.memory;

import org.jspecify.annotations.NullMarked;
