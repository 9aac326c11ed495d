/** The text format of libconfig, in which most bundles describe themselves: a strict reader with limits. */
@NullMarked
package dev.muster.updates.bundles.libconfig;

import org.jspecify.annotations.NullMarked;
