/** Reads single files out of squashfs 4.0 images that nobody vouches for. */
@NullMarked
package dev.muster.updates.bundles.squashfs;

import org.jspecify.annotations.NullMarked;
