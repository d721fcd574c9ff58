@NullMarked
package io.kadedb.storage.transaction;

import org.jspecify.annotations.NullMarked;
