@NullMarked
package io.kadedb.storage.format.v1;

import org.jspecify.annotations.NullMarked;
