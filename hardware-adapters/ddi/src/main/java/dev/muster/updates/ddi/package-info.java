/** DDI v1, the wire between update agents and this server: what a device may ask and what it is told. */
@NullMarked
package dev.muster.updates.ddi;

import org.jspecify.annotations.NullMarked;
