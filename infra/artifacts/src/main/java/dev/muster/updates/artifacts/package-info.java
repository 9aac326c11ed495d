/** Where artifacts lie: a directory, a bucket of an S3 store, or a host elsewhere. */
@NullMarked
package dev.muster.updates.artifacts;

import org.jspecify.annotations.NullMarked;
