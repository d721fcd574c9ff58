/** Bugs planted into the store's classes while a test runs. */
@NullMarked
package io.kadedb.storage.planted;

import org.jspecify.annotations.NullMarked;
