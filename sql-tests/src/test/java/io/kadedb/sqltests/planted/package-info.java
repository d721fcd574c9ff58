/**
 * Judges are judged: bugs are planted into the engine's classes while a test runs, and have to be found. Nothing of this
 * is in what is shipped; a plant changes the code of a loaded class and takes it back.
 */
@NullMarked
package io.kadedb.sqltests.planted;

import org.jspecify.annotations.NullMarked;
