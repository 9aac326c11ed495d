/** Where artifacts lie: a directory, or a bucket of an S3 store. */
@NullMarked
package dev.muster.updates.artifacts;

import org.jspecify.annotations.NullMarked;
