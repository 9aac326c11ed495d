/** Devices: who they are, what they report, how they prove themselves. */
@NullMarked
package dev.muster.registry;

import org.jspecify.annotations.NullMarked;
