@NullMarked
package io.kadedb.storage.lock;

import org.jspecify.annotations.NullMarked;
